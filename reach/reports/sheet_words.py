"""The sentences of a sheet: how it stands beside the territory, who was reached, and what is missing here."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.i18n import _, ngettext
from reach.models import PublishedReport, ReportKind
from reach.reports.message import comparison, listed, not_told
from reach.reports.outcome_words import answered
from reach.reports.reading import Reading, share, told
from reach.rules.amounts import written
from reach.rules.dimensions import Dimension
from reach.rules.filters import Priority
from reach.rules.frozen import FrozenArea, FrozenHost
from reach.rules.indicators import Unit

MOST_NAMES = 5


def sentences(report: PublishedReport, reading: Reading) -> list[str]:
    """What a council or a funder is to remember; only what is told."""
    said: list[str] = []
    if reading.count("people") is None:
        said.insert(0, not_told())
    if report.kind is ReportKind.STRUCTURE:
        said.append(_priority(reading))
    area = next((one for one in reading.content.areas if one.id == report.neighbourhood_id), None)
    if area is not None:
        said += [_beside(area, reading), *_missing(area, reading)]
    said += [comparison(reading), answered(reading)]
    return [one for one in said if one]


def _priority(reading: Reading) -> str:
    """Of priority neighbourhoods, which funders ask for."""
    people = reading.count("people", by=Dimension.PRIORITY, value=Priority.YES.value)
    if not people:
        return ""
    if (whole := reading.count("people")) is None:
        return _("%(people)s people live in a priority neighbourhood (QPV).", people=told(people))
    part = share(people, whole)
    return _("%(people)s people (%(share)s) live in a priority neighbourhood (QPV).", people=told(people), share=part)


def _beside(area: FrozenArea, reading: Reading) -> str:
    """Its rate and that of the territory, as the territory's own report tells it."""
    people, whole = reading.count("people"), reading.content.beside
    if people is None or not area.population or whole is None:
        return ""
    words = {"rate": written(1000 * people / area.population, Unit.RATE), "whole": written(whole, Unit.RATE)}
    if area.is_priority:
        return _(
            "Priority neighbourhood (QPV): %(rate)s people per 1,000 inhabitants, against %(whole)s in all.", **words
        )
    return _("%(rate)s people per 1,000 inhabitants, against %(whole)s in the whole territory.", **words)


def _missing(area: FrozenArea, reading: Reading) -> list[str]:
    """The blanks of the neighbourhood."""
    blanks = reading.content.blanks
    if blanks is None:
        return []
    venues, schools, homes = (_here(area, hosts) for hosts in (blanks.venues, blanks.schools, blanks.care_homes))
    said: list[str] = []
    if venues:
        said.append(
            ngettext("Place without openings: %(names)s.", "Places without openings: %(names)s.", len(venues),
                     names=listed(venues, MOST_NAMES))
        )  # fmt: skip
    if schools:
        said.append(
            ngettext("School that never had a kit or a club: %(names)s.",
                     "Schools that never had a kit or a club: %(names)s.",
                     len(schools), names=listed(schools, MOST_NAMES))
        )  # fmt: skip
    if homes:
        said.append(
            ngettext("Care home without a workshop: %(names)s.", "Care homes without a workshop: %(names)s.",
                     len(homes), names=listed(homes, MOST_NAMES))
        )  # fmt: skip
    return said


def _here(area: FrozenArea, hosts: Sequence[FrozenHost]) -> list[str]:
    return [one.name for one in hosts if one.neighbourhood == area.name]
