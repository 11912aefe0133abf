"""How a programme of the demonstration town is described: what it is, where, with whom, and when it meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from workshops.rules.resources import Sheet

AFTER_SCHOOL = {2: (time(14), time(15, 30)), 5: (time(10), time(11, 30))}
"""Hours of a children's club on Wednesday and Saturday; on other days it begins after school."""
SCHOOL_ENDS = (time(16, 45), time(18, 0))


@dataclass(frozen=True)
class Rhythm:
    """When a weekly series meets, told from the day of loading.

    Attributes:
        past, ahead: how many sessions were before that day, and how many are from it on.
        hours: wall times; None: those of a children's club.
        lead: days from the day of loading to the first session ahead, at least; it gives the series its weekday.
        ended: weeks between the last session and the day of loading, when nothing is ahead.
        last_school_year: the last session was in the middle of June of the school year before.
        earlier: so many weeks before that.
        weekday: 0 is Monday; None: the first day that suits.
        weekdays: those that suit.
        in_term: not in the school holidays.
    """

    past: int = 0
    ahead: int = 0
    hours: tuple[time, time] | None = None
    lead: int = 0
    ended: int = 0
    last_school_year: bool = False
    earlier: int = 0
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    in_term: bool = True


@dataclass(frozen=True)
class Series:
    """One programme. `team` and `manager` are given names in small letters; `site` is a venue's key.

    Attributes:
        around: minutes held before and after, to go there and to set up.
        titles: what each session is about, in order; shorter than the series: the others have none.
        away: sessions (by their number) that were called off, with the reason.
        moved: sessions that were moved to the next day, with the reason.
    """

    key: str
    house: str
    team: tuple[str, ...]
    rhythm: Rhythm
    details: Mapping[str, Any]
    site: str | None = None
    room: int | None = None
    home: str | None = None
    school: str | None = None
    around: int = 15
    titles: tuple[str, ...] = ()
    away: Mapping[int, str] = field(default_factory=dict)
    moved: Mapping[int, str] = field(default_factory=dict)
    equipment: str = ""
    kits: Mapping[str, int] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
