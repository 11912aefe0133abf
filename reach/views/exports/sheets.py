"""The sheets of a file of figures: each is a table, the last two say what is counted and of what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from activity.models import Outcome
from activity.rules.labels import ANSWERS, EQUIPMENT, OUTCOMES, PROCEDURES, REFERRALS, THEMES
from foundation.i18n import _, daytime, local
from foundation.tables import Year
from reach.forms.filters import SIDES
from reach.queries.board import Board
from reach.queries.naming import names
from reach.queries.population import Area
from reach.rules import periods, rates
from reach.rules.about import Told
from reach.rules.dimensions import LABELS, Dimension, Value, chosen
from reach.rules.figures import Cube, Figures
from reach.rules.filters import CHOSEN, Filters
from reach.rules.indicators import INDICATORS, SOURCES, UNITS, Indicator, Unit
from reach.rules.lines import always, is_to_come
from reach.rules.outcomes import CameOf
from reach.views.dashboard.shown import FIELDS

MINUTES_OF_AN_HOUR = 60
PER_CENT = 100
DECIMALS = 4
"""As many as no page shows: a file is for reckoning on."""
Row = Sequence[Any]


@dataclass(frozen=True)
class View:
    """What a file tells.

    Attributes:
        cube: the figures by each dimension.
        whose: the sentence that says whose figures they are.
        at: when they were counted.
    """

    board: Board
    cube: Cube
    whose: str
    at: datetime
    address: str

    @property
    def filters(self) -> Filters:
        return self.board.filters


@dataclass(frozen=True)
class Sheet:
    """A table with its title."""

    title: str
    header: Sequence[str]
    rows: Sequence[Row]


def sheets(view: View) -> list[Sheet]:
    """All of a view, in the reader's language."""
    return [
        _totals(view.board),
        *(_lines(view, dimension) for dimension in view.cube.by),
        _topics(view.board),
        _came_of(view.board),
        _answers(view.board),
        _definitions(),
        _about(view),
    ]


def flat(all_sheets: Sequence[Sheet]) -> Iterator[Row]:
    """The same as one table, for files that have no sheets: sheet, line, column, what the cell holds."""
    for sheet in all_sheets:
        for row in sheet.rows:
            for column, cell in zip(sheet.header[1:], row[1:], strict=True):
                # A text says 8, and not 8,0, as the pages do; in a workbook the kind of number sets how it is shown.
                whole = isinstance(cell, float) and cell.is_integer()
                yield sheet.title, row[0], column, int(cell) if whole else cell


def flat_header() -> list[str]:
    return [_("Table"), _("Line"), _("Column"), _("Figure")]


def _totals(board: Board) -> Sheet:
    header = [
        _("Indicator"), periods.said(board.filters.span), periods.said(board.filters.before.span), _("Unit"),
        _("Meaning"),
    ]  # fmt: skip
    told = [(one, board.values[key]) for key, one in INDICATORS.items() if key in board.values]
    rows = [
        [str(one.label), cell(now, one), cell(before, one), str(UNITS[one.unit]), str(one.definition)]
        for one, (now, before) in told
    ]
    return Sheet(_("Figures"), header, rows)


def cell(value: float | None, indicator: Indicator) -> float | str:
    """A figure; a share in per cent; empty where there is none."""
    if value is None:
        return ""
    exact = value * PER_CENT if indicator.unit is Unit.SHARE else value
    return exact if isinstance(exact, int) else round(exact, DECIMALS)


def _lines(view: View, dimension: Dimension) -> Sheet:
    areas: dict[Value, Area] = {one.id: one for one in view.board.now.reached.areas}
    by_area = dimension is Dimension.NEIGHBOURHOOD
    header = [str(LABELS[dimension]), *_columns(), *(_inhabited() if by_area else [])]
    values: set[Value] = {*view.cube.by[dimension], *(areas if by_area else ()), *_always(view, dimension)}
    rows = [
        [name, *_cells(view.cube.of(dimension, value)), *(_rate(view, areas.get(value)) if by_area else [])]
        for value, name in names(dimension, values).items()
    ]
    total = [_("Total"), *_cells(view.cube.total), *(["", "", cell(view.board.now.reached.rate, _RATE)] * by_area)]
    return Sheet(str(LABELS[dimension]), header, [*rows, total])


def _always(view: View, dimension: Dimension) -> list[Value]:
    """Lines of nobody, as on the page; months that have not begun have none: a zero would be added up."""
    if not view.cube.total.contacts:
        return []
    today = local(view.at).date()
    return [value for value in always(dimension, view.filters) if not is_to_come(dimension, value, today)]


_RATE = INDICATORS["rate"]


def _columns() -> list[str]:
    keys = ("people", "first_timers", "returning", "contacts", "anonymous", "hours")
    return [*(str(INDICATORS[key].label) for key in keys), _("Activity records")]


