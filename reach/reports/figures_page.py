"""What is to be remembered, in sentences; and the key figures beside those of the period before."""

from __future__ import annotations

from foundation.i18n import _
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, change, hours, share, told
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.filters import Priority
from reach.rules.indicators import INDICATORS, Unit
from reach.rules.publishing import MEANING

WIDTHS = (0.49, 0.17, 0.17, 0.17)
ROWS = ("people", "first_timers", "contacts", "anonymous")


def write_figures(paper: ReportPaper, reading: Reading) -> None:
    """A table; half a page."""
    paper.heading(_("Key figures"))
    now, then = periods.said(reading.span), periods.said(reading.span.before)
    paper.table((_("Figure"), now, then, _("Difference")), rows(reading), WIDTHS)
    paper.say(str(MEANING), small=True)


def sentences(reading: Reading) -> list[str]:
    """Only those whose figures are told."""
    people, first = reading.count("people"), reading.count("first_timers")
    said = []
    if people is not None:
        said.append(_("%(people)s different people were received at least once.", people=told(people)))
    if people and first is not None:
        part = share(first, people)
        said.append(_("%(first)s of them (%(share)s) came for the first time ever.", first=told(first), share=part))
    said += _located(reading, people)
    if (blanks := reading.blanks) and reading.rate is not None:
        names = ", ".join(one.name for one in blanks)
        said.append(_("Under half the territory’s rate: %(names)s.", names=names))
    return said


def _located(reading: Reading, people: int | None) -> list[str]:
    """Of priority neighbourhoods, and of those who live nobody knows where."""
    said = []
    priority = reading.count("people", by=Dimension.PRIORITY, value=Priority.YES.value)
    unknown = reading.count("people", by=Dimension.NEIGHBOURHOOD, value=UNKNOWN)
    if people and priority:
        part = share(priority, people)
        said.append(
            _(
                "%(people)s people (%(share)s) live in a priority neighbourhood (QPV).",
                people=told(priority),
                share=part,
            )
        )
    if people and unknown is not None:
        part = share(unknown, people)
        said.append(
            _("Of %(people)s people (%(share)s) nobody knows the neighbourhood: they are in no rate and on no map.",
              people=told(unknown), share=part)
        )  # fmt: skip
    return said


def rows(reading: Reading) -> list[tuple[str, str, str, str]]:
    """(figure, now, before, change)."""
    found = []
    for key in ROWS:
        now, then = reading.count(key), reading.count(key, before=True)
        found.append((str(INDICATORS[key].label), told(now), told(then), change(now, then)))
    now, then = reading.count("minutes"), reading.count("minutes", before=True)
    found.append((str(INDICATORS["hours"].label), hours(now), hours(then), change(now, then)))
    rate = written(reading.rate, Unit.RATE)
    return [*found, (_("People reached for 1,000 inhabitants"), rate, "", "")]
