"""What contacts were about, as it stands on its page: themes, procedures, referrals, and how much help was needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from activity.rules.labels import PROCEDURES, REFERRALS, THEMES
from foundation.i18n import _
from reach.queries.appointments import Appointments
from reach.rules import rates
from reach.rules.about import Told, Topics
from reach.rules.amounts import written
from reach.rules.indicators import INDICATORS, Indicator, Unit
from reach.views.dashboard.hints import autonomy_said
from reach.views.dashboard.listed import Lists
from reach.views.dashboard.shown import Shown

ABOUT: Sequence[tuple[str, Mapping[Any, Any]]] = (
    ("themes", THEMES),
    ("procedures", PROCEDURES),
    ("referrals", REFERRALS),
)
"""Indicator, which is a field of `Topics` too, and its words."""


@dataclass(frozen=True)
class Line:
    """One of several figures that go together; `url` is that of the list of its records."""

    words: str
    contacts: int
    records: int
    before: int
    url: str | None


@dataclass(frozen=True)
class Several:
    """An indicator that is a list: the most frequent first."""

    indicator: Indicator
    lines: Sequence[Line]


def about(now: Topics, before: Topics, lists: Lists) -> list[Several]:
    """All lists, in the order of the page."""
    return [
        Several(
            INDICATORS[key],
            _lines(getattr(now, key), getattr(before, key), words, partial(lists.about, key)),
        )
        for key, words in ABOUT
    ]


def autonomy(now: Topics, before: Topics) -> Shown:
    """The share of those who needed less help at last."""
    shares = [written(rates.share(one.autonomy.grew, one.autonomy.twice), Unit.SHARE) for one in (now, before)]
    return Shown(INDICATORS["autonomy"], shares[0], shares[1], autonomy_said(now.autonomy), None)


def _lines(
    now: Mapping[StrEnum, Told],
    before: Mapping[StrEnum, Told],
    words: Mapping[Any, Any],
    listed: Callable[[str], str | None],
) -> list[Line]:
    """Also what had contacts before and has none now."""
    there = [one for one in words if one in now or one in before]
    lines = [
        Line(str(words[one]), now.get(one, Told()).contacts, now.get(one, Told()).records,
             before.get(one, Told()).contacts, listed(one.value) if one in now else None)
        for one in there
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.contacts, -line.before, line.words))


def sent_here(found: Appointments) -> str:
    """What came of the people whom prescribers sent: of what came of the others, nobody writes.

    Empty where there are none, and where the filters could not be obeyed: it would stand among what they left.
    """
    if found.unapplied:
        return ""
    sent = found.prescribed
    booked = sent.kept + sent.noshow + sent.excused + sent.revoked + sent.expected
    return _("Booked by prescribers: %(booked)s. Kept: %(kept)s. No-shows: %(noshow)s.",
             booked=booked, kept=sent.kept, noshow=sent.noshow) if booked else ""  # fmt: skip
