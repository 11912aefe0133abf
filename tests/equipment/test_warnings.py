"""A kit lost devices or has them back: the next borrowers, its managers and the team of a session are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from agenda import service as agenda
from equipment.models import Condition, Item, Kit, ReservationEvent, ReservationEventKind
from equipment.queries.kits import lendable
from equipment.rules.lending import Wish
from equipment.service import for_acts, lending, warnings
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message, MessageState
from foundation.outbox.service import is_still_wanted
from foundation.security import Role
from tests.cast import NOW
from tests.equipment.given import done, host_of_home, host_of_school, kit, morning, reserved
from tests.equipment.told import breaks, colleague, leaving, mails, sent, told

pytestmark = pytest.mark.usefixtures("stopped_clock")
HOST, MANAGER = "bruno@rives.example", "claire@rives.example"
ALL = Wish(units_wanted=3)


def events(reservation):
    query = select(ReservationEvent.kind, ReservationEvent.reason).where(
        ReservationEvent.reservation_id == reservation.id,
        ReservationEvent.kind.in_((ReservationEventKind.WARNED, ReservationEventKind.REASSURED)),
    )
    found = [(kind.value, reason) for kind, reason in db.session.execute(query.order_by(ReservationEvent.id))]
    db.session.rollback()
    return found


def test_who_lacks_devices_is_warned_and_offered_what_is_free_then(cast):
    host = host_of_school(cast)
    blue, green, red = kit(), kit("Mallette verte", units=4), kit("Mallette rouge", units=3)
    small = kit("Petite mallette", units=2)
    made = reserved(blue.id, morning(), host.id, ALL)
    reserved(red.id, morning(), cast.ids["mediator"])
    breaks(blue.id, 1)
    assert told(made) == [("reserved", HOST), ("short", HOST)]
    body = mails(made.reference)[-1].body
    assert "2 des 3 appareils" in body
    assert "3." in body
    assert green.name in body
    assert red.name not in body
    assert small.name not in body
    assert f"/hote/mallettes/{made.code}/autre" in body
    assert events(made) == [("warned", "2/3")]


def test_at_most_three_others_are_offered(cast):
    host, blue = host_of_school(cast), kit()
    others = [kit(f"Mallette {number}", units=3).name for number in range(5)]
    made = reserved(blue.id, morning(), host.id, ALL)
    breaks(blue.id, 1)
    body = mails(made.reference)[-1].body
    assert sum(name in body for name in others) == 3


def test_where_none_is_free_the_message_says_so(cast):
    host, blue = host_of_school(cast), kit()
    made = reserved(blue.id, morning(), host.id, ALL)
    breaks(blue.id, 1)
    body = mails(made.reference)[-1].body
    assert "Aucune autre mallette avec autant d’appareils n’est libre" in body
    assert "/autre" not in body


def test_where_only_smaller_ones_are_free_none_is_said_to_be_as_large(cast):
    host, blue = host_of_school(cast), kit()
    kit("Petite", units=2)
    some, any_of_them = (
        reserved(blue.id, morning(week), host.id, wish) for week, wish in enumerate((ALL, Wish()))
    )  # fmt: skip
    with transaction():
        db.session.get_one(Kit, blue.id).minimum_units = 3
    breaks(blue.id, 1)
    assert "Aucune autre mallette avec autant d’appareils n’est libre" in mails(some.reference)[-1].body
    assert "- Petite (2 × tablette)" in mails(any_of_them.reference)[-1].body


def test_who_has_enough_all_the_same_is_not_worried(cast):
    host, blue = host_of_school(cast), kit()
    made = reserved(blue.id, morning(), host.id, Wish(units_wanted=2))
    breaks(blue.id, 1)
    assert told(made) == [("reserved", HOST)]
    breaks(blue.id, 1)
    assert told(made)[-1] == ("short", HOST)


def test_a_blocked_kit_is_told_to_everybody_who_comes_next(cast):
    host, blue = host_of_school(cast), kit(minimum_units=3)
    made = reserved(blue.id, morning(), host.id)
    breaks(blue.id, 1)
    mail = mails(made.reference)[-1]
    assert mail.subject.startswith("Votre mallette ne peut pas sortir")
    assert "2 de ses 3 appareils" in mail.body


def test_each_state_is_told_once_and_only_the_last_leaves(cast):
    host, blue = host_of_school(cast), kit()
    made = reserved(blue.id, morning(), host.id, ALL)
    for _time in range(2):
        breaks(blue.id, 0, Condition.DAMAGED)
    assert events(made) == []
    breaks(blue.id, 1)
    in_transaction(lambda: warnings.kit_changed(blue.id, now=NOW))
    breaks(blue.id, 1)
    assert events(made) == [("warned", "2/3"), ("warned", "1/3")]
    assert leaving(made) == ["reserved", "short"]


def test_all_is_well_again_is_told_to_those_who_were_warned(cast):
    host, blue = host_of_school(cast), kit()
    warned = reserved(blue.id, morning(), host.id, ALL)
    never = reserved(blue.id, morning(1), host.id, Wish(units_wanted=1))
    breaks(blue.id, 1)
    sent()
    breaks(blue.id, 0, Condition.WORKING)
    assert told(warned)[1:] == [("short", HOST), ("whole", HOST)]
    assert leaving(warned) == ["whole"]
    assert told(never) == [("reserved", HOST)]
    breaks(blue.id, 1)
    assert leaving(warned) == ["short"]


def test_another_message_that_waits_is_not_the_warning(cast):
    """The confirmation of the loan waits; the warning has left: the all-clear follows it."""
    host, blue = host_of_school(cast), kit()
    made = reserved(blue.id, morning(), host.id, ALL)
    breaks(blue.id, 1)
    with transaction():
        for one in db.session.scalars(select(Message).where(Message.key.contains(":short:"))):
            one.state, one.sent_at = MessageState.SENT, NOW
    breaks(blue.id, 0, Condition.WORKING)
    assert leaving(made) == ["reserved", "whole"]


def test_a_warning_that_has_not_left_needs_no_all_clear(cast):
    host, blue = host_of_school(cast), kit()
    made = reserved(blue.id, morning(), host.id, ALL)
    breaks(blue.id, 1)
    breaks(blue.id, 0, Condition.WORKING)
    assert leaving(made) == ["reserved"]
    assert events(made) == [("warned", "2/3"), ("reassured", "3/3")]


def test_who_took_another_kit_hears_no_more_of_the_first(cast):
    host, blue, green = host_of_school(cast), kit(), kit("Mallette verte")
    made = reserved(blue.id, morning(), host.id, ALL)
    breaks(blue.id, 1)
    done(lending.move, made.id, morning(), by=host.id, kit_id=green.id)
    breaks(blue.id, 0, Condition.WORKING)
    assert leaving(made) == ["moved"]
    assert events(made) == [("warned", "2/3")]


def test_another_kit_needs_no_notice_at_the_same_time(cast):
    """A kit that broke the day before would otherwise leave the class without any."""
    host, blue, green = host_of_school(cast), kit(lead_hours=0), kit("Mallette verte", lead_hours=500)
    made = reserved(blue.id, morning(), host.id, ALL)
    breaks(blue.id, 1)
    assert done(lending.move, made.id, morning(), by=host.id, kit_id=green.id).kit_id == green.id


def test_what_was_cancelled_refused_or_is_far_away_is_left_alone(cast):
    host, blue = host_of_school(cast), kit()
    off, far = (reserved(blue.id, morning(week), host.id, ALL) for week in (0, 8))
    done(lending.cancel, off.id, by=host.id)
    breaks(blue.id, 1)
    assert (events(off), events(far)) == ([], [])


def test_who_comes_within_four_weeks_later_is_warned_then(cast):
    host, blue = host_of_school(cast), kit()
    far = reserved(blue.id, morning(8), host.id, ALL)
    breaks(blue.id, 1)
    assert in_transaction(lambda: warnings.warn_due(NOW)) == 0
    later = NOW + timedelta(weeks=6)
    for _time in range(2):
        assert in_transaction(lambda: warnings.warn_due(later)) == 1
    assert events(far) == [("warned", "2/3")]


def test_who_reserves_more_than_works_is_warned_at_the_next_look(cast):
    host, blue = host_of_school(cast), kit(broken=1)
    made = reserved(blue.id, morning(), host.id, ALL)
    in_transaction(lambda: warnings.warn_due(NOW))
    assert events(made) == [("warned", "2/3")]


def test_whom_nobody_can_write_to_is_not_said_to_be_warned(cast):
    host_of_home(cast)
    blue = kit()
    made = reserved(blue.id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"], units_wanted=3))
    breaks(blue.id, 1)
    assert (told(made), events(made)) == ([], [])


def test_somebody_telephoned_them(cast):
    host_of_home(cast)
    blue = kit()
    made = reserved(blue.id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"], units_wanted=3))
    breaks(blue.id, 1)
    for _press in range(2):
        done(warnings.called, made.id, by=cast.ids["mediator"])
    assert events(made) == [("warned", "2/3")]


def test_another_structure_telephones_nobody(cast):
    blue = kit(structure_id=cast.ids["town"])
    made = reserved(blue.id, morning(), host_of_school(cast).id, ALL)
    with pytest.raises(lending.queries.NoSuchReservation):
        done(warnings.called, made.id, by=cast.ids["other_mediator"])


def test_managers_are_told_at_once_and_of_whom_it_leaves_without(cast):
    host, blue = host_of_school(cast), kit(minimum_units=2)
    reserved(blue.id, morning(), host.id, Wish(units_wanted=3, group_label="CM1"))
    breaks(blue.id, 1)
    (mail,) = mails(f"kit:{blue.id}")
    assert (mail.recipient, mail.not_before) == (MANAGER, NOW)
    assert mail.subject == "Moins d’appareils, 2/3 en état\u00a0: Mallette bleue"
    assert "CM1" in mail.body
    assert f"/equipe/materiel/mallettes/{blue.id}" in mail.body
    breaks(blue.id, 1)
    first, second = mails(f"kit:{blue.id}")
    assert (first.state.value, is_still_wanted(first)) == ("withdrawn", False)
    assert second.subject.startswith("Mallette bloquée, 1/3")
    assert "Il en faut 2" in second.body


def test_managers_are_told_once_of_one_state_and_not_of_a_repair(cast):
    blue = kit()
    breaks(blue.id, 1)
    in_transaction(lambda: warnings.kit_changed(blue.id, now=NOW + timedelta(hours=1)))
    assert len(mails(f"kit:{blue.id}")) == 1
    breaks(blue.id, 0, Condition.WORKING)
    assert len(mails(f"kit:{blue.id}")) == 1
    assert not is_still_wanted(mails(f"kit:{blue.id}")[0])
    breaks(blue.id, 1, now=NOW + timedelta(days=1))
    assert len(mails(f"kit:{blue.id}")) == 2


def test_the_managers_of_its_structure_are_told_not_those_of_the_territory(cast):
    own = colleague(Role.MANAGER, "Louis Petit", "louis@rives.example", structure_id=cast.ids["town"])
    mine, theirs = (kit(f"Mallette {one}", structure_id=cast.ids[one]) for one in ("town", "association"))
    for one in (mine, theirs):
        breaks(one.id, 1)
    assert [one.recipient for one in mails(f"kit:{mine.id}")] == [own.email]
    assert [one.recipient for one in mails(f"kit:{theirs.id}")] == [MANAGER]


def test_the_mediators_of_a_session_are_told_when_its_kit_is_blocked(cast):
    blue = kit(minimum_units=3)

    def take():
        taking = for_acts.Taking("session:5", [lendable(blue.id)], morning(), "Club code")
        own = agenda.Wanted([cast.mediator.resource_id], morning(), "Club code", "session:5")
        agenda.hold_all([own, *for_acts.take([taking], now=NOW, actor_id=None)])

    in_transaction(take)
    breaks(blue.id, 1)
    mail = mails()[-2]
    assert (mail.recipient, mail.key.split(":")[2]) == ("salima@rives.example", "short")
    assert "Club code" in mail.body
    assert "la séance" in mail.body
    assert f"/equipe/materiel/reservations/{mail.reference.split(':')[1]}" in mail.body


def test_a_session_has_enough_while_its_kit_goes_out(cast):
    blue = kit()
    taking = for_acts.Taking("session:5", [lendable(blue.id)], morning(), "Club code")
    in_transaction(lambda: agenda.hold_all(for_acts.take([taking], now=NOW, actor_id=None)))
    breaks(blue.id, 1)
    assert [one.reference for one in mails()] == [f"kit:{blue.id}"]


def test_a_kit_that_left_for_good_worries_nobody(cast):
    blue = kit()
    with transaction():
        db.session.get_one(Kit, blue.id).retired_at = NOW
        for item in db.session.scalars(select(Item).where(Item.kit_id == blue.id)):
            item.condition = Condition.MISSING
    in_transaction(lambda: warnings.kit_changed(blue.id, now=NOW))
    assert mails() == []
