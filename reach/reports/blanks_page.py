"""Whom and what the programme does not reach: each kind of blank with its definition and its names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from activity.rules.labels import AGE_BANDS
from foundation.i18n import _, language, ngettext
from reach.reports.message import listed
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, told
from reach.reports.uncounted import uncounted
from reach.rules import report_words as words
from reach.rules.amounts import written
from reach.rules.frozen import FrozenHost
from reach.rules.indicators import Unit

MOST = 18
"""Names of one kind; of more, the rest is counted. The team finds all of them on the page of blanks."""


def write_blanks(paper: ReportPaper, reading: Reading) -> None:
    """Five kinds, none left out: that there is no blank is an answer."""
    paper.heading(_("Blanks: whom we do not reach"), least=180)
    paper.say(_("A blank is a question to ask, given with its definition. It does not say why."))
    _write_neighbourhoods(paper, reading)
    blanks = reading.content.blanks
    if blanks is not None:
        _write_hosts(paper, reading, words.VENUES, blanks.venues, blanks.of_venues)
        _write_hosts(paper, reading, words.SCHOOLS, blanks.schools, blanks.of_schools)
        _write_hosts(paper, reading, words.CARE_HOMES, blanks.care_homes, blanks.of_care_homes)
    _write_ages(paper, reading)


def _title(paper: ReportPaper, reading: Reading, key: str) -> None:
    defined = reading.definition(key)
    if defined is not None:
        paper.subheading(defined.label, least=90)
        paper.say(defined.definition, small=True)


def _write_neighbourhoods(paper: ReportPaper, reading: Reading) -> None:
    _title(paper, reading, words.NEIGHBOURHOODS)
    if said := uncounted(reading):
        paper.say(said)
        return
    whole = written(reading.rate, Unit.RATE)
    for one in reading.blanks[:MOST]:
        rate = written(reading.rate_of(one), Unit.RATE)
        paper.point(_("%(name)s: %(rate)s per 1,000, against %(whole)s.", name=one.name, rate=rate, whole=whole))
    if not reading.blanks:
        paper.say(
            _("None of the neighbourhoods whose population is known.")
            if reading.full
            else _("None, among the neighbourhoods whose figures are published.")
        )
    untold = [one.name for one in reading.content.areas if one.population and reading.rate_of(one) is None]
    if untold:
        paper.say(
            _("Not published, because too few people were reached or it would reveal others: %(names)s.",
              names=listed(untold, MOST))
        )  # fmt: skip


def _write_hosts(paper: ReportPaper, reading: Reading, key: str, hosts: Sequence[FrozenHost], whole: int) -> None:
    _title(paper, reading, key)
    if not whole:
        paper.say(_("None are known to Parvis here."))
        return
    if not hosts:
        paper.say(none_of(key, whole))
        return
    names = listed([_said(one) for one in hosts], MOST)
    paper.say(_("%(count)s of %(whole)s: %(names)s.", count=told(len(hosts)), whole=told(whole), names=names))


def none_of(key: str, whole: int) -> str:
    """That all places of a kind were reached, and how many there are."""
    if key == words.SCHOOLS:
        return ngettext("None, of %(num)s school.", "None, of %(num)s schools.", whole)
    if key == words.CARE_HOMES:
        return ngettext("None, of %(num)s care home.", "None, of %(num)s care homes.", whole)
    return ngettext("None, of %(num)s place.", "None, of %(num)s places.", whole)


def _said(one: FrozenHost) -> str:
    """Its name, and in brackets where it is and when something was there."""
    when = _month(one.last) if one.last else ""
    beside = ", ".join(filter(None, (one.neighbourhood, when)))
    return f"{one.name} ({beside})" if beside else one.name


def _month(day: str) -> str:
    return str(format_date(date.fromisoformat(day), "LLLL y", locale=language()))


def _write_ages(paper: ReportPaper, reading: Reading) -> None:
    _title(paper, reading, words.AGES)
    told_ages = [band for band, people in reading.ages.items() if people is not None]
    if reading.ages_hardly_seen:
        for band in reading.ages_hardly_seen:
            paper.point(_("%(age)s: %(count)s people.", age=AGE_BANDS[band], count=told(reading.ages[band])))
    elif told_ages:
        paper.say(_("None of the ages.") if reading.full else _("None, among the ages whose figures are published."))
    untold = [str(AGE_BANDS[band]) for band, people in reading.ages.items() if people is None]
    if untold:
        paper.say(_("Not published, because too few people were reached or it would reveal others: %(names)s.",
                    names=", ".join(untold)))  # fmt: skip
