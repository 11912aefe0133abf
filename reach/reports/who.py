"""Who was reached: ages, genders and occupations, as people told them."""

from __future__ import annotations

from foundation.i18n import _
from reach.drawing.bars import Bar, Bars, draw_bars
from reach.drawing.paper import SHEET
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, share, told
from reach.reports.where import source
from reach.rules import periods
from reach.rules.dimensions import LABELS, Dimension
from reach.rules.indicators import INDICATORS
from reach.rules.publishing import MEANING, NOT_TOLD

WIDTHS = (0.6, 0.2, 0.2)


def write_who(paper: ReportPaper, reading: Reading, *, least: float = 300) -> None:
    """Ages as bars, the rest as tables."""
    paper.heading(_("Who came"), least=least)
    paper.say(
        _(
            "Each person counts once in what they told. Nobody has to tell it: “not communicated” "
            "stands beside, and is in no other line."
        )
    )
    paper.drawing(draw_bars(chart(reading, "people", Dimension.AGE_BAND), SHEET))
    for dimension in (Dimension.GENDER, Dimension.STATUS, Dimension.PRIORITY):
        if dimension in reading.content.names:
            write_split(paper, reading, "people", dimension)
    paper.say(str(MEANING), small=True)


def chart(reading: Reading, indicator: str, by: Dimension) -> Bars:
    """A bar for each line; what is not told has none."""
    label = INDICATORS[indicator].label if indicator in INDICATORS else _("Contacts of people by name")
    names = reading.names(by)
    return Bars(
        title=f"{label} · {LABELS[by]}",
        measure=str(label),
        rows=[
            Bar(names[value], count, note="" if count is not None else str(NOT_TOLD))
            for value, count in reading.lines(indicator, by).items()
        ],
        source=source(reading) if by is Dimension.NEIGHBOURHOOD else _("Activity records."),
        period=periods.said(reading.span),
    )


def write_split(paper: ReportPaper, reading: Reading, indicator: str, by: Dimension) -> None:
    """Lines that are told, with their share of the whole; then the names of those that are not, in one sentence."""
    rows, untold = split_rows(reading, indicator, by)
    paper.subheading(str(LABELS[by]), least=80 + 18 * min(len(rows), 8))
    if rows:
        paper.table((str(LABELS[by]), str(INDICATORS[indicator].label), _("Share")), rows, WIDTHS)
    if untold:
        paper.say(_("n.c. for: %(names)s.", names=", ".join(untold)), small=True)


def split_rows(reading: Reading, indicator: str, by: Dimension) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Of what is told, (line, count, share of the whole); and the names of the other lines."""
    names, whole, lines = reading.names(by), reading.count(indicator), reading.lines(indicator, by)
    rows = [(names[value], told(count), share(count, whole)) for value, count in lines.items() if count is not None]
    return rows, [names[value] for value, count in lines.items() if count is None]
