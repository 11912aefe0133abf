"""The visit before a series: the staff write it, the hosts of the client read it and are told when it moves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.db import db, in_transaction, transaction
from foundation.forbidden import SocialSecurityNumber
from foundation.outbox.models import Message
from foundation.scope import OfTheTerritory
from tests.cast import NOW, sign_in
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import accepted, account, coordinator, host_of, request_of, stranger
from tests.workshops.given import programme, reread
from tests.workshops.pages import as_stranger, main_of
from workshops.models import ProgrammeKind
from workshops.rules.framing import Visit
from workshops.service import framing

pytestmark = pytest.mark.usefixtures("stopped_clock")
SOON = NOW + timedelta(days=3)


def series(cast):
    return programme(cast, kind=ProgrammeKind.CARE_HOME_SERIES, care_home_id=cast.ids["care_home"], title="Tilleuls")


def write(cast, found, *given, by="manager", now=NOW):
    actor_id = cast.ids[by]
    return in_transaction(lambda: framing.write_visit(found.id, Visit(*given), account(actor_id), now=now))


def mails():
    db.session.rollback()
    return [one.recipient for one in db.session.query(Message).order_by(Message.id)]


def test_every_host_of_the_home_is_told_a_date_to_come_each_time_it_changes(cast):
    found, mireille = series(cast), coordinator(cast)
    host_of("Ancien Parti", care_home_id=cast.ids["care_home"])
    with transaction():
        framing.hosts_of(found)[0].active = False
    stranger()
    write(cast, found, SOON, "Salle du bas.")
    write(cast, found, SOON, "Salle du haut.")
    assert mails() == [mireille.email]
    write(cast, found, SOON + timedelta(days=1), now=NOW + timedelta(hours=1))
    write(cast, found, SOON, now=NOW + timedelta(hours=2))
    assert mails() == [mireille.email] * 3


def test_a_visit_that_is_over_or_taken_back_is_told_to_nobody(cast):
    found, _mireille = series(cast), coordinator(cast)
    write(cast, found, NOW - timedelta(days=2), "C’était bien.")
    write(cast, found, None)
    assert mails() == []
    assert reread(found).framing_at is None


def test_a_programme_without_a_client_has_no_hosts(cast):
    assert framing.hosts_of(programme(cast)) == []


def test_notes_hold_nothing_that_must_not_be_kept(cast):
    found = series(cast)
    for given in ((None, "2 69 05 49 588 157 80"), (None, "", "2 69 05 49 588 157 80")):
        with pytest.raises(SocialSecurityNumber):
            write(cast, found, *given)
    with pytest.raises(OfTheTerritory):
        write(cast, programme(cast, structure=None, school_id=cast.ids["school"]), None, by="mediator")


def page_of(found):
    return f"/equipe/ateliers/{found.id}/visite"


def test_the_team_writes_the_visit_on_its_page_beside_whom_to_reach_and_what_was_asked(client, cast):
    request = request_of(cast, coordinator(cast), kind=ProgrammeKind.CARE_HOME_SERIES, wish="Des photos.")
    found = accepted(cast, request)
    sign_in(client, cast.mediator)
    assert f'href="{page_of(found)}"' in client.get(f"/equipe/ateliers/{found.id}").get_data(as_text=True)
    page = main_of(client.get(page_of(found)))
    for said in ("Mireille Astier", "mireille@hosts.example", "Des photos.", "1 allée des Tilleuls"):
        assert said in page
    typed = {"framing_at": "2026-03-13T10:00", "framing_notes": "Salle du bas.", "next_steps": "Revenir."}
    assert client.post(page_of(found), data=typed).status_code == 303
    found = reread(found)
    assert (found.framing_at.isoformat(), found.framing_notes) == ("2026-03-13T09:00:00+00:00", "Salle du bas.")
    again = client.get(page_of(found)).get_data(as_text=True)
    assert 'value="2026-03-13T10:00"' in again
    sign_in(client, db.session.get(type(cast.host), request.asked_by_id))
    assert "vendredi 13 mars à 10 h 00" in main_of(client.get(f"/hote/demandes/{request.id}"))


@ONE_ENGINE
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"framing_at": "demain"}, "framing_at"),
        ({"framing_at": "0001-01-01T00:00"}, "framing_at"),
        ({"framing_notes": "é" * 1001}, "framing_notes"),
        ({"framing_notes": "2 69 05 49 588 157 80"}, "framing_notes"),
        ({"next_steps": "é" * 1001}, "next_steps"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, cast, wrong, field):
    found = series(cast)
    sign_in(client, cast.manager)
    response = client.post(page_of(found), data={"framing_at": "", "framing_notes": "", "next_steps": ""} | wrong)
    assert response.status_code == 422
    assert f'href="#{field}"' in response.get_data(as_text=True)
    assert reread(found).framing_notes == ""


def test_a_place_without_a_host_says_that_nobody_reads_it(client, cast):
    sign_in(client, cast.manager)
    assert "Personne de ce lieu n’a de compte" in main_of(client.get(page_of(series(cast))))


def test_another_structure_and_a_programme_without_client_have_no_such_page(client, cast):
    found = series(cast)
    as_stranger(cast, client)
    assert client.get(page_of(found)).status_code == 404
    assert client.post(page_of(found), data={}).status_code == 404
    sign_in(client, cast.manager)
    assert client.get(page_of(programme(cast))).status_code == 404
