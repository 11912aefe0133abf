"""Kits that workshops need: held with the team and the room, all or nothing; they move and go with the session."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from equipment.models import Borrowers, Reservation, ReservationEvent, ReservationState
from equipment.queries.shelf import taken_for
from equipment.rules.refusals import KitTaken, OfAnAct
from equipment.service import lending
from foundation.db import db, transaction
from foundation.db import in_transaction as act
from tests.cast import NOW
from tests.equipment.given import by_rights, done, host_of_school, kit, ledger, reserved
from tests.workshops.given import WEDNESDAY, count, holds, hours, planned, programme, weekly
from workshops.models import WorkshopSession
from workshops.rules.planning import Place
from workshops.rules.unplannable import NotFree
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")
TABLETS = {"Tablettes": 1}
LATER = hours(WEDNESDAY + timedelta(weeks=5))


def kits_of(session):
    found = [one.kit_id for one in taken_for(session.reference)]
    db.session.rollback()
    return found


def arrangement(cast, **changes):
    usual = {"place": Place(cast.ids["library"], cast.ids["room"]), "team": [cast.ids["mediator"]], "kits": TABLETS}
    return changing.Arrangement(**(usual | changes))


def test_a_series_takes_one_kit_with_its_team_and_room(cast):
    blue = kit(borrowers=Borrowers.STAFF, turnaround_minutes=60)
    sessions = planned(cast, programme(cast), weekly(3), kits={"tablettes": 1})
    assert [kits_of(one) for one in sessions] == [[blue.id]] * 3
    assert ledger() == by_rights()
    assert {end - start for _reference, _id, start, end in ledger()} == {timedelta(hours=3)}
    assert len(holds()) == 3 * 3
    made = db.session.scalars(select(Reservation).order_by(Reservation.id)).first()
    assert (made.state, made.purpose_of) == (ReservationState.APPROVED, sessions[0].reference)
    assert count(ReservationEvent) == 3


def test_the_kit_that_is_free_most_often_is_taken_and_another_one_where_it_is_not(cast):
    blue, red = kit("A"), kit("B")
    mediator = cast.ids["mediator"]
    reserved(blue.id, weekly(3)[0], mediator)
    reserved(blue.id, weekly(3)[1], mediator)
    reserved(red.id, weekly(3)[2], mediator)
    sessions = planned(cast, programme(cast), weekly(3), kits=TABLETS, team=[cast.ids["other_mediator"]])
    assert [kits_of(one) for one in sessions] == [[red.id], [red.id], [blue.id]]


def test_without_enough_kits_nothing_is_planned_and_it_is_said(cast):
    blue = kit()
    kit("Cassée", broken=3, minimum_units=1)
    found = programme(cast)
    with pytest.raises(NotFree) as refused:
        planned(cast, found, weekly(2), kits={"Tablettes": 2})
    clashes = refused.value.alternatives
    assert [(one.period, one.label, str(one.note)) for one in clashes] == [
        (period, "Tablettes", "Mallettes libres à ce moment\u00a0: 1 sur 2.") for period in weekly(2)
    ]
    reserved(blue.id, weekly(2)[1], cast.ids["mediator"])
    with pytest.raises(NotFree) as refused:
        planned(cast, found, weekly(2), kits=TABLETS)
    (clash,) = refused.value.alternatives
    assert (clash.period, len(clash.reasons)) == (weekly(2)[1], 1)
    assert count(WorkshopSession) == 0
    assert len(holds()) == 1


def test_what_a_school_has_no_session_gets_and_the_other_way_round(cast):
    blue, host = kit(), host_of_school(cast)
    planned(cast, programme(cast), kits=TABLETS)
    with pytest.raises(KitTaken):
        reserved(blue.id, hours(), host.id)


def test_a_kind_that_nobody_wrote_down_is_a_wish_in_words(cast):
    kit()
    (session,) = planned(cast, programme(cast), kits={"Appareils photo": 2})
    assert kits_of(session) == []
    assert changing.kits_of(session) == {"Appareils photo": 2}


def test_the_kits_of_another_structure_are_left_alone(cast):
    theirs = kit(structure_id=cast.ids["association"])
    own = kit("Ville", structure_id=cast.ids["town"])
    (session,) = planned(cast, programme(cast), kits=TABLETS)
    assert kits_of(session) == [own.id]
    (other,) = planned(
        cast, programme(cast, structure="association"), kits=TABLETS, team=[cast.ids["other_mediator"]],
        place=Place(cast.ids["workshop"]),
    )  # fmt: skip
    assert kits_of(other) == [theirs.id]


def test_two_sessions_of_one_day_share_no_kit_that_is_still_charging(cast):
    kit("A", turnaround_minutes=60), kit("B", turnaround_minutes=60)
    periods = [hours(starts=time(9), ends=time(10)), hours(starts=time(10, 30), ends=time(11))]
    first, second = planned(cast, programme(cast), periods, kits=TABLETS)
    assert kits_of(first) != kits_of(second)
    assert ledger() == by_rights()


def test_the_same_kit_goes_along_with_a_session_that_moves(cast):
    kit("A")
    blue = kit("B", units=5)
    (session,) = planned(cast, programme(cast), kits=TABLETS)
    (before,) = [one.id for one in taken_for(session.reference)]
    act(lambda: changing.move(session.id, LATER, now=NOW, actor_id=cast.ids["manager"]))
    (after,) = taken_for(session.reference)
    assert (after.id, after.kit_id, after.period) == (before, blue.id, LATER)
    assert ledger() == by_rights()
    assert len(ledger()) == 1


def test_another_kit_is_found_when_its_own_is_taken_there(cast):
    blue, red = kit("A", units=5), kit("B")
    reserved(blue.id, LATER, cast.ids["mediator"])
    (session,) = planned(cast, programme(cast), kits=TABLETS)
    assert kits_of(session) == [blue.id]
    act(lambda: changing.move(session.id, LATER, now=NOW, actor_id=None))
    assert kits_of(session) == [red.id]
    assert ledger() == by_rights()


def test_a_move_to_where_no_kit_is_free_changes_nothing(cast):
    blue = kit()
    reserved(blue.id, LATER, cast.ids["mediator"])
    (session,) = planned(cast, programme(cast), kits=TABLETS)
    before = ledger()
    with pytest.raises(NotFree):
        act(lambda: changing.move(session.id, LATER, now=NOW, actor_id=None))
    assert ledger() == before == by_rights()


def test_more_kits_and_fewer_with_a_change_of_the_session(cast):
    kit("A"), kit("B"), kit("C", kind="Robots")
    (session,) = planned(cast, programme(cast), kits=TABLETS)
    act(
        lambda: changing.change(
            session.id, arrangement(cast, kits={"Tablettes": 2, "Robots": 1}), now=NOW, actor_id=None
        )
    )
    assert len(kits_of(session)) == 3
    act(lambda: changing.change(session.id, arrangement(cast, kits={}), now=NOW, actor_id=None))
    assert kits_of(session) == []
    assert ledger() == by_rights() == set()


def test_a_session_that_is_cancelled_gives_its_kits_back_and_twice_is_once(cast):
    kit()
    (session,) = planned(cast, programme(cast), kits=TABLETS)
    for _ in range(2):
        act(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    assert ledger() == by_rights() == set()
    assert db.session.scalars(select(Reservation.state)).all() == [ReservationState.CANCELLED]


def test_a_kit_that_has_gone_out_stays_with_its_session_and_is_not_taken_twice(cast):
    kit("A"), kit("B")
    (session,) = planned(cast, programme(cast), kits=TABLETS)
    with transaction():
        (out,) = taken_for(session.reference)
        out.state = ReservationState.HANDED_OVER
    act(lambda: changing.change(session.id, arrangement(cast, title="Robots"), now=NOW, actor_id=None))
    assert len(kits_of(session)) == 1
    act(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    assert ledger() == by_rights()
    assert len(ledger()) == 1


def test_a_kit_of_a_session_is_not_moved_or_cancelled_by_itself(cast):
    kit()
    (session,) = planned(cast, programme(cast), kits=TABLETS)
    (taken,) = [one.id for one in taken_for(session.reference)]
    for verb, more in ((lending.cancel, ()), (lending.move, (LATER,))):
        with pytest.raises(OfAnAct):
            done(verb, taken, *more, by=cast.ids["manager"])
    assert ledger() == by_rights()


def test_a_kind_that_only_another_structure_has_is_refused_and_not_taken_for_words(cast):
    kit(structure_id=cast.ids["association"])
    with pytest.raises(NotFree) as refused:
        planned(cast, programme(cast), kits={" TABLETTES ": 1})
    (clash,) = refused.value.alternatives
    assert str(clash.note) == "Il y a de telles mallettes, mais aucune n’est prêtée à la structure de cet atelier."
    assert "aucune mallette n’est libre" in str(refused.value)
    assert count(WorkshopSession) == 0
    (session,) = planned(cast, programme(cast, structure=None), kits=TABLETS)
    assert len(kits_of(session)) == 1


def test_a_session_may_not_come_to_ask_for_what_only_others_have(cast):
    kit("Robots d’à côté", kind="Robots", structure_id=cast.ids["association"])
    (session,) = planned(cast, programme(cast))
    with pytest.raises(NotFree) as refused:
        act(lambda: changing.change(session.id, arrangement(cast, kits={"Robots": 1}), now=NOW, actor_id=None))
    assert str(refused.value).startswith("Aucune mallette n’est libre à ce moment")
    assert changing.kits_of(session) == {}


def test_when_somebody_is_not_free_either_the_refusal_speaks_of_more_than_kits(cast):
    kit(structure_id=cast.ids["association"])
    planned(cast, programme(cast))
    with pytest.raises(NotFree) as refused:
        planned(cast, programme(cast), kits=TABLETS)
    assert "une personne ou une salle" in str(refused.value)
