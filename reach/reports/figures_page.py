"""The key figures beside those of the period before."""

from __future__ import annotations

from foundation.i18n import _
from reach.reports.grid import Grid
from reach.reports.message import not_comparable
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, hours, told
from reach.rules import periods
from reach.rules.amounts import NOTHING, written
from reach.rules.indicators import INDICATORS, Unit
from reach.rules.publishing import explained

WIDTHS = (0.46, 0.18, 0.18, 0.18)
ROWS = ("people", "first_timers", "contacts", "anonymous")


def write_figures(paper: ReportPaper, reading: Reading) -> None:
    """A table; a third of a page."""
    paper.heading(_("Key figures"), least=200)
    now, then = periods.briefly(reading.span), periods.briefly(reading.span.before)
    lines = rows(reading)
    said = (not_comparable(reading), _("–: not worked out for the period before."), explained(lines))
    Grid("", (_("Figure"), now, then, _("Difference")), lines, WIDTHS, " ".join(filter(None, said))).write(paper)


def rows(reading: Reading) -> list[tuple[str, str, str, str]]:
    """(figure, now, before, change)."""
    found = []
    for key in ROWS:
        now, then = reading.count(key), reading.count(key, before=True)
        found.append((str(INDICATORS[key].label), told(now), told(then), reading.compared(key)))
    now, then = reading.count("minutes"), reading.count("minutes", before=True)
    found.append((str(INDICATORS["hours"].label), hours(now), hours(then), reading.compared("minutes")))
    rate = written(reading.rate, Unit.RATE)
    return [*found, (_("People reached per 1,000 inhabitants"), rate, NOTHING, NOTHING)]
