"""The figures of the dashboard as they stand on the page: in sections, each with its definition beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from activity.rules.labels import PROCEDURES, REFERRALS, THEMES
from foundation.i18n import _, _l
from reach.queries.board import Board, OfPeriod
from reach.queries.topics import Told
from reach.rules.amounts import written
from reach.rules.filters import CHOSEN
from reach.rules.indicators import INDICATORS, Indicator
from reach.views.dashboard.hints import HINTS
from reach.views.dashboard.listed import Link, Lists

FIELDS: Mapping[str, Any] = {
    "neighbourhood_id": _l("neighbourhood"),
    "priority": _l("priority neighbourhood"),
    "commune_id": _l("commune"),
    "structure_id": _l("structure"),
    "venue_id": _l("place"),
    "mediator_id": _l("mediator"),
    "age_band": _l("age"),
    "gender": _l("gender"),
    "status": _l("occupation"),
    "channel": _l("channel"),
}
"""Field of the filters → its name within a sentence."""


@dataclass(frozen=True)
class Shown:
    """One figure, written out; `before` is that of the same span before."""

    indicator: Indicator
    value: str
    before: str
    hint: str
    link: Link | None


@dataclass(frozen=True)
class Line:
    """One of several figures that go together."""

    words: str
    contacts: int
    records: int
    before: int
    url: str | None


@dataclass(frozen=True)
class Several:
    """An indicator that is a list: what contacts were about."""

    indicator: Indicator
    lines: Sequence[Line]


@dataclass(frozen=True)
class Section:
    """Attributes:
    unapplied: names of the chosen filters that these figures could not obey: they count more than was asked for.
    """

    key: str
    title: str
    figures: Sequence[Shown]
    unapplied: Sequence[str]


SECTIONS: Sequence[tuple[str, Any, Sequence[str], Callable[[OfPeriod], Sequence[frozenset[str]]]]] = (
    (
        "passages", _l("People and contacts"),
        ("people", "first_timers", "returning", "contacts", "anonymous", "hours", "rate", "not_located", "unevenness"),
        lambda one: [],
    ),
    (
        "rendez-vous", _l("Appointments"), ("kept", "noshow", "excused", "waiting"),
        lambda one: [one.appointments.unapplied],
    ),
    (
        "ateliers", _l("Workshops"), ("seats_offered", "seats_taken", "fill", "children", "care_home", "progress"),
        lambda one: [one.sessions.unapplied, one.progress.unapplied],
    ),
    ("mallettes", _l("Kits"), ("pupils", "kit_hours"), lambda one: [one.kits.unapplied]),
    (
        "cheques", _l("Vouchers"), ("device_vouchers", "training_vouchers", "euros", "still_used"),
        lambda one: [one.vouchers.unapplied],
    ),
    ("contenu", _l("What it was about"), ("autonomy",), lambda one: []),
)  # fmt: skip
"""Key, title, indicators, and what could not be obeyed; in the order of the page."""
ABOUT: Sequence[tuple[str, str, Mapping[Any, Any]]] = (
    ("themes", "themes", THEMES),
    ("procedures", "procedures", PROCEDURES),
    ("referrals", "referrals", REFERRALS),
)
"""Indicator, field of `Topics`, words."""


def sections(board: Board, lists: Lists) -> list[Section]:
    """All figures, in the order of the page."""
    return [
        Section(key, str(title), [_shown(one, board, lists) for one in keys], _named(of(board.now)))
        for key, title, keys, of in SECTIONS
    ]


def about(board: Board, lists: Lists) -> list[Several]:
    """What contacts were about: the most frequent first."""
    return [
        Several(INDICATORS[key], _lines(getattr(board.now.topics, field), getattr(board.before.topics, field), words,
                                        lists if key == "themes" else None))
        for key, field, words in ABOUT
    ]  # fmt: skip


def _shown(key: str, board: Board, lists: Lists) -> Shown:
    indicator, (now, before) = INDICATORS[key], board.values[key]
    hint = HINTS[key](board.now) if key in HINTS else ""
    unit = indicator.unit
    return Shown(indicator, written(now, unit), written(before, unit), hint, lists.of(key, board))


def _named(unapplied: Sequence[frozenset[str]]) -> list[str]:
    """In the order in which filters are shown."""
    missed = frozenset().union(*unapplied)
    return [str(FIELDS[name]) for name in CHOSEN if name in missed]


def _lines(
    now: Mapping[StrEnum, Told], before: Mapping[StrEnum, Told], words: Mapping[Any, Any], lists: Lists | None
) -> list[Line]:
    """Also what had contacts before and has none now."""
    there = [one for one in words if one in now or one in before]
    lines = [
        Line(str(words[one]), now.get(one, Told()).contacts, now.get(one, Told()).records,
             before.get(one, Told()).contacts, lists.records(one) if lists and one in now else None)
        for one in there
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.contacts, -line.before, line.words))


def sent_here(board: Board) -> str:
    """What came of the people whom prescribers sent: of what came of the others, nobody writes.

    Empty where there are none, and where the filters could not be obeyed: it would stand among what they left.
    """
    if board.now.appointments.unapplied:
        return ""
    sent = board.now.appointments.prescribed
    booked = sent.kept + sent.noshow + sent.excused + sent.revoked + sent.expected
    return _("Booked by prescribers: %(booked)s appointments, of which %(kept)s kept and %(noshow)s no-shows.",
             booked=booked, kept=sent.kept, noshow=sent.noshow) if booked else ""  # fmt: skip
