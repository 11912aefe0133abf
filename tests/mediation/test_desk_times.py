"""The times that whoever books for somebody may choose from: the next days, by place, each time once."""

from __future__ import annotations

from datetime import date, time

import pytest

from activity.models import Channel
from agenda.models import Opening, Recurrence, Resource, ResourceKind
from foundation.db import db, transaction
from foundation.security import Role
from mediation.models import Audience, Service, Shift
from mediation.queries.desk import MOST_DAYS, MOST_TIMES, Filter, next_times, venue_name
from tests.cast import NOW
from tests.counting import statements
from tests.mediation.booking_wishes import booked, local
from tests.mediation.planning import account_in

pytestmark = pytest.mark.usefixtures("stopped_clock")
WEDNESDAY, THURSDAY = date(2026, 3, 11), date(2026, 3, 12)


@pytest.fixture
def colleague(stopped_clock, cast):
    """A second mediator of the town, at the library too, in no room."""
    return _receives(cast, "Nora Petit")


def _receives(cast, name, hours=(9, 17)):
    account = account_in(cast, "town", Role.MEDIATOR, name=name)
    with transaction():
        resource = Resource(kind=ResourceKind.MEDIATOR, label=name)
        db.session.add(resource)
        db.session.flush()
        account.resource_id = resource.id
        opening = Opening(
            resource_id=resource.id, recurrence=Recurrence.WEEKLY, weekdays=0b0011111, first_day=date(2026, 1, 5),
            starts=time(hours[0]), ends=time(hours[1]),
        )  # fmt: skip
        services = [db.session.get_one(Service, cast.ids["paperwork"])]
        db.session.add(Shift(opening=opening, account_id=account.id, venue_id=cast.ids["library"], services=services))
    return account


def _times(cast, service="paperwork", first=THURSDAY, now=NOW, **wanted):
    return next_times(getattr(cast, service), first, Filter(**wanted), now=now)


def _starts(group):
    return [one.starts_at for one in group.times]


def test_the_first_days_whole_until_there_are_enough(cast):
    groups = _times(cast)
    assert groups[0].day == THURSDAY
    assert sum(len(group.times) for group in groups) >= MOST_TIMES
    assert len(groups[0].times) == 16
    assert len({group.day for group in groups}) <= MOST_DAYS


def test_each_day_and_place_is_a_group(cast):
    groups = _times(cast, "first_steps")
    assert [(group.day, group.channel, group.venue) for group in groups[:2]] == [
        (THURSDAY, Channel.VENUE, "Atelier des Moulins"),
        (THURSDAY, Channel.VENUE, "Médiathèque du Port"),
    ]


def test_one_venue_alone(cast):
    groups = _times(cast, "first_steps", venue_id=cast.workshop.id)
    assert {group.venue for group in groups} == {"Atelier des Moulins"}


def test_one_mediator_alone(cast, colleague):
    groups = _times(cast, mediator_ids=[colleague.id])
    assert {one.mediator for group in groups for one in group.times} == {"Nora Petit"}


def test_nobody_at_all(cast):
    assert _times(cast, mediator_ids=[]) == []


def test_a_time_that_two_offer_is_shown_once(cast, colleague):
    (group, *_) = _times(cast)
    assert _starts(group) == sorted(set(_starts(group)))
    assert len(group.times) == 16


def test_whoever_has_the_least_to_do_that_day_is_proposed(cast, colleague):
    booked(cast, mediator_id=cast.mediator.id, newcomer=None, person_id=cast.resident.id)
    (group, *_) = _times(cast)
    assert {one.mediator for one in group.times} == {"Nora Petit"}


def test_a_time_that_one_has_left_is_still_there(cast, colleague):
    booked(cast, mediator_id=colleague.id, newcomer=None, person_id=cast.resident.id)
    (group, *_) = _times(cast)
    by_start = {one.starts_at: one.mediator for one in group.times}
    assert by_start[local(10)] == "Salima Benali"


def test_what_is_held_is_left_out(cast):
    booked(cast, starts_at=local(10))
    (group, *_) = _times(cast)
    assert local(10) not in _starts(group)
    assert local(10, 30) in _starts(group)


def test_an_appointment_to_move_may_keep_part_of_its_time(cast):
    appointment = booked(cast, starts_at=local(10))
    (group, *_) = _times(cast, ignoring=appointment.reference)
    assert local(10) in _starts(group)


@pytest.mark.parametrize(("freely", "first"), [(True, (9, 0)), (False, (10, 0))])
def test_the_notice_counts_for_prescribers_only(cast, freely, first):
    """It is eight in the morning; the service wants two hours' notice."""
    groups = _times(cast, first=date(2026, 3, 10), freely=freely)
    assert _starts(groups[0])[0] == local(*first, day=10)


@pytest.mark.parametrize(("freely", "found"), [(True, True), (False, False)])
def test_the_horizon_counts_for_prescribers_only(cast, freely, found):
    assert bool(_times(cast, first=date(2026, 6, 15), freely=freely)) is found


def test_a_week_without_anything_is_passed_over(cast):
    with transaction():
        cast.shift.opening.first_day = date(2026, 4, 6)
    assert _times(cast)[0].day == date(2026, 4, 6)


def test_days_that_have_passed_begin_now(cast):
    assert _times(cast, first=date(2026, 3, 1), freely=True)[0].day == date(2026, 3, 10)


def test_home_and_telephone_have_no_venue(cast):
    groups = _times(cast, "at_home")
    assert {(group.channel, group.venue) for group in groups} == {(Channel.HOME, ""), (Channel.PHONE, "")}


def test_a_key_leads_back_to_what_was_shown(cast):
    (group, *_) = _times(cast)
    wish = group.times[0].wish
    assert (wish.service_id, wish.mediator_id, wish.venue_id) == (cast.paperwork.id, cast.mediator.id, cast.library.id)


def test_names_of_venues(cast):
    assert venue_name(cast.library.id) == "Médiathèque du Port"
    assert venue_name(None) == venue_name(999) == ""


def test_asks_as_often_for_ten_mediators_as_for_two(cast, colleague):
    _times(cast)
    with statements() as few:
        _times(cast)
    for number in range(8):
        _receives(cast, f"Aide{number} Martin")
    _times(cast)
    with statements() as many:
        _times(cast)
    assert len(many) <= len(few)


def test_how_much_each_has_to_do_is_counted_for_all_days_at_once(cast, colleague):
    with statements() as sent:
        shown = _times(cast)
    assert len({group.day for group in shown}) > 1
    assert sum("FROM appointment" in one for one in sent) == 1


def test_a_service_for_the_staff_is_no_different_here(cast):
    with transaction():
        cast.paperwork.audience = Audience.STAFF
    assert _times(cast) != []