def _cells(one: Figures) -> list[float | str]:
    hours = round(one.minutes / MINUTES_OF_AN_HOUR, DECIMALS)
    return [one.people, one.first_timers, one.returning, one.contacts, one.anonymous, hours, one.records]


def _inhabited() -> list[str]:
    return [_("Inhabitants"), _("Year of the population"), str(_RATE.label)]


def _rate(view: View, area: Area | None) -> list[float | str]:
    """Empty for what is no neighbourhood, and where nobody told how many live there."""
    if area is None:
        return ["", "", ""]
    people = view.cube.of(Dimension.NEIGHBOURHOOD, area.id).people
    return [
        area.population or "",
        Year(area.year) if area.year else "",
        cell(rates.per_thousand(people, area.population), _RATE),
    ]


def _topics(board: Board) -> Sheet:
    header = [_("What contacts were about"), _("Kind"), _("Contacts"), _("Activity records"), _("Contacts before")]
    now, before = board.now.topics, board.before.topics
    kinds: list[tuple[str, Mapping[Any, Any], Mapping[Any, Told], Mapping[Any, Told]]] = [
        (_("Theme"), THEMES, now.themes, before.themes),
        (_("Procedure"), PROCEDURES, now.procedures, before.procedures),
        (_("Device used"), EQUIPMENT, now.equipment, before.equipment),
        (_("Referred to"), REFERRALS, now.referrals, before.referrals),
    ]
    rows = [
        [str(word), kind, told.get(value, Told()).contacts, told.get(value, Told()).records,
         earlier.get(value, Told()).contacts]
        for kind, words, told, earlier in kinds
        for value, word in words.items()
    ]  # fmt: skip
    return Sheet(_("Themes"), header, rows)


def _came_of(board: Board) -> Sheet:
    """Every kind, also those that nobody had."""
    header = [_("Referred to"), _("Total"), *(str(words) for words in OUTCOMES.values()), _("Nothing noted")]
    told = [(str(words), board.now.followed.get(kind, CameOf())) for kind, words in REFERRALS.items()]
    rows = [[words, one.total, *(one.by.get(outcome, 0) for outcome in (*Outcome, None))] for words, one in told]
    return Sheet(_("What came of referrals"), header, rows)


def _answers(board: Board) -> Sheet:
    """Empty cells where answers are not told."""
    now, before = board.now.satisfaction, board.before.satisfaction
    header = [_("What they answered"), _("Answers"), _("Answers before")]
    rows: list[Row] = [
        [str(words), now.answers.get(one, ""), before.answers.get(one, "")] for one, words in ANSWERS.items()
    ]
    rows += [
        [_("All answers"), now.answered, before.answered],
        [_("Contacts who could have answered"), now.contacts, before.contacts],
    ]
    return Sheet(_("Answers"), header, rows)


def _definitions() -> Sheet:
    header = [_("Indicator"), _("Meaning"), _("What counts"), _("What does not"), _("From which records"), _("Unit")]
    rows = [
        [str(text) for text in (one.label, one.definition, one.counts, one.does_not_count, SOURCES[one.records],
                                UNITS[one.unit])]
        for one in INDICATORS.values()
    ]  # fmt: skip
    return Sheet(_("Definitions"), header, rows)


def _about(view: View) -> Sheet:
    filters = view.filters
    rows: list[Row] = [
        [_("Whose figures"), view.whose],
        [_("Period"), periods.said(filters.span)],
        [_("Same period before"), periods.said(filters.before.span)],
        [_("Neighbourhoods are those"), str(SIDES[filters.side])],
        *filters_said(filters),
        *([_("A filter that these figures know nothing of"), said] for said in _unapplied(view.board)),
        [
            _("Lines of people"),
            _("Somebody who moved house or saw two mediators is in two lines, and once in the total."),
        ],
        [_("For the team"), for_the_team()],
        [_("Counted on"), daytime(view.at)],
        [_("Address of the page"), view.address],
    ]
    return Sheet(_("About this file"), [_("What"), _("Said")], rows)


def for_the_team() -> str:
    """What whoever takes figures away is asked."""
    return _("Small numbers are not hidden here. To pass figures on, publish a report: it protects them.")


def filters_said(filters: Filters) -> list[Row]:
    """What narrows, in words."""
    return [
        [str(LABELS[dimension]), names(dimension, [value]).get(value, str(value))]
        for dimension, value in chosen(filters).items()
    ]


def _unapplied(board: Board) -> list[str]:
    """`Kits: age, gender`, for each part of the page that could not obey."""
    parts = ((words, getattr(board.now, name).unapplied) for name, words in _part_words().items())
    return [
        f"{words}: {', '.join(str(FIELDS[one]) for one in CHOSEN if one in missed)}"
        for words, missed in parts
        if missed
    ]


def _part_words() -> dict[str, str]:
    return {
        "appointments": _("Appointments"), "sessions": _("Workshops"), "kits": _("Kits"), "vouchers": _("Vouchers"),
        "topics": _("Themes"), "progress": _("Progress in workshops"),
    }  # fmt: skip
