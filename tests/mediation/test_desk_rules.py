"""Who books as what, who sees how much of an appointment, and a chosen time as one word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import Channel
from foundation.errors import Forbidden, Unknown
from foundation.scope import NotInYourStructure, OfTheTerritory, check_may_change, check_scope
from foundation.security import Role
from mediation.models import Appointment, Origin
from mediation.rules.desk import Wish, origin_for, read_wish, sees_all, sees_outcome

TOWN, ASSOCIATION = 1, 2


@dataclass(frozen=True)
class Somebody:
    """As much of an account as the rules look at."""

    roles: frozenset[Role]
    structure_id: int | None = TOWN
    id: int = 7


def _somebody(*roles: Role, **more) -> Somebody:
    return Somebody(frozenset(roles), **more)


def _appointment(structure_id: int | None = TOWN, booked_by_id: int | None = None) -> Appointment:
    return Appointment(structure_id=structure_id, booked_by_id=booked_by_id)


@pytest.mark.parametrize(
    ("roles", "origin"),
    [
        ({Role.PRESCRIBER}, Origin.PRESCRIBER),
        ({Role.PRESCRIBER, Role.HOST}, Origin.PRESCRIBER),
        ({Role.PRESCRIBER, Role.MEDIATOR}, Origin.DESK),
        ({Role.MANAGER}, Origin.DESK),
        ({Role.ADMINISTRATOR}, Origin.DESK),
    ],
)
def test_who_books_as_what(roles, origin):
    assert origin_for(roles) is origin


class TestWhoSees:
    @pytest.mark.parametrize("role", [Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR])
    def test_colleagues_see_all(self, role):
        assert sees_all(_somebody(role), _appointment())
        assert not sees_all(_somebody(role), _appointment(ASSOCIATION))

    def test_staff_of_the_territory_see_all(self):
        manager = _somebody(Role.MANAGER, structure_id=None)
        assert sees_all(manager, _appointment(ASSOCIATION))
        assert sees_all(manager, _appointment(None))

    def test_what_belongs_to_no_structure_is_the_territorys(self):
        assert not sees_all(_somebody(Role.MANAGER), _appointment(None))

    @pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER])
    def test_others_see_nothing_that_they_did_not_book(self, role):
        assert not sees_all(_somebody(role), _appointment(booked_by_id=7))
        assert sees_outcome(_somebody(role), _appointment(booked_by_id=7))
        assert not sees_outcome(_somebody(role), _appointment(booked_by_id=8))
        assert not sees_outcome(_somebody(role), _appointment())

    def test_whoever_sees_all_sees_the_outcome(self):
        assert sees_outcome(_somebody(Role.MEDIATOR), _appointment())

    def test_a_mediator_who_booked_elsewhere_sees_the_outcome_there(self):
        mediator, elsewhere = _somebody(Role.MEDIATOR), _appointment(ASSOCIATION, booked_by_id=7)
        assert sees_outcome(mediator, elsewhere)
        assert not sees_all(mediator, elsewhere)


class TestScope:
    @pytest.mark.parametrize(("viewer", "record"), [(None, TOWN), (None, None), (TOWN, TOWN)])
    def test_within(self, viewer, record):
        check_scope(viewer, record)
        check_may_change(viewer, record)

    @pytest.mark.parametrize("record", [ASSOCIATION, None])
    def test_outside_it_does_not_exist(self, record):
        with pytest.raises(NotInYourStructure) as refused:
            check_scope(TOWN, record)
        assert isinstance(refused.value, Unknown)

    def test_what_the_territory_shares_is_seen_and_not_changed(self):
        with pytest.raises(OfTheTerritory) as refused:
            check_may_change(TOWN, None)
        assert isinstance(refused.value, Forbidden)


class TestWish:
    @given(
        service=st.integers(0, 2**31 - 1),
        mediator=st.integers(0, 2**31 - 1),
        venue=st.none() | st.integers(1, 2**31 - 1),
        channel=st.sampled_from(list(Channel)),
        seconds=st.integers(0, 4_102_444_799),
    )
    def test_reads_what_it_wrote(self, service, mediator, venue, channel, seconds):
        wish = Wish(service, datetime.fromtimestamp(seconds, UTC), mediator, channel, venue)
        assert read_wish(wish.key) == wish

    @given(st.text(max_size=60))
    def test_whatever_else_is_no_wish_and_no_fault(self, text):
        wish = read_wish(text)
        assert wish is None or read_wish(wish.key) == wish

    @pytest.mark.parametrize(
        "key",
        [
            None, "", "1.2.3", "1.2.3.venue.4.5", "1.2.3.balloon.4", "a.2.3.venue.4", "-1.2.3.venue.4",
            "1.2.3.venue.", "1.9999999999.3.venue.4", "9999999999.1.3.venue.4", "²3.1.1.venue.4", "1 .2.3.venue.4",
        ],
    )  # fmt: skip
    def test_what_is_none(self, key):
        assert read_wish(key) is None
