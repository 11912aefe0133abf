"""Where a mediator is at an instant, and what they may do there."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from agenda.models import Opening, Recurrence
from foundation.db import db, transaction
from mediation.models import Shift
from mediation.queries.whereabouts import services_for, stay_at, stays, venue_choices
from tests.mediation.days import TEN, at

TUESDAY, SATURDAY = date(2026, 3, 10), date(2026, 3, 14)


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def evening(cast, day=TUESDAY):
    """From six to eight at the workshop, that day only, for paperwork."""
    with transaction():
        shift = Shift(
            opening=Opening(
                resource_id=cast.mediator.resource_id,
                recurrence=Recurrence.ONCE,
                first_day=day,
                last_day=day,
                starts=time(18),
                ends=time(20),
            ),
            account_id=cast.mediator.id,
            venue_id=cast.workshop.id,
            services=[cast.paperwork],
        )
        db.session.add(shift)
        db.session.flush()
        return shift.id


def test_stays_come_by_their_start(cast):
    evening(cast)
    found = stays(cast.mediator.id, TUESDAY, TUESDAY + timedelta(days=1))
    assert [stay.shift.venue.id for stay in found] == [cast.library.id, cast.workshop.id, cast.library.id]


def test_nobody_stays_where_no_presence_is(cast):
    assert stays(cast.mediator.id, SATURDAY, SATURDAY) == []
    assert stays(cast.manager.id, TUESDAY, TUESDAY) == []
    assert stay_at(cast.mediator.id, TEN + timedelta(days=4)) is None


@pytest.mark.parametrize(
    ("hours", "venue"),
    [
        (-3, "library"),
        (0, "library"),
        (6, "library"),
        (7.4, "library"),
        (7.6, "workshop"),
        (9, "workshop"),
        (13, "workshop"),
    ],
)
def test_one_is_where_the_nearest_presence_is(cast, hours, venue):
    evening(cast)
    stay = stay_at(cast.mediator.id, TEN + timedelta(hours=hours))
    assert stay.shift.venue_id == cast.ids[venue]


def test_a_presence_that_has_ended_is_none(cast):
    with transaction():
        cast.shift.opening.last_day = TUESDAY - timedelta(days=1)
    assert stay_at(cast.mediator.id, TEN) is None


def test_the_services_of_the_presence_come_first(cast):
    evening(cast)
    mediator = cast.mediator
    stay = stay_at(mediator.id, TEN + timedelta(hours=9))
    assert [one.id for one in services_for(mediator, stay)] == [
        cast.paperwork.id, cast.first_steps.id, cast.at_home.id,
    ]  # fmt: skip


def test_services_of_other_structures_are_left_out(cast):
    assert [one.id for one in services_for(cast.other_mediator, None)] == [cast.first_steps.id]


def test_services_that_are_no_longer_offered_are_left_out(cast):
    with transaction():
        cast.paperwork.active = False
    found = services_for(cast.mediator, stay_at(cast.mediator.id, TEN))
    assert cast.paperwork.id not in [one.id for one in found]


def test_places_of_the_structure_come_first(cast):
    assert [id_ for id_, _name in venue_choices(cast.town.id)] == [cast.library.id, cast.workshop.id]
    assert [id_ for id_, _name in venue_choices(cast.association.id)] == [cast.workshop.id, cast.library.id]


def test_places_that_are_closed_are_left_out(cast):
    with transaction():
        cast.workshop.active = False
    assert [id_ for id_, _name in venue_choices(None)] == [cast.library.id]
