"""The life of a kit, through its pages: described, filled, lent, damaged, repaired, emptied and taken out of use."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from equipment.models import Condition, Incident, Item, Kit, Reservation
from equipment.queries.kits import lendable
from equipment.rules.lending import Wish
from equipment.rules.refusals import KitIncomplete, NoSuchKit
from equipment.service import lending
from foundation.db import db
from tests.cast import sign_in
from tests.equipment.given import by_rights, done, host_of_school, ledger, morning, reserved
from tests.equipment.shelves import acts, item
from tests.equipment.test_items_pages import new_form
from tests.equipment.test_kits_pages import kit_form
from tests.equipment.test_kits_photo import picture
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/materiel/mallettes"


class Story:
    """One kit, and those who have to do with it."""

    def __init__(self, client, cast) -> None:
        self.client, self.cast = client, cast
        self.post(f"{LIST}/nouvelle", kit_form(cast, minimum_units=11, approval="none"), "manager")
        self.kit_id = db.session.scalars(select(Kit.id)).one()
        self.page = f"{LIST}/{self.kit_id}"

    def post(self, path: str, data: dict, who: str, status: int = 303) -> str:
        sign_in(self.client, getattr(self.cast, who))
        answer = self.client.post(path, data=data)
        assert answer.status_code == status, main_of(answer)
        return main_of(answer) if status != 303 else ""

    def read(self, path: str, who: str = "mediator") -> str:
        sign_in(self.client, getattr(self.cast, who))
        return main_of(self.client.get(path))

    def listed(self) -> str:
        return self.read(LIST)

    def device(self, number: int) -> str:
        return f"/equipe/materiel/appareils/MAL-01-{number:02}"


@pytest.fixture
def story(client, cast):
    """A kit of the town with twelve tablets, a photo and five mice."""
    told = Story(client, cast)
    told.post(f"{told.page}/appareils", new_form(), "manager")
    told.post(f"{told.page}/photo", {"photo": (BytesIO(picture()), "a.jpg"), "alt": "Ouverte"}, "manager")
    told.post(f"{told.page}/fournitures", {"label": "Souris", "count": "5", "minimum": "4"}, "manager")
    return told


def test_twelve_tablets_are_offered_whole(story):
    assert "Tablette : 12 sur 12 fonctionnent" in story.listed()
    assert "Peut sortir" in story.listed()
    said = story.read(story.page)
    for words in ("MAL-01-12", "Souris", "Compter", "Recharger", "Médiathèque du Port"):
        assert words in said, words


def test_a_damaged_one_is_told_everywhere_until_it_is_repaired(story):
    story.post(f"{story.device(4)}/etat", {"condition": "damaged", "note": "Écran fêlé"}, "mediator")
    assert "Tablette : 11 sur 12 fonctionnent 1 incident" in story.listed()
    assert "Peut sortir, incomplète" in story.listed()
    incident = db.session.scalars(select(Incident.id)).one()
    story.post(
        f"/equipe/materiel/incidents/{incident}/regler",
        {"became": "working", "outcome": "Écran changé"},
        "mediator",
    )
    assert item("MAL-01-04").condition is Condition.WORKING
    assert "Tablette : 12 sur 12 fonctionnent" in story.listed()
    assert "Écran fêlé" in story.read(story.device(4))


def test_under_its_minimum_it_stays_until_another_device_comes_from_the_reserve(story):
    for number in (1, 2):
        story.post(f"{story.device(number)}/retirer", {"destination": "parts"}, "manager")
    assert "Ne sort pas" in story.listed()
    assert "10 appareils seulement fonctionnent et il en faut 11" in story.read(story.page)
    with pytest.raises(KitIncomplete):
        reserved(story.kit_id, morning(), story.cast.ids["mediator"])
    story.post(
        "/equipe/materiel/reserve/ajouter",
        new_form(count=1, code="RES-01", structure_id=story.cast.ids["town"]), "manager",
    )  # fmt: skip
    move = "/equipe/materiel/appareils/RES-01/deplacer"
    story.post(move, {"kit_id": str(story.kit_id), "note": ""}, "manager")
    found = lendable(story.kit_id)
    assert (found.units, found.working, found.goes_out) == (11, 11, True)
    assert reserved(story.kit_id, morning(), story.cast.ids["mediator"]).id


def test_a_school_reserves_it_and_stands_in_the_way_of_its_retirement(story):
    host = host_of_school(story.cast)
    loan = reserved(story.kit_id, morning(), host.id, Wish(units_wanted=10, head_count=24, group_label="CM1")).id
    assert "mar. 17 mars, 9 h 00– 12 h 00 École des Peupliers" in story.listed()
    told = story.post(f"{story.page}/retirer", {"destination": ""}, "manager", 409)
    assert "1 prêt ou entretien de cette mallette n’est pas terminé" in told
    assert "École des Peupliers" in told
    done(lending.cancel, loan, by=story.cast.ids["manager"])
    story.post(f"{story.page}/retirer", {"destination": ""}, "manager")
    with pytest.raises(NoSuchKit):
        reserved(story.kit_id, morning(), story.cast.ids["mediator"])
    assert ledger() == by_rights() == set()
    assert db.session.scalars(select(Reservation)).one().kit_id == story.kit_id


def test_its_devices_live_on_in_another_kit(story):
    story.post(f"{story.page}/retirer", {"destination": ""}, "manager")
    assert {one.kit_id for one in db.session.scalars(select(Item))} == {None}
    db.session.rollback()
    story.post(f"{LIST}/nouvelle", kit_form(story.cast, code="MAL-02", name="Mallette verte"), "manager")
    other = db.session.scalars(select(Kit.id).where(Kit.code == "MAL-02")).one()
    db.session.rollback()
    for number in range(1, 9):
        story.post(f"{story.device(number)}/deplacer", {"kit_id": str(other), "note": ""}, "manager")
    assert "Mallette verte" in story.listed()
    assert "Tablette : 8 sur 8 fonctionnent" in story.listed()
    assert "MAL-01-09" in story.read("/equipe/materiel/appareils?vue=reserve")
    assert "MAL-01 → réserve" in story.read(story.device(1))


def test_what_was_done_with_it_stays_in_the_journal(story):
    sign_in(story.client, story.cast.mediator)
    story.client.post(f"{story.page}/fournitures/1/compter", data={"pas": "moins"})
    story.post(f"{story.page}/modifier", kit_form(story.cast, name="Mallette d’azur"), "manager")
    story.post(f"{story.page}/retirer", {"destination": "given_away"}, "manager")
    assert acts(f"kit:{story.kit_id}") == [
        "kit.created", "kit.photo_set", "supply.added", "supply.recounted", "kit.changed", "kit.retired",
    ]  # fmt: skip
    assert "Mallette d’azur" in story.read(f"{LIST}?vue=sorties")
    assert "Donné" in story.read("/equipe/materiel/appareils?vue=sortis")
