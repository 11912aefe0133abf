"""Presences of one mediator do not overlap: nobody is in two places at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from agenda.patterns import described
from agenda.rules.recurrence import Pattern, first_common_day
from foundation.errors import Refused
from foundation.i18n import _l, full_day
from mediation.rules.shifts import next_day


@dataclass(frozen=True)
class Other:
    """Another presence of the same mediator; `place` is empty when it has none."""

    pattern: Pattern
    place: str


class OverlapsPresence(Refused):
    """The mediator receives elsewhere, or for something else, at that time."""

    def __init__(self, other: Other, first: date, today: date) -> None:
        words = described(other.pattern, today)
        super().__init__(
            _l(
                "It overlaps another presence of this mediator, first on %(day)s: “%(other)s”. "
                "Choose other days or hours, or change or end that one first.",
                other=f"{words} ({other.place})" if other.place else words,
                day=full_day(first),
            )
        )


def overlaps(pattern: Pattern, others: Collection[Pattern], today: date) -> list[tuple[Pattern, date]]:
    """The `others` that overlap `pattern` from today on, and the first day of each: the past is settled."""
    ahead = _from(pattern, today)
    common = (
        (other, first_common_day(ahead, _from(other, today))) for other in others if _share_weekdays(pattern, other)
    )
    return [(other, day) for other, day in common if day is not None]


def check_alone(wanted: Pattern, others: Collection[Other], today: date, *, was: Pattern | None = None) -> None:
    """Refuse a presence that overlaps one of `others`.

    Args:
        was: what it was before it is changed; an overlap that stood then, from before they were refused, may stand on.

    Raises:
        OverlapsPresence
    """
    for other in others:
        found = overlaps(wanted, [other.pattern], today)
        if found and not (was and overlaps(was, [other.pattern], today)):
            raise OverlapsPresence(other, found[0][1], today)


def _from(pattern: Pattern, today: date) -> Pattern:
    """The pattern without the days that have passed; its rhythm goes on."""
    return replace(pattern, first_day=next_day(pattern, today))


def _share_weekdays(left: Pattern, right: Pattern) -> bool:
    """False for two weekly patterns that never meet: years of days need not be looked at for them."""
    return not (left.weekdays and right.weekdays) or bool(left.weekdays & right.weekdays)
