"""One reservation on its page: what it tells, yes, no, called off, moved, and what of it nobody else may do."""

from __future__ import annotations

import re
from datetime import time

import pytest
import time_machine

from equipment.models import Approval, ReservationState
from equipment.rules.lending import Wish
from equipment.service import lending
from foundation import audit
from foundation.db import db, transaction
from foundation.outbox.models import Message, MessageState
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import by_rights, done, host_of_school, hours, kit, ledger, morning, reserved
from tests.equipment.handed import START, back, loan, out
from tests.equipment.lent import TODAY, as_stranger, of, one, read, reservations
from tests.workshops.given import planned, programme, reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
MOVED = {"part": "apres-midi", "day": "2026-03-19", "starts": "", "ends": "", "last_day": "", "reason": ""}


@pytest.fixture
def asked(cast):
    """A teacher asks for a kit that managers agree to."""
    wish = Wish(group_label="CM1", activity="Scratch", units_wanted=2, head_count=24, contact_phone="+33298000000")
    return reserved(kit("Mallette bleue", approval=Approval.MANAGER).id, morning(), host_of_school(cast).id, wish)


def series(cast, count=3):
    blue = kit("Mallette bleue")
    host_of_school(cast)
    from_host = db.session.get_one(type(cast.host), cast.ids["host"])
    with transaction():
        periods = [morning(week) for week in range(count)]
        made = lending.reserve_series(blue.id, periods, Wish(), from_host, now=NOW)
        ids = [row.id for row in made]
    return [row for row in reservations() if row.id in ids]


def test_the_page_tells_for_whom_what_for_and_what_happened(client, cast, asked):
    sign_in(client, cast.mediator)
    words = read(client, one(asked))
    for said in (
        "Mallette bleue, École des Peupliers", "En attente de réponse", "mardi 17 mars, de 9 h 00 à 12 h 00",
        "École des Peupliers, CM1", "Scratch", "L’emprunteur vient la chercher", "02 98 00 00 00",
        "mardi 17 mars à 14 h 00", "Réservation demandée", cast.host.name, "3 × tablette",
    ):  # fmt: skip
        assert said in words, said


def test_the_messages_that_went_are_there_and_one_that_did_not_arrive_stands_out(client, cast, asked):
    sign_in(client, cast.manager)
    page = client.get(one(asked)).text
    assert 'href="/equipe/messages/' in page
    assert "Message non remis" not in page
    with transaction():
        for message in db.session.query(Message).filter(Message.reference == asked.reference):
            message.state = MessageState.FAILED
    assert "Message non remis" in read(client, one(asked))
    sign_in(client, cast.mediator)
    page = client.get(one(asked)).text
    assert "Message non remis" in page
    assert 'href="/equipe/messages/' not in page


def test_a_manager_agrees_once_however_often_it_is_pressed(client, cast, asked):
    sign_in(client, cast.manager)
    for _ in range(2):
        assert client.post(f"{one(asked)}/accepter").status_code == 303
    assert reread(asked).state is ReservationState.APPROVED
    assert [entry.action for entry in audit.history(asked.reference)].count("reservation.approved") == 1
    assert "Votre réponse" not in read(client, one(asked))


def test_a_manager_declines_with_a_reason_and_the_kit_is_free(client, cast, asked):
    sign_in(client, cast.manager)
    refused = client.post(f"{one(asked)}/refuser", data={"reason": " "})
    assert refused.status_code == 422
    assert 'href="#reason"' in refused.text
    assert ledger() == by_rights() != set()
    assert client.post(f"{one(asked)}/refuser", data={"reason": "Sortie scolaire"}).status_code == 303
    assert (reread(asked).state, ledger()) == (ReservationState.REFUSED, set())
    words = read(client, one(asked))
    assert "Sortie scolaire" in words
    assert "Annuler la réservation" not in words


def test_a_mediator_reads_the_question_and_does_not_answer_it(client, cast, asked):
    sign_in(client, cast.mediator)
    assert "Votre réponse" not in read(client, one(asked))
    for act in ("accepter", "refuser"):
        assert client.post(f"{one(asked)}/{act}", data={"reason": "Non"}).status_code == 403
    assert reread(asked).state is ReservationState.REQUESTED


