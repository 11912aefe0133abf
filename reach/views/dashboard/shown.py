"""The figures of the dashboard as they stand on the page: in sections, each with its definition beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foundation.i18n import _, _l
from reach.queries.board import Board, OfPeriod
from reach.rules.amounts import written
from reach.rules.filters import CHOSEN
from reach.rules.indicators import INDICATORS, UNITS, Indicator, Unit
from reach.views.dashboard.hints import HINTS
from reach.views.dashboard.listed import Lists

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
    """One figure, written out; `before` is that of the same span before, `url` that of the records behind it.

    Attributes:
        unit: in words, of what its label does not tell.
    """

    indicator: Indicator
    value: str
    before: str
    hint: str
    url: str | None
    unit: str = ""


@dataclass(frozen=True)
class Section:
    """Attributes:
    unapplied: names of the chosen filters that these figures could not obey: they count more than was asked for.
    """

    key: str
    title: str
    figures: Sequence[Shown]
    unapplied: Sequence[str]


SAID_UNITS = frozenset({Unit.DAYS, Unit.RATE, Unit.POINTS})
"""Those that the label of a figure does not tell, nor its sign."""
GLANCE = ("people", "first_timers", "contacts", "kept")
SECTIONS: Sequence[tuple[str, Any, Sequence[str], Callable[[OfPeriod], Sequence[frozenset[str]]]]] = (
    (
        "passages", _l("People and contacts"),
        ("returning", "anonymous", "hours", "rate", "not_located", "unevenness"),
        lambda one: [],
    ),
    (
        "rendez-vous", _l("Appointments"), ("noshow", "excused", "waiting"),
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
)  # fmt: skip
"""Key, title, indicators, and what could not be obeyed; in the order of the page."""


def at_a_glance(board: Board, lists: Lists) -> list[Shown]:
    """The few figures that one looks at first; they stand in no section."""
    missed = _named([board.now.appointments.unapplied])
    told = _("All: not narrowed by %(filters)s.", filters=", ".join(missed)) if missed else ""
    shown = [_shown(key, board, lists) for key in GLANCE]
    return [replace(one, hint=told) if told and one.indicator.key == "kept" else one for one in shown]


def sections(board: Board, lists: Lists) -> list[Section]:
    """All other figures, in the order of the page."""
    return [
        Section(key, str(title), [_shown(one, board, lists) for one in keys], _named(of(board.now)))
        for key, title, keys, of in SECTIONS
    ]


def _shown(key: str, board: Board, lists: Lists) -> Shown:
    indicator, (now, before) = INDICATORS[key], board.value(key)
    hint = HINTS[key](board.now) if key in HINTS else ""
    unit = indicator.unit
    said = str(UNITS[unit]) if unit in SAID_UNITS else ""
    return Shown(indicator, written(now, unit), written(before, unit), hint, lists.of(key, now), said)


def _named(unapplied: Sequence[frozenset[str]]) -> list[str]:
    """In the order in which filters are shown."""
    missed = frozenset().union(*unapplied)
    return [str(FIELDS[name]) for name in CHOSEN if name in missed]
