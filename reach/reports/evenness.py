"""How even it is: the share of each neighbourhood of the contacts beside its share of the inhabitants."""

from __future__ import annotations

from foundation.i18n import _
from reach.reports.grid import Grid
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, in_column, told
from reach.reports.uncounted import uncounted
from reach.rules.amounts import written
from reach.rules.equity import Gap
from reach.rules.indicators import Unit
from reach.rules.rates import PER

MOST = 10
"""Lines of the table; of more neighbourhoods, half of them from each end."""
WIDTHS = (0.36, 0.14, 0.16, 0.18, 0.16)


def write_evenness(paper: ReportPaper, reading: Reading) -> None:
    """The index in words, its definition as it was kept, and where the gap lies."""
    found, definition, grid = reading.evenness, reading.definition("unevenness"), _grid(reading)
    paper.subheading(_("Does each neighbourhood have its share?"), least=min(80 + grid.height(paper.room), 340))
    if found.index is None:
        paper.say(why_not(reading))
        return
    paper.say(
        _(
            "%(part)s of the contacts would have to move to other neighbourhoods for each to have the same "
                "share of contacts as of inhabitants: %(count)s of %(all)s contacts, in %(areas)s "
                "neighbourhoods.",
            part=written(found.index, Unit.SHARE), count=told(found.to_move), all=told(found.compared),
            areas=len(found.gaps),
        )
    )  # fmt: skip
    grid.write(paper)
    if len(found.gaps) > MOST:
        paper.say(_("First the neighbourhoods furthest below their share, then those furthest above it."), small=True)
    if definition is not None:
        said = _("%(what)s: %(more)s", what=definition.label, more=definition.definition)
        paper.say(f"{said} {_('Does not count: %(what)s', what=definition.does_not_count)}", small=True)


def why_not(reading: Reading) -> str:
    """Why contacts can not be compared with inhabitants."""
    if said := uncounted(reading):
        return said
    if reading.full:
        return _("There are no contacts to compare with the inhabitants.")
    return _("Too few figures of contacts are published to compare them with the inhabitants.")


def evenness_height(paper: ReportPaper, reading: Reading) -> float:
    """Points that all of it takes, about."""
    return 140 + _grid(reading).height(paper.room)


def _grid(reading: Reading) -> Grid:
    header = (
        _("Neighbourhood they live in"), _("Contacts"), _("Share of contacts"), _("Share of inhabitants"),
        _("Gap, in points"),
    )  # fmt: skip
    return Grid("", header, rows(reading), WIDTHS)


def rows(reading: Reading) -> list[tuple[str, ...]]:
    """(neighbourhood, contacts, share of them, share of inhabitants, points), those that lack most first."""
    names = {one.id: one.name for one in reading.content.areas}
    return [
        (
            names[gap.neighbourhood_id], told(gap.contacts), in_column(gap.of_contacts),
            in_column(gap.of_inhabitants), points(gap),
        )
        for gap in ends(reading.evenness.gaps)
    ]  # fmt: skip


def ends(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """All of them, or those at both ends."""
    return gaps if len(gaps) <= MOST else (*gaps[: MOST // 2], *gaps[-MOST // 2 :])


def points(gap: Gap) -> str:
    """`+2,3`, `–0,4`, `0,0`."""
    tenths = round(gap.points * PER) / 10
    sign = "+" if tenths > 0 else "–" if tenths < 0 else ""
    return f"{sign}{written(abs(tenths), Unit.RATE)}"
