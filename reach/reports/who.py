"""Who was reached: ages and genders back to back, and occupations, as people told them."""

from __future__ import annotations

from babel.dates import format_date

from foundation.i18n import _, language, ngettext
from people.models import Gender
from reach.drawing.ages import AgeBand, Ages, draw_ages
from reach.drawing.bars import Bar, Bars
from reach.drawing.paper import Frame
from reach.reports.grid import Grid, write_beside
from reach.reports.message import listed
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, in_column, told
from reach.reports.where import source
from reach.rules import periods, publishing, rates
from reach.rules.dimensions import LABELS, Dimension, Value
from reach.rules.indicators import INDICATORS
from reach.rules.publishing import NOT_TOLD, explained
from reach.rules.suppression.tables import Figure

WIDTHS = (0.5, 0.28, 0.22)
COMPACT = Frame(482, 7.3)
"""Between the margins of A4, in the letters of a table."""
MOST_LINES = 14
"""Of a table that stands beside another one; the others are in one line at its end."""


def write_who(paper: ReportPaper, reading: Reading) -> None:
    """Ages as bars, the rest as tables."""
    shown = ages(reading)
    drawing = draw_ages(shown, COMPACT)
    is_told = is_drawn(shown)
    paper.heading(_("Who came"), least=70 + drawing.height if is_told else 240)
    paper.say(
        _(
            "Each person is counted once, according to the answers they gave. Nobody has to answer: “not "
            "communicated” is shown on its own and never spread over the other lines."
        )
    )
    by_age, status, gender, priority = (
        split(reading, "people", by)
        for by in (Dimension.AGE_BAND, Dimension.STATUS, Dimension.GENDER, Dimension.PRIORITY)
    )
    drawn = [(str(NOT_TOLD),)] if is_told and None in _sides(shown) else []
    if meaning := explained(drawn, by_age.note, status.note, gender.note, priority.note):
        paper.say(meaning, small=True)
    if is_told:
        paper.drawing(drawing)
    write_beside(paper, by_age, status)
    write_beside(paper, gender, priority)


def is_drawn(shown: Ages) -> bool:
    """Whether women and men are told for at least half of the bars: with fewer the picture misleads."""
    sides = _sides(shown)
    known = [value for value in sides if value is not None]
    return any(known) and 2 * len(known) >= len(sides)


def _sides(shown: Ages) -> list[int | None]:
    return [value for band in shown.bands for value in (band.feminine, band.masculine)]


def ages(reading: Reading) -> Ages:
    """People by age and gender, each side of each age protected by itself."""
    whole = Figure("people", reading.span, reading.where)
    bands = [
        AgeBand(name, *(_crossed(reading, whole, value, gender) for gender in Gender))
        for value, name in reading.names(Dimension.AGE_BAND).items()
    ]
    return Ages(
        title=_("People reached by age and gender, %(period)s", period=periods.said(reading.span)),
        measure=str(INDICATORS["people"].label),
        bands=bands,
        source=_("Source: activity records."),
    )


def _crossed(reading: Reading, whole: Figure, age: Value, gender: Gender) -> int | None:
    return reading.figure(whole.at(Dimension.AGE_BAND, age).at(Dimension.GENDER, gender.value))


def chart(reading: Reading, indicator: str, by: Dimension, title: str = "") -> Bars:
    """A bar for each line; what is not told has none."""
    label = INDICATORS[indicator].label if indicator in INDICATORS else _("Contacts of people by name")
    names = reading.names(by)
    return Bars(
        title=title or _("%(label)s by %(what)s", label=label, what=str(LABELS[by]).lower()),
        measure=str(label),
        rows=[
            Bar(
                _month(value) if by is Dimension.MONTH else names[value], count,
                note="" if count is not None else str(NOT_TOLD),
            )
            for value, count in reading.lines(indicator, by).items()
        ],
        source=source(reading) if by is Dimension.NEIGHBOURHOOD else _("Source: activity records."),
        period=periods.said(reading.span),
    )  # fmt: skip


def _month(value: Value) -> str:
    """`janv.`: the title says of which year."""
    return str(format_date(periods.read(str(value)).first, "LLL", locale=language()))


def split(reading: Reading, indicator: str, by: Dimension, *, most: int = MOST_LINES) -> Grid:
    """Lines that are told, with their share of the whole; in one sentence the names of those that are not."""
    lines = reading.lines(indicator, by)
    rows, untold = split_rows(reading, indicator, by, largest_first=len(lines) > most)
    told_of = [count for count in lines.values() if count is not None]
    if len(lines) > most:
        told_of.sort(reverse=True)
    header = (str(LABELS[by]), _("People") if indicator == "people" else _("Contacts"), _("Share"))
    return Grid(
        "", header, shortened(rows, most) or [(_("All lines"), str(NOT_TOLD), "")], WIDTHS,
        _("n.c. for: %(names)s.", names=listed(untold, most)) if untold else "",
        [count / max(told_of) for count in told_of[: most if len(rows) <= most else most - 1]] if any(told_of) else (),
    )  # fmt: skip


def shortened(rows: list[tuple[str, str, str]], most: int) -> list[tuple[str, str, str]]:
    """At most so many lines; of more, the last one says how many are left out."""
    if len(rows) <= most:
        return rows
    rest = len(rows) - most + 1
    return [*rows[: most - 1], (ngettext("and %(num)s other", "and %(num)s others", rest), "", "")]


def _share(count: int, whole: int | None) -> str:
    return told(None) if whole is None else in_column(rates.share(count, whole))


def split_rows(
    reading: Reading, indicator: str, by: Dimension, *, largest_first: bool = False
) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Of what is told, (line, count, share of the whole); and the names of the other lines."""
    names, whole, lines = reading.names(by), reading.count(indicator), reading.lines(indicator, by)
    if largest_first:
        lines = {value: lines[value] for value in publishing.ordered(lines, names.__getitem__)}
    rows = [(names[value], told(count), _share(count, whole)) for value, count in lines.items() if count is not None]
    return rows, [names[value] for value, count in lines.items() if count is None]
