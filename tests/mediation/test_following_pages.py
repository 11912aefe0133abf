"""What came of a referral is noted with one press, from its record or from the list of those that wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from activity.models import ActivityKind, Helped, Outcome, Referral, ReferralOutcome, Satisfaction
from activity.service import satisfaction
from foundation.db import db, in_transaction, transaction
from mediation.models import Attendance
from mediation.service import records
from tests.cast import sign_in
from tests.mediation.days import TEN, appointment, at, draft, planned

LIST = "/equipe/comptes-rendus/orientations"
AGO = TEN - timedelta(days=20)


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def referred(cast, started_at=AGO, **more):
    """Address of the record of an appointment that sent somebody on."""
    id_ = planned(cast, started_at, attendance=Attendance.SEEN)
    more = {"referrals": frozenset({Referral.SOCIAL_AID}), "started_at": started_at} | more
    wanted, actor = draft(cast, appointment_id=id_, **more), cast.mediator
    made = in_transaction(lambda: records.write(wanted, now=started_at + timedelta(hours=1), actor=actor))
    return f"/equipe/comptes-rendus/{made.id}"


def press(client, address, outcome="helped", referral="social_aid", **more):
    client.get(address)
    return client.post(f"{address}/orientation", data={"orientation": referral, "suite": outcome} | more)


def hear(client, cast, address, answer="partly", who="resident"):
    return client.post(f"{address}/avis", data={"personne": cast.ids[who], "reponse": answer})


def noted():
    db.session.rollback()
    return [(one.referral, one.outcome, one.noted_by_id) for one in db.session.scalars(select(ReferralOutcome))]


def heard():
    db.session.rollback()
    return [(one.answer, one.told_by_id) for one in db.session.scalars(select(Satisfaction))]


def test_one_press_notes_it_and_the_page_says_who_and_when(client, cast):
    address = referred(cast)
    sign_in(client, cast.mediator)
    assert "la suite n’est pas encore notée" in client.get(address).text
    answer = press(client, address)
    assert (answer.status_code, answer.location) == (303, address)
    page = client.get(address).text
    assert "<strong>A aidé</strong>" in page
    assert f"({cast.mediator.name}, " in page
    assert "L’action sociale\u00a0: A aidé" in page
    assert 'value="helped"' not in page
    press(client, address, "did_not_go")
    assert noted() == [(Referral.SOCIAL_AID, Outcome.DID_NOT_GO, cast.ids["mediator"])]


def test_the_list_is_worked_off_by_whoever_wrote_or_answers_for_it(client, cast):
    address = referred(cast)
    sign_in(client, cast.other_mediator)
    assert "Rien n’attend" in client.get(LIST).text
    sign_in(client, cast.manager)
    page = client.get(LIST).text
    assert "Jeanne Le Goff" in page
    assert cast.mediator.name in page
    answer = press(client, address, "not_known", retour="liste")
    assert (answer.status_code, answer.location) == (303, LIST)
    page = client.get(LIST).text
    assert "Rien n’attend" in page
    assert "Noté\u00a0: Jeanne Le Goff, L’action sociale, On ne sait pas." in page
    assert f'<a href="{address}">Voir le compte rendu' in page
    changing = client.get(address).text
    assert 'value="did_not_go"' in changing
    assert "N’a pas donné suite" in changing
    assert noted() == [(Referral.SOCIAL_AID, Outcome.NOT_KNOWN, cast.ids["manager"])]


def test_pages_that_are_not_there_lead_back(client, cast):
    sign_in(client, cast.mediator)
    for page in (2, 10**9):
        assert f'href="{LIST}"' in client.get(f"{LIST}?page={page}").text
    assert client.get(f"{LIST}?page=-1").status_code == client.get(f"{LIST}?page=x").status_code == 200


def test_what_is_refused_leaves_nothing_and_says_why(client, cast):
    address = referred(cast)
    sign_in(client, cast.mediator)
    for wrong, words in (({"outcome": "great"}, "Choisissez une"), ({"referral": "operator"}, "rien d’une telle")):
        assert press(client, address, **wrong).location == address
        assert words in client.get(address).text
    sign_in(client, cast.other_mediator)
    assert press(client, address).status_code == 404
    sign_in(client, cast.prescriber)
    assert [client.get(LIST).status_code, press(client, address).status_code] == [403, 403]
    assert noted() == []


def test_of_a_group_nothing_is_asked(client, cast):
    address = referred(cast, kind=ActivityKind.GROUP, anonymous_count=2)
    sign_in(client, cast.mediator)
    page = client.get(address).text
    assert "L’action sociale" in page
    assert "/orientation" not in page


def test_the_next_appointment_reminds_those_who_receive_and_no_prescriber(client, cast):
    referred(cast)
    next_one = planned(cast, TEN + timedelta(days=1), booked_by_id=cast.ids["prescriber"])
    words, page = "Demander la suite", f"/equipe/rendez-vous/{next_one}"
    assert words in sign_in(client, cast.mediator).get(page).text
    assert words not in sign_in(client, cast.prescriber).get(page).text
    assert words not in sign_in(client, cast.administrator).get(page).text
    with transaction():
        appointment(next_one).attendance = Attendance.SEEN
    assert words not in sign_in(client, cast.mediator).get(page).text


def test_what_is_said_aloud_is_noted_and_never_shown(client, cast):
    address = referred(cast)
    sign_in(client, cast.mediator)
    before = client.get(address).text
    assert hear(client, cast, address).location == address
    assert heard() == [(Helped.PARTLY, cast.ids["mediator"])]
    shown = client.get(address).text
    assert "La réponse est notée" in shown
    assert "A dit à voix haute si cela l’a aidé" in shown
    assert [shown.count(one) for one in ("Oui, tout à fait", "En partie")] == [1, 1] == [before.count("En partie")] * 2
    hear(client, cast, address, "none")
    assert heard() == []


def test_whoever_answered_themselves_is_asked_nothing_more(client, cast):
    address = referred(cast)
    sign_in(client, cast.mediator)
    client.get(address)
    record_id, resident = int(address.rsplit("/", 1)[1]), cast.ids["resident"]
    record = db.session.get_one(records.ActivityRecord, record_id)
    reference, asking = record.reference, satisfaction.asking_of(record, resident)
    in_transaction(lambda: satisfaction.answer(reference, resident, Helped.FULLY, asking, now=TEN))
    assert "Cela a-t-il aidé" not in client.get(address).text
    assert hear(client, cast, address).location == address
    assert "sa réponse reste" in client.get(address).text
    assert heard() == [(Helped.FULLY, None)]


def test_it_is_heard_for_thirty_days_and_of_no_stranger(client, cast):
    address, old = referred(cast), referred(cast, TEN - timedelta(days=40))
    sign_in(client, cast.mediator)
    assert "Cela a-t-il aidé" not in client.get(old).text
    assert hear(client, cast, old).status_code == 422
    assert hear(client, cast, address, who="neighbour").status_code == 422
    assert hear(client, cast, address, "great").location == address
    assert heard() == []