def test_an_answer_that_comes_too_late_is_said_on_the_page(client, cast, asked):
    done(lending.cancel, asked.id, by=cast.ids["host"])
    sign_in(client, cast.manager)
    answer = client.post(f"{one(asked)}/accepter")
    assert answer.status_code == 409
    assert "Annulée" in answer.text
    assert reread(asked).state is ReservationState.CANCELLED


def test_a_colleague_calls_it_off_with_a_reason(client, cast, asked):
    sign_in(client, cast.mediator)
    for _ in range(2):
        assert client.post(f"{one(asked)}/annuler", data={"reason": "Panne de batterie"}).status_code == 303
    assert (reread(asked).state, ledger()) == (ReservationState.CANCELLED, set())
    assert "Panne de batterie" in read(client, one(asked))


def test_a_reason_that_is_too_long_leaves_all_as_it_was(client, cast, asked):
    sign_in(client, cast.mediator)
    assert client.post(f"{one(asked)}/annuler", data={"reason": "x" * 301}).status_code == 422
    assert reread(asked).state is ReservationState.REQUESTED


def test_one_date_of_a_wish_or_all_that_are_to_come(client, cast):
    first, second, third = series(cast)
    sign_in(client, cast.mediator)
    words = read(client, one(second))
    assert "2 autres dates de cette demande" in words
    client.post(f"{one(second)}/annuler", data={"reason": ""})
    states = [reread(row).state for row in (first, second, third)]
    assert states == [ReservationState.APPROVED, ReservationState.CANCELLED, ReservationState.APPROVED]
    client.post(f"{one(first)}/annuler", data={"reason": "", "do": "series"})
    assert {reread(row).state for row in (first, second, third)} == {ReservationState.CANCELLED}
    assert ledger() == set()


def test_another_time_and_another_kit_in_one_step(client, cast, asked):
    green = kit("Verte")
    sign_in(client, cast.mediator)
    page = client.get(f"{one(asked)}/deplacer").text
    assert "Mallette bleue, réservée actuellement" in page
    assert "Verte, libre à ce moment" in page
    sent = MOVED | {"kit_id": green.id, "reason": "Plus de place"}
    assert client.post(f"{one(asked)}/deplacer", data=sent).status_code == 303
    moved = reread(asked)
    assert (moved.kit_id, moved.period.start) == (
        green.id,
        hours(moved.starts_at.date(), time(13, 30), time(16, 30)).start,
    )
    assert ledger() == by_rights()
    words = read(client, one(asked))
    assert "Plus de place" in words
    assert "jeudi 19 mars, de 13 h 30 à 16 h 30" in words


def test_the_form_shows_the_time_as_it_is(client, cast):
    made = reserved(kit().id, hours(starts=time(8, 30), ends=time(11, 30)), cast.ids["manager"])
    sign_in(client, cast.mediator)
    page = client.get(f"{one(made)}/deplacer").text
    assert re.search(r'<input checked[^>]*value="matin"', page)
    assert 'value="2026-03-17"' in page


