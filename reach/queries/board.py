"""The dashboard: the figures of a period and of the same period before, put together from their queries.

What contacts were about, and what came of them, is read when it is asked for: for a year of a large town it takes as
long as all else together, so that it has a page of its own, while files have it beside the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from activity.models import Referral
from reach.queries.appointments import Appointments, appointments_of
from reach.queries.contacts import Wish, counted, counted_together
from reach.queries.followed import followed
from reach.queries.kits import Kits, kits
from reach.queries.population import Area, Inhabited, inhabited
from reach.queries.progress import Progress, progress
from reach.queries.satisfaction import satisfaction
from reach.queries.sessions import Sessions, sessions
from reach.queries.topics import topics
from reach.queries.vouchers import Vouchers, vouchers
from reach.rules import rates
from reach.rules.about import Topics
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.figures import Cube
from reach.rules.filters import Filters, Priority, Side
from reach.rules.outcomes import CameOf, Satisfied
from reach.rules.scope import Scope
from vouchers.models import CampaignKind, FollowUpAnswer

MINUTES_OF_AN_HOUR = 60
CENTS_OF_A_EURO = 100


def lives_within(filters: Filters, area: Area) -> bool:
    """Whether the filters leave people of this neighbourhood: of the others no rate can be told."""
    if filters.side is not Side.RESIDENCE:
        return True
    priority = Priority.YES if area.is_priority else Priority.NO
    return (
        filters.neighbourhood_id in {None, area.id}
        and filters.commune_id in {None, area.commune_id}
        and filters.priority in {None, priority}
    )


@dataclass(frozen=True)
class Reached:
    """People and contacts by the neighbourhood they live in, against inhabitants.

    Attributes:
        areas: those of which the filters leave people.
    """

    contacts: Cube
    areas: Sequence[Area]

    @property
    def populations(self) -> dict[int, int | None]:
        return {one.id: one.population for one in self.areas}

    @property
    def rate(self) -> float | None:
        """People for 1,000 inhabitants over all areas whose population is known."""
        return rates.territory_rate(self._by_area("people"), self.populations)

    @property
    def not_located(self) -> float | None:
        """From 0 to 1, of the people; None of nobody."""
        untold = self.contacts.of(Dimension.NEIGHBOURHOOD, UNKNOWN).people
        return rates.share(untold, self.contacts.total.people)

    @property
    def unevenness(self) -> float | None:
        """From 0, as inhabitants are distributed, towards 1; None where only one neighbourhood is left to compare."""
        if len(self.areas) <= 1:
            return None
        return rates.unevenness(self._by_area("contacts"), self.populations)

    def rate_of(self, area: Area) -> float | None:
        """Of one neighbourhood."""
        return rates.per_thousand(self.contacts.of(Dimension.NEIGHBOURHOOD, area.id).people, area.population)

    def _by_area(self, figure: str) -> dict[int, int]:
        return {one.id: getattr(self.contacts.of(Dimension.NEIGHBOURHOOD, one.id), figure) for one in self.areas}


@dataclass(frozen=True)
class OfPeriod:
    """All that is told of one period. Each part says by itself which filters it could not obey."""

    filters: Filters
    scope: Scope
    reached: Reached
    appointments: Appointments
    sessions: Sessions
    kits: Kits
    vouchers: Vouchers
    progress: Progress

    @property
    def contacts(self) -> Cube:
        return self.reached.contacts

    @cached_property
    def topics(self) -> Topics:
        return topics(self.filters, self.scope)

    @cached_property
    def satisfaction(self) -> Satisfied:
        return satisfaction(self.filters, self.scope)

    @cached_property
    def followed(self) -> Mapping[Referral, CameOf]:
        return followed(self.filters, self.scope)


@dataclass(frozen=True)
class Board:
    """What the page of the dashboard says.

    Attributes:
        inhabited: all neighbourhoods, also those that the filters leave out.
        months: what was counted along with it, by month; the period itself when nothing else was.
    """

    filters: Filters
    now: OfPeriod
    before: OfPeriod
    inhabited: Inhabited
    months: Cube

    def value(self, key: str) -> tuple[float | None, float | None]:
        """The figure of an indicator, and the one before. A share is from 0 to 1; None: there is none."""
        return VALUES[key](self.now), VALUES[key](self.before)

    @cached_property
    def values(self) -> Mapping[str, tuple[float | None, float | None]]:
        """Those of all indicators."""
        return {key: self.value(key) for key in VALUES}


def board(filters: Filters, scope: Scope, along: Filters | None = None) -> Board:
    """So many statements, whatever the number of rows. What is the most is read once for both periods.

    Args:
        along: what to count by month beside it, as `reach.queries.trend` shows it.
    """
    known, both, splits = inhabited(), (filters, filters.before), (Dimension.NEIGHBOURHOOD, Dimension.MONTH)
    wishes: list[Wish] = [(filters, splits), (filters.before, splits[:1])]
    if along is not None and along != filters:
        wishes.append((along, splits[1:]))
    cubes, areas = counted_together(wishes, scope), _areas(filters, known)
    made = appointments_of([one.span for one in both], filters, scope)
    now, before = (
        _period(one, scope, Reached(cube, areas), booked) for one, cube, booked in zip(both, cubes, made, strict=False)
    )
    return Board(filters, now, before, known, cubes[0] if len(cubes) == len(both) else cubes[-1])


def reached(filters: Filters, scope: Scope, known: Inhabited) -> Reached:
    """What the map shows."""
    return Reached(counted(filters, scope, (Dimension.NEIGHBOURHOOD,)), _areas(filters, known))


def _areas(filters: Filters, known: Inhabited) -> list[Area]:
    return [one for one in known.areas if lives_within(filters, one)]


def _period(filters: Filters, scope: Scope, reached: Reached, appointments: Appointments) -> OfPeriod:
    return OfPeriod(
        filters=filters,
        scope=scope,
        reached=reached,
        appointments=appointments,
        sessions=sessions(filters, scope),
        kits=kits(filters, scope),
        vouchers=vouchers(filters, scope),
        progress=progress(filters, scope),
    )


def _still_used(one: OfPeriod) -> float | None:
    """Of the buyers who answered."""
    answered = {answer: count for answer, count in one.vouchers.still_used.items() if answer is not None}
    return rates.share(answered.get(FollowUpAnswer.USED, 0), sum(answered.values()))


def _progress(one: OfPeriod) -> float | None:
    change = one.progress.change
    return None if change.before is None or change.after is None else change.after - change.before


VALUES: Mapping[str, Callable[[OfPeriod], float | None]] = {
    "people": lambda one: one.contacts.total.people,
    "first_timers": lambda one: one.contacts.total.first_timers,
    "returning": lambda one: one.contacts.total.returning,
    "contacts": lambda one: one.contacts.total.contacts,
    "anonymous": lambda one: one.contacts.total.anonymous,
    "hours": lambda one: one.contacts.total.minutes / MINUTES_OF_AN_HOUR,
    "rate": lambda one: one.reached.rate,
    "not_located": lambda one: one.reached.not_located,
    "unevenness": lambda one: one.reached.unevenness,
    "kept": lambda one: one.appointments.booked.kept,
    "noshow": lambda one: one.appointments.booked.noshow,
    "excused": lambda one: one.appointments.booked.excused,
    "waiting": lambda one: one.appointments.waiting.median,
    "seats_offered": lambda one: one.sessions.seats.offered,
    "seats_taken": lambda one: one.sessions.seats.taken,
    "fill": lambda one: one.sessions.seats.fill,
    "children": lambda one: one.sessions.children.contacts,
    "care_home": lambda one: one.sessions.care_home.contacts,
    "progress": _progress,
    "pupils": lambda one: one.kits.total.heads,
    "kit_hours": lambda one: one.kits.total.person_minutes / MINUTES_OF_AN_HOUR,
    "device_vouchers": lambda one: one.vouchers.by[CampaignKind.DEVICE].handed_over,
    "training_vouchers": lambda one: one.vouchers.by[CampaignKind.TRAINING].handed_over,
    "euros": lambda one: one.vouchers.total.cents / CENTS_OF_A_EURO,
    "still_used": _still_used,
    "satisfaction": lambda one: one.satisfaction.fully,
    "autonomy": lambda one: rates.share(one.topics.autonomy.grew, one.topics.autonomy.twice),
}
"""Indicator → its figure in a period; themes, procedures and referrals are lists, and no one figure."""
