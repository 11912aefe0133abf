"""What the public is told of seats, and what an address asks the agenda for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workshops.models import Enrolment, Programme, ProgrammeAudience
from workshops.rules import public
from workshops.rules.public import Seats, Wanted

NOW = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PARIS = ZoneInfo("Europe/Paris")


def seats(free: int, **changes) -> Seats:
    return public.seats(Programme(**{"enrolment": Enrolment.SESSION} | changes), free, NOW)


@pytest.mark.parametrize(
    ("free", "said"), [(0, Seats.FULL), (1, Seats.FEW), (3, Seats.FEW), (4, Seats.MANY), (200, Seats.MANY)]
)
def test_few_seats_are_counted_and_none_is_full(free, said):
    assert seats(free) is said
    assert said.can_register


def test_nobody_registers_for_a_drop_in_however_many_come():
    assert seats(0, enrolment=Enrolment.DROP_IN) is Seats.DROP_IN
    assert not Seats.DROP_IN.can_register


def test_dates_of_registration_are_said_before_seats():
    assert seats(0, registration_opens_at=NOW + HOUR) is Seats.UNOPENED
    assert seats(5, registration_closes_at=NOW) is Seats.OVER
    assert seats(5, registration_opens_at=NOW, registration_closes_at=NOW + HOUR) is Seats.MANY
    assert not Seats.UNOPENED.can_register
    assert not Seats.OVER.can_register


def test_an_address_is_read_and_written_the_same():
    sent = {"quartier": "12", "public": "children", "mois": "2026-03"}
    wanted = public.read(sent)
    assert wanted == Wanted(12, ProgrammeAudience.CHILDREN, date(2026, 3, 1))
    assert wanted.query() == sent
    assert wanted


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"quartier": "", "public": "", "mois": ""},
        {"quartier": "-3", "public": "martians", "mois": "2026-13"},
        {"quartier": "9" * 30, "public": "CHILDREN", "mois": "9999-12"},
        {"quartier": "²", "public": "everyone", "mois": "mars"},
    ],
)
def test_what_can_not_be_read_is_not_asked_for(sent):
    assert public.read(sent) == Wanted()
    assert not public.read(sent)


def test_children_find_what_is_for_families_and_for_everybody_too():
    found = Wanted(audience=ProgrammeAudience.CHILDREN).audiences
    assert found == {ProgrammeAudience.CHILDREN, ProgrammeAudience.FAMILIES, ProgrammeAudience.EVERYONE}
    assert Wanted().audiences == set()


def test_a_month_begins_and_ends_on_the_wall_clock():
    march = Wanted(month=date(2026, 3, 1)).period(PARIS)
    assert march is not None
    assert march.start == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert march.end == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert Wanted().period(PARIS) is None


def test_december_is_followed_by_january():
    assert public.following(date(2026, 12, 1)) == date(2027, 1, 1)
    assert public.months(date(2026, 11, 22), date(2027, 1, 5)) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


def test_a_year_of_months_is_offered_at_most():
    assert len(public.months(date(2026, 1, 1), date(2036, 1, 1))) == 12
    assert public.months(date(2026, 3, 10), date(2026, 3, 1)) == [date(2026, 3, 1)]


@pytest.mark.parametrize(("text", "number"), [(None, 1), ("", 1), ("0", 1), ("4", 4), ("x", 1), ("99999", 1000)])
def test_a_page_is_a_number_within_reason(text, number):
    assert public.page(text) == number
