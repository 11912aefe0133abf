"""What was done: month by month, how and by whom, and what it was about."""

from __future__ import annotations

from dataclasses import replace

from activity.models import Theme
from activity.rules.labels import THEMES
from foundation.i18n import _
from reach.drawing.bars import Bar, Bars, draw_bars
from reach.drawing.lines import draw_months
from reach.drawing.paper import SHEET
from reach.queries.feature_figures import THEME
from reach.reports.grid import write_beside
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, told
from reach.reports.who import COMPACT, chart, split
from reach.rules import periods, publishing
from reach.rules.dimensions import Dimension
from reach.rules.publishing import explained


def write_activity(paper: ReportPaper, reading: Reading) -> None:
    """Months, channels, structures, neighbourhoods of the places."""
    months = chart(
        reading,
        "contacts",
        Dimension.MONTH,
        _("Contacts, month by month, %(period)s", period=periods.said(reading.span)),
    )
    is_told = any(bar.value for bar in months.rows)
    paper.heading(_("When, where and by whom"), least=250 if is_told else 120)
    if is_told:
        paper.drawing(draw_months(months, SHEET))
    else:
        paper.say(_("No month has enough contacts for its figure to be published."))
    places = split(reading, "contacts", Dimension.PLACE_NEIGHBOURHOOD)
    structures = split(reading, "contacts", Dimension.STRUCTURE)
    write_beside(paper, places, structures)
    channels = split(reading, "contacts", Dimension.CHANNEL)
    meaning = explained(channels.rows, channels.note, places.note, structures.note)
    replace(channels, note=f"{channels.note} {meaning}".strip()).write(paper)


def write_topics(paper: ReportPaper, reading: Reading) -> None:
    """Themes, most frequent first; those that are not told in one sentence."""
    bars, untold = themes(reading)
    drawing = draw_bars(bars, COMPACT)
    paper.heading(_("What for"), least=40 + drawing.height)
    paper.say(_("Contacts by theme. A contact may have several themes, so the bars add up to more than the total."))
    if bars.rows:
        paper.drawing(drawing)
    if untold:
        paper.say(_("n.c. for: %(names)s.", names=", ".join(untold)), small=True)


def themes(reading: Reading) -> tuple[Bars, list[str]]:
    """Those that are told, most frequent first; and the names of the others."""
    counts = {theme: reading.count(f"{THEME}{theme.value}") for theme in Theme}
    order = publishing.ordered(counts, lambda theme: str(THEMES[theme]))
    bars = Bars(
        title=_("Contacts by theme, %(period)s", period=periods.said(reading.span)),
        measure=_("Contacts whose record names the theme"),
        rows=[
            Bar(str(THEMES[theme]), counts[theme], note=told(counts[theme]))
            for theme in order
            if counts[theme] is not None
        ],
        source=_("Source: activity records."),
        period=periods.said(reading.span),
    )
    return bars, [str(THEMES[theme]) for theme in order if counts[theme] is None]
