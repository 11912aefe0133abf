"""What is to be remembered, in plain sentences: only those whose figures are told."""

from __future__ import annotations

from activity.rules.labels import AGE_BANDS
from foundation.i18n import _, ngettext, plain_day
from reach.reports.outcome_words import answered
from reach.reports.reading import Reading, hours, share, told
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.filters import Priority
from reach.rules.indicators import Unit

FEW_NAMES = 6
"""Names in a sentence; of more, the rest is counted."""


def sentences(reading: Reading) -> list[str]:
    """Whom, how that compares, where, and what is blank."""
    people = reading.count("people")
    if people is None:
        return [
            *filter(None, (not_told(), not_comparable(reading))),
            *_unreached(reading),
        ]
    helped = [one for one in (answered(reading),) if one]
    return [*_whom(reading, people), *_where(reading, people), *helped, *_unreached(reading)]


def not_told() -> str:
    """In the place of the number of people: it may be small, or tell another that is."""
    return _("How many people were received is not published (n.c.), so that nobody can be recognised.")


def _whom(reading: Reading, people: int) -> list[str]:
    first, contacts, minutes = (reading.count(key) for key in ("first_timers", "contacts", "minutes"))
    said = []
    if contacts is None or minutes is None:
        said.append(_("%(people)s different people were received at least once.", people=told(people)))
    else:
        said.append(
            _("%(people)s different people were received at least once: %(contacts)s contacts and %(hours)s hours.",
              people=told(people), contacts=told(contacts), hours=hours(minutes))
        )  # fmt: skip
    compared = comparison(reading)
    if reading.is_comparable:
        said.append(compared)
    if first is not None:
        part = share(first, people)
        said.append(_("%(first)s of them (%(share)s) came for the first time ever.", first=told(first), share=part))
    return [one for one in (*said, "" if reading.is_comparable else compared) if one]


def comparison(reading: Reading) -> str:
    """With the span before, or why there is none; empty where nobody can tell."""
    now, then, before = reading.count("people"), reading.count("people", before=True), reading.span.before
    if not reading.is_comparable:
        return not_comparable(reading)
    if now is None or not then:
        return ""
    part = told(round(100 * abs(now - then) / then))
    words = {"count": told(then), "period": periods.said(before), "percent": part}
    if now == then:
        return _("That is as many people as in the period before (%(period)s).", **words)
    if part == told(0):
        return _("That is nearly as many people as in the period before (%(period)s: %(count)s people).", **words)
    if now > then:
        return _("That is %(percent)s%% more than in the period before (%(period)s: %(count)s people).", **words)
    return _("That is %(percent)s%% fewer than in the period before (%(period)s: %(count)s people).", **words)


def not_comparable(reading: Reading) -> str:
    """Since when there are records; empty where the span before is whole."""
    if reading.is_comparable or reading.content.begins is None:
        return ""
    day = plain_day(reading.content.begins)
    if reading.content.begins > reading.span.last:
        return _("Records begin on %(day)s, after this period.", day=day)
    return _("Records begin on %(day)s: nothing is compared with %(period)s, which is incomplete.",
             day=day, period=periods.said(reading.span.before))  # fmt: skip


def _where(reading: Reading, people: int) -> list[str]:
    """Of priority neighbourhoods, the highest and the lowest rate, and of those who live nobody knows where."""
    said = []
    priority = reading.count("people", by=Dimension.PRIORITY, value=Priority.YES.value)
    unknown = reading.count("people", by=Dimension.NEIGHBOURHOOD, value=UNKNOWN)
    if priority:
        part = share(priority, people)
        said.append(
            _("%(people)s people (%(share)s) live in a priority neighbourhood (QPV).",
              people=told(priority), share=part)
        )  # fmt: skip
    if len(ranked := reading.ranked) > 1:
        (high, most), (low, least) = ranked[0], ranked[-1]
        said.append(
            _("People per 1,000 inhabitants: from %(low)s (%(least)s) to %(high)s (%(most)s).",
              low=written(low, Unit.RATE), least=least.name, high=written(high, Unit.RATE), most=most.name)
        )  # fmt: skip
    if unknown is not None:
        part = share(unknown, people)
        said.append(
            _("%(people)s people (%(share)s) have no known neighbourhood: they are in no rate and on no map.",
              people=told(unknown), share=part)
        )  # fmt: skip
    return said


def _unreached(reading: Reading) -> list[str]:
    """The blanks, in one sentence or two."""
    said, blanks = [], reading.content.blanks
    if reading.blanks:
        names = listed([one.name for one in reading.blanks])
        said.append(_("Under half the territory’s rate: %(names)s.", names=names))
    if blanks is not None:
        venues, schools, homes = len(blanks.venues), len(blanks.schools), len(blanks.care_homes)
        parts = [
            venues and ngettext("%(num)s place without openings", "%(num)s places without openings", venues),
            schools
            and ngettext(
                "%(num)s school that never had a kit or a club",
                "%(num)s schools that never had a kit or a club",
                schools,
            ),
            homes and ngettext("%(num)s care home without a workshop", "%(num)s care homes without a workshop", homes),
        ]
        if any(parts):
            said.append(_("Not reached: %(what)s.", what=", ".join(str(part) for part in parts if part)))
    if reading.ages_hardly_seen:
        ages = ", ".join(str(AGE_BANDS[band]) for band in reading.ages_hardly_seen)
        said.append(_("Ages hardly seen: %(ages)s.", ages=ages))
    return said


def listed(names: list[str], most: int = FEW_NAMES) -> str:
    """The first names, and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    rest = len(names) - most
    more = ngettext("and %(num)s other", "and %(num)s others", rest)
    return f"{', '.join(names[:most])} {more}"
