"""Numbers that wait for somebody: shown beside the entries of the menu and on the day, all counted in one statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, select

from foundation.db import db

Key = TypeVar("Key", bound=Hashable)


class Alert(NamedTuple):
    """A number to show beside an entry, and the same in words for whoever hears the page."""

    number: int
    words: str


@dataclass(frozen=True)
class Count:
    """What is counted for the person at hand.

    Attributes:
        asked: gives selections of one number each, which are added up.
        words: says the sum.
    """

    asked: Callable[[], Sequence[Select[int]]]
    words: Callable[[int], str]


def alerts(counts: Mapping[Key, Count]) -> dict[Key, Alert]:
    """Those that are not nought. A page asks for all of them at once: a statement costs more than what it counts."""
    parts = [(key, one.scalar_subquery()) for key, count in counts.items() for one in count.asked()]
    if not parts:
        return {}
    sums: Counter[Key] = Counter()
    for (key, _part), number in zip(parts, db.session.execute(select(*(part for _, part in parts))).one(), strict=True):
        sums[key] += number
    return {key: Alert(number, counts[key].words(number)) for key, number in sums.items() if number}
