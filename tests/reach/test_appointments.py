"""Appointments: what became of them, waiting for the first one, whose they are, and a second way to count them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from activity.models import AgeBand, Channel
from foundation.db import db, in_transaction, transaction
from mediation.models import Appointment, AppointmentEvent, Attendance, Origin
from mediation.rules.walk_ins import WalkIn
from mediation.service import attendance, booking, walk_ins
from people import service as people
from people.models import Gender, Person
from places.models import Venue
from reach.queries.appointments import Outcomes, appointments
from reach.rules.filters import Priority
from reach.rules.scope import Scope
from reach.views.dashboard.listed import LISTS
from tests.cast import NOW
from tests.counting import statements
from tests.mediation.booking_wishes import TEN, booked, local
from tests.mediation.days import planned
from tests.reach.asking import MARCH, ON_A_DATABASE, PLACE, asked, exported, in_march, local_day, middle, of
from tests.reach.behind import lines, made
from tests.vouchers.given import person

SEEN = Attendance.SEEN


def mark(cast, appointment_id, wanted=SEEN, now=None, who="mediator"):
    when = now or db.session.get_one(Appointment, appointment_id).starts_at + timedelta(hours=1)
    return in_transaction(lambda: attendance.mark(appointment_id, wanted, now=when, actor=getattr(cast, who)))


def seen(cast, starts_at=TEN, **more):
    return planned(cast, starts_at, attendance=SEEN, **more)


def test_each_appointment_counts_as_what_became_of_it(cast):
    kept, missed, late, off = (booked(cast, starts_at=local(hour)).id for hour in (10, 11, 14, 15))
    booked(cast, starts_at=local(16))
    mark(cast, kept)
    mark(cast, missed, Attendance.NOSHOW)
    in_transaction(lambda: booking.cancel(late, now=NOW, by_resident=True))
    in_transaction(lambda: booking.cancel(off, now=NOW, by_resident=False, actor_id=cast.ids["mediator"]))
    found = asked(appointments)
    assert found.booked == Outcomes(kept=1, noshow=1, excused=1, revoked=1, expected=1)
    assert (found.booked.noshow_share, found.walk_ins, found.prescribed) == (0.5, 0, Outcomes())


def test_without_appointments_there_is_no_share_and_no_waiting(cast):
    found = asked(appointments)
    assert (found.booked, found.booked.noshow_share) == (Outcomes(), None)
    assert (found.waiting.people, found.waiting.median, found.first_walk_ins) == (0, None, 0)


def test_what_a_prescriber_booked_is_told_beside_too(cast):
    sent = booked(cast, cast.ids["prescriber"], starts_at=local(10), origin=Origin.PRESCRIBER)
    booked(cast, starts_at=local(11))
    mark(cast, sent.id, Attendance.NOSHOW)
    found = asked(appointments)
    assert found.prescribed == Outcomes(noshow=1)
    assert found.booked == Outcomes(noshow=1, expected=1)


def test_a_walk_in_is_apart_and_waited_for_nothing(cast):
    wish = WalkIn(service_id=cast.ids["paperwork"], person_id=cast.ids["neighbour"])
    in_transaction(lambda: walk_ins.walk_in(wish, now=TEN, actor=cast.mediator))
    found = asked(appointments)
    assert (found.booked, found.walk_ins, found.first_walk_ins, found.waiting.people) == (Outcomes(), 1, 1, 0)


def test_people_wait_from_booking_to_their_first_appointment_wherever_it_moved(cast):
    made = booked(cast, starts_at=local(10))
    in_transaction(lambda: booking.move(made.id, local(10, day=16), now=NOW + timedelta(hours=1)))
    mark(cast, made.id)
    found = asked(appointments).waiting
    assert (found.people, found.median, found.mean) == (1, 6, 6)


def test_only_the_first_of_a_person_is_waited_for_and_the_missed_one_is_none(cast):
    seen(cast, datetime(2026, 2, 3, 9, tzinfo=UTC))
    seen(cast, TEN)
    neighbour = cast.ids["neighbour"]
    planned(cast, TEN + timedelta(hours=1), person_id=neighbour, attendance=Attendance.NOSHOW)
    seen(cast, TEN + timedelta(days=1), person_id=neighbour)
    found = asked(appointments)
    assert (found.waiting.people, found.waiting.median) == (1, 3)
    assert (found.booked.kept, found.booked.noshow) == (2, 1)


def test_who_came_first_without_appointment_never_waits_afterwards(cast):
    seen(cast, TEN, origin=Origin.WALK_IN)
    seen(cast, TEN + timedelta(days=2))
    found = asked(appointments)
    assert (found.first_walk_ins, found.waiting.people, found.booked.kept) == (1, 0, 1)


def test_two_records_of_one_person_have_one_first_appointment(cast):
    seen(cast, TEN)
    seen(cast, TEN + timedelta(days=1), person_id=cast.ids["neighbour"])
    assert asked(appointments).waiting.people == 2
    with transaction():
        people.merge(cast.ids["resident"], cast.ids["neighbour"], None)
    assert (asked(appointments).waiting.people, asked(appointments).booked.kept) == (1, 2)


def test_an_appointment_lies_in_the_month_of_the_wall_clock(cast):
    seen(cast, datetime(2026, 2, 28, 23, 0, tzinfo=UTC))
    seen(cast, datetime(2026, 2, 28, 21, 59, tzinfo=UTC))
    seen(cast, datetime(2026, 3, 31, 20, 59, tzinfo=UTC))
    seen(cast, datetime(2026, 3, 31, 22, 0, tzinfo=UTC))
    assert asked(appointments).booked.kept == 2


def two_of_each(cast):
    """One of the town, at the library; one of the association by telephone."""
    seen(cast, TEN)
    away = {"structure_id": cast.ids["association"], "mediator_id": cast.ids["other_mediator"]}
    seen(cast, TEN + timedelta(hours=1), **away, channel=Channel.PHONE, venue_id=None)


def kept(scope=Scope(), **chosen):  # noqa: B008
    return asked(appointments, scope, **chosen).booked.kept


def test_a_scope_shows_its_own_and_no_filter_widens_it(cast):
    two_of_each(cast)
    town, other = cast.ids["town"], cast.ids["other_mediator"]
    assert kept() == 2
    assert (kept(Scope(structure_id=town)), kept(Scope(mediator_id=other))) == (1, 1)
    assert kept(Scope(structure_id=town), structure_id=cast.ids["association"]) == 0
    assert kept(Scope(mediator_id=other), mediator_id=cast.ids["mediator"]) == 0


def test_filters_narrow(cast):
    two_of_each(cast)
    own = {name: cast.ids[key] for name, key in (("structure_id", "town"), ("mediator_id", "mediator"))}
    assert [kept(**{name: value}) for name, value in own.items()] == [1, 1]
    assert (kept(venue_id=cast.ids["library"]), kept(venue_id=cast.ids["workshop"])) == (1, 0)
    assert (kept(channel=Channel.PHONE), kept(channel=Channel.VIDEO)) == (1, 0)


def test_the_place_is_known_and_the_home_of_the_person_is_not(cast):
    two_of_each(cast)
    harbour = cast.ids["harbour"]
    assert (kept(side=PLACE, neighbourhood_id=harbour), kept(side=PLACE, neighbourhood_id=cast.ids["mills"])) == (1, 0)
    assert [kept(side=PLACE, priority=one) for one in Priority] == [0, 1, 1]
    with transaction():
        db.session.get_one(Venue, cast.ids["library"]).neighbourhood_id = cast.ids["mills"]
    assert [kept(side=PLACE, priority=one) for one in Priority] == [1, 0, 1]
    at_home = asked(appointments, neighbourhood_id=harbour)
    assert (at_home.booked.kept, at_home.unapplied) == (2, {"neighbourhood_id"})


def test_what_can_not_be_obeyed_is_told(cast):
    two_of_each(cast)
    chosen = {"age_band": AgeBand.FROM_70, "gender": Gender.FEMININE, "priority": Priority.YES, "commune_id": 1}
    found = asked(appointments, **chosen, venue_id=cast.ids["library"])
    assert (found.booked.kept, found.unapplied) == (1, set(chosen))
    assert asked(appointments).unapplied == set()


def test_it_is_one_statement_however_many_there_are(cast):
    two_of_each(cast)
    with statements() as sent:
        appointments(of(), Scope())
    assert sum(not one.startswith("BEGIN") for one in sent) == 1


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "who": st.integers(0, 2),
            "hours": st.integers(-3 * 24, 34 * 24),
            "asked_before": st.integers(0, 40 * 24),
            "attendance": st.sampled_from(Attendance),
            "origin": st.sampled_from(Origin),
        }
    ),
    max_size=10,
)


@ON_A_DATABASE
@given(ROWS, st.booleans())
def test_counting_exported_rows_one_by_one_gives_the_same(cast, rows, merge):
    residents = [person(), person(), person()]
    with transaction():
        db.session.query(AppointmentEvent).delete()
        db.session.query(Appointment).delete()
        db.session.add_all(_row(cast, number, residents, **row) for number, row in enumerate(rows))
    if merge:
        with transaction():
            people.merge(residents[0], residents[1], None)
    found = asked(appointments)
    exports = exported(Appointment)
    inside = [row for row in exports if in_march(row["starts_at"])]
    by_appointment = [row for row in inside if row["origin"] is not Origin.WALK_IN]
    tally = {one: sum(row["attendance"] is one for row in by_appointment) for one in Attendance}
    names = {"seen": "kept"}
    assert found.booked == Outcomes(**{names.get(one.value, one.value): count for one, count in tally.items()})
    assert found.walk_ins == sum(
        row["origin"] is Origin.WALK_IN and row["attendance"] is SEEN for row in inside
    )  # fmt: skip
    firsts = [row for row in _first_of_each(exports) if in_march(row["starts_at"])]
    waits = [
        (local_day(row["starts_at"]) - local_day(row["created_at"])).days
        for row in firsts
        if row["origin"] is not Origin.WALK_IN
    ]
    assert (found.waiting.people, found.waiting.median) == (len(waits), middle(waits))
    assert found.first_walk_ins == len(firsts) - len(waits)
    for key, became in (("kept", SEEN), ("noshow", Attendance.NOSHOW), ("excused", Attendance.EXCUSED)):
        listed = {one.id for one in lines(LISTS[key])}
        assert listed == {row["id"] for row in by_appointment if row["attendance"] is became}
    assert made("waiting") == middle(waits)


def _row(cast, number, residents, *, who, hours, asked_before, attendance, origin):
    starts_at = datetime(2026, 3, 1, 0, 30, tzinfo=UTC) + timedelta(hours=hours, seconds=number)
    ends_at = starts_at + timedelta(minutes=30)
    return Appointment(
        code=f"H{number}", person_id=residents[who], service_id=cast.ids["first_steps"], service_label="Aide",
        structure_id=cast.ids["town"], mediator_id=cast.ids["mediator"], channel=Channel.PHONE, starts_at=starts_at,
        ends_at=ends_at, held_from=starts_at, held_until=ends_at, attendance=attendance, origin=origin,
        created_at=starts_at - timedelta(hours=asked_before),
    )  # fmt: skip


def _first_of_each(rows):
    kept_rows = sorted((row for row in rows if row["attendance"] is SEEN), key=lambda row: row["starts_at"])
    first = {}
    for row in kept_rows:
        first.setdefault(row["person_id"], row)
    return list(first.values())


def test_somebody_erased_since_was_received_all_the_same(cast):
    seen(cast, TEN)
    with transaction():
        db.session.get_one(Person, cast.ids["resident"]).anonymised_at = NOW
    assert (asked(appointments).booked.kept, asked(appointments, span=MARCH).waiting.people) == (1, 1)
