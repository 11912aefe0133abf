"""Each page of the register, for each role: who reads, who counts, who writes; and what the journal says of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts import journal
from equipment.forms.kits import KitForm, Offered
from equipment.models import Kit, Supply
from equipment.rules.details import Counted, KitDetails
from equipment.service import supplies
from foundation.audit import AuditEntry
from foundation.db import db, in_transaction
from foundation.security import Role
from tests.cast import sign_in
from tests.equipment.given import kit
from tests.equipment.shelves import added, by
from tests.mediation.planning import account_in
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
READ = (
    "/equipe/materiel/mallettes", "/equipe/materiel/mallettes/{kit}", "/equipe/materiel/appareils",
    "/equipe/materiel/appareils/TAB-01", "/equipe/materiel/mallettes/{kit}/photo",
)  # fmt: skip
WRITE = (
    "/equipe/materiel/mallettes/nouvelle", "/equipe/materiel/mallettes/{kit}/modifier",
    "/equipe/materiel/mallettes/{kit}/retirer", "/equipe/materiel/mallettes/{kit}/appareils",
    "/equipe/materiel/mallettes/{kit}/fournitures/{supply}/modifier", "/equipe/materiel/reserve/ajouter",
    "/equipe/materiel/appareils/TAB-01/modifier", "/equipe/materiel/appareils/TAB-01/retirer",
)  # fmt: skip
COUNTED = (
    ("/equipe/materiel/mallettes/{kit}/fournitures/{supply}/compter", {"pas": "plus"}),
    ("/equipe/materiel/appareils/TAB-01/etat", {"condition": "working", "note": "Vu"}),
    ("/equipe/materiel/appareils/TAB-01/batterie", {"percent": "80"}),
)
KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)
TEAM = (Role.MEDIATOR, *KEEPERS)


@pytest.fixture
def register(cast):
    """Addresses of a kit of the town with a device and something counted."""
    case = kit(units=0, structure_id=cast.ids["town"])
    added(cast, case.id)
    manager = cast.ids["manager"]
    made = in_transaction(lambda: supplies.add_supply(case.id, Counted("Souris", 3), by(manager)))
    return lambda path: path.format(kit=case.id, supply=made.id)


@pytest.mark.parametrize("role", Role)
def test_who_reads_and_who_writes(client, cast, register, role):
    sign_in(client, cast.account_of(role))
    for path in READ[:4]:
        assert client.get(register(path)).status_code == (200 if role in TEAM else 403), path
    for path in WRITE:
        assert client.get(register(path)).status_code == (200 if role in KEEPERS else 403), path
    for path, sent in COUNTED:
        assert client.post(register(path), data=sent).status_code == (303 if role in TEAM else 403), path


def test_whoever_does_not_sign_in_is_asked_to(client, cast, register):
    for path in (*READ, *WRITE):
        answer = client.get(register(path))
        assert (answer.status_code, "/connexion" in answer.headers["Location"]) == (303, True), path


def test_a_page_of_another_site_presses_nothing(client, cast, register):
    sign_in(client, cast.manager)
    for path, sent in COUNTED:
        assert client.post(register(path), data=sent, forged=True).status_code == 400, path
    assert db.session.scalars(select(Supply)).one().count == 3


@pytest.mark.parametrize("role", TEAM)
def test_the_team_of_the_association_finds_none_of_it(client, cast, register, role):
    sign_in(client, account_in(cast, "association", role))
    for path in READ[1:2] + READ[3:]:
        assert client.get(register(path)).status_code == 404, path
    for path, sent in COUNTED:
        assert client.post(register(path), data=sent).status_code == 404, path
    assert "TAB-01" not in main_of(client.get(register(READ[2])))


def test_the_pages_are_read_in_english_too(client, cast, register):
    sign_in(client, cast.manager)
    client.get("/langue/en?next=/")
    for path, words in (
        (READ[0], "Devices that work"), (READ[1], "Next loans"), (READ[3], "How is it?"),
        (WRITE[1], "Who agrees first"),
        (WRITE[2], "This can not be taken back"), (WRITE[7], "Where does it go?"),
    ):  # fmt: skip
        assert words in main_of(client.get(register(path))), path


def test_every_column_of_a_kit_is_in_its_form_and_its_details(app):
    fields = {name for name, value in vars(KitForm).items() if hasattr(value, "field_class")}
    elsewhere = {"id", "resource_id", "photo", "photo_type", "photo_alt", "retired_at", "created_at", "told_working"}
    columns = set(Kit.__table__.columns.keys()) - elsewhere
    assert columns == set(KitDetails.__dataclass_fields__)
    assert columns <= fields


def test_the_form_offers_what_it_is_given(app):
    with app.test_request_context():
        form = KitForm(Offered([(1, "Ville")], [(7, "Médiathèque")]))
        assert [one[0] for one in form.structure_id.iter_choices()] == [1]
        assert [str(one[0]) for one in form.home_venue_id.iter_choices()] == ["", "7"]


def test_the_journal_has_words_for_all_that_was_done(client, cast, register):
    sign_in(client, cast.manager)
    for path, sent in COUNTED:
        client.post(register(path), data=sent)
    client.post(register(WRITE[7]), data={"destination": "recycling", "certificate": ""})
    client.post("/equipe/materiel/appareils/TAB-01/certificat", data={"certificate": "BSD-1"})
    client.post(register(WRITE[2]), data={"destination": ""})
    acts = set(db.session.scalars(select(AuditEntry.action)))
    assert {"item.added", "item.looked_at", "item.retired", "item.certified", "kit.retired", "supply.recounted"} <= acts
    for action in acts:
        noun, _dot, act = action.partition(".")
        assert noun in journal.NOUNS, action
        assert act in journal.ACTS, action