def test_a_time_that_is_taken_is_refused_with_other_kits(client, cast, asked):
    blue, green = asked.kit_id, kit("Verte")
    other = hours(starts=time(13, 30), ends=time(16, 30))
    reserved(blue, morning(1), cast.ids["manager"])
    sign_in(client, cast.mediator)
    sent = MOVED | {"kit_id": blue, "day": "2026-03-24", "part": "matin"}
    refused = client.post(f"{one(asked)}/deplacer", data=sent)
    assert refused.status_code == 409
    assert f'name="kit_id" value="{green.id}"' in refused.text
    assert reread(asked).period == morning()
    assert other.start not in {start for _reference, _resource, start, _end in ledger()}
    assert client.post(f"{one(asked)}/deplacer", data=sent | {"kit_id": green.id}).status_code == 303
    assert reread(asked).kit_id == green.id


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "2026-02-31"}, "day"),
        ({"day": "2020-03-17"}, "day"),
        ({"part": "heures"}, "starts"),
        ({"part": "heures", "starts": "12:00", "ends": "11:00"}, "ends"),
        ({"part": "minuit"}, "part"),
        ({"kit_id": "999999"}, "kit_id"),
    ],
)
def test_what_was_typed_wrongly_is_said_beside_its_field(client, cast, asked, typed, field):
    sign_in(client, cast.mediator)
    before = ledger()
    answer = client.post(f"{one(asked)}/deplacer", data=MOVED | {"kit_id": asked.kit_id} | typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert ledger() == before


def test_what_a_workshop_took_changes_with_the_workshop(client, cast):
    kit()
    (session,) = planned(cast, programme(cast), kits={"Tablettes": 1})
    (made,) = reservations()
    sign_in(client, cast.mediator)
    page = client.get(one(made)).text
    assert f'/seances/{session.id}"' in page
    assert "La séance de l’atelier" in page
    assert f"{one(made)}/deplacer" not in page
    assert client.get(f"{one(made)}/deplacer").status_code == 409
    assert client.post(f"{one(made)}/annuler", data={"reason": ""}).status_code == 409
    assert ledger() == by_rights() != set()


def test_hand_over_return_and_receipts_are_one_press_away(client, cast):
    made = loan(cast)
    with time_machine.travel(START, tick=False):
        sign_in(client, cast.mediator)
        assert f"{one(made)}/remise" in client.get(one(made)).text
        out(cast, made)
        page = client.get(one(made)).text
        assert f"{one(made)}/retour" in page
        assert "Remise, reçu du mardi 17 mars à 9 h 00 (PDF)" in page.replace("\u202f", " ").replace("\u00a0", " ")
        assert f"{one(made)}/deplacer" not in page
        back(cast, made)
        words = read(client, one(made))
        assert words.count("(PDF)") == 2
        assert "Mallette rendue" in words


def test_a_kit_that_no_longer_serves_is_said_with_what_to_do(client, cast):
    blue = kit(units=3, broken=1)
    made = reserved(blue.id, morning(), cast.ids["manager"], Wish(units_wanted=3))
    sign_in(client, cast.mediator)
    words = read(client, one(made))
    assert "La mallette ne suffit plus pour ce prêt." in words
    assert "Donner une autre mallette" in words


@pytest.mark.parametrize("path", ["", "/deplacer"])
def test_another_structure_s_reservation_does_not_exist(client, cast, path):
    own = reserved(kit("Nôtre", structure_id=cast.ids["town"]).id, morning(), host_of_school(cast).id)
    as_stranger(cast, client)
    assert client.get(f"{one(own)}{path}").status_code == 404
    assert client.get(f"{TODAY}/reservations/999999{path}").status_code == 404


@pytest.mark.parametrize("act", ["accepter", "refuser", "annuler", "deplacer", "appele"])
def test_nothing_is_done_to_another_structure_s_reservation(client, cast, act):
    of(cast, "manager", "town")
    own = reserved(kit("Nôtre", structure_id=cast.ids["town"]).id, morning(), host_of_school(cast).id)
    before = ledger()
    as_stranger(cast, client)
    assert client.post(f"{one(own)}/{act}", data=MOVED | {"reason": "Non"}).status_code == 404
    assert (ledger(), reread(own).state) == (before, ReservationState.APPROVED)


def test_a_long_series_and_many_events_ask_no_more(client, cast):
    sign_in(client, cast.manager)

    def cost(made):
        client.get(one(made))
        with statements() as sent:
            client.get(one(made))
        return len(sent)

    few = cost(series(cast, 2)[0])
    long = reserved(kit("Autre").id, morning(), cast.ids["manager"])
    for week in range(1, 5):
        done(lending.move, long.id, morning(week), by=cast.ids["manager"])
    with transaction():
        row = reread(long)
        row.series = "MEMESUITE"
    for week in range(6, 10):
        made = reserved(row.kit_id, morning(week), cast.ids["manager"])
        with transaction():
            reread(made).series = "MEMESUITE"
    assert cost(long) == few
