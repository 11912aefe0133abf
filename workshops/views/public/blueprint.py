"""The blueprint of the public pages of workshops, and the words that their templates and papers share."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from babel.dates import format_date
from babel.numbers import format_currency
from flask import Blueprint
from markupsafe import Markup

from foundation import clock
from foundation.i18n import _, _l, day, daytime, language, local, ngettext, short_day, wall_clock
from places.models import CareHome, School, Venue
from workshops.models import Enrolment, Programme, ProgrammeResource, WorkshopSession
from workshops.rules import public as rules
from workshops.rules.labels import PROGRAMME_AUDIENCES
from workshops.rules.programmes import is_public
from workshops.rules.public import Seats
from workshops.rules.sheet_names import is_readable, name_of

bp = Blueprint("open_workshops", __name__)


@bp.app_template_global()
def place_of(session: WorkshopSession) -> Venue | School | CareHome:
    """The venue, school or care home in which it takes place: there is always one of them."""
    place = session.venue or session.school or session.care_home
    if place is None:
        raise LookupError(session.reference)
    return place


@bp.app_template_global()
def street_of(session: WorkshopSession) -> str:
    """`2 quai des Lampes, 99100 Rives-sur-Aure`; no line ends after the postcode."""
    place = place_of(session)
    town = f"{place.postcode}\u00a0{place.commune}".strip()
    return ", ".join(part for part in (place.address, town) if part)


@bp.app_template_global()
def has_public_page(programme: Programme) -> bool:
    """Whether a link to its page for everybody leads somewhere."""
    return is_public(programme)


@bp.app_template_global()
def seats_of(programme: Programme, free: int) -> Seats:
    """What somebody who wants to come may expect now."""
    return rules.seats(programme, free, clock.now())


SEATS = {
    Seats.DROP_IN: _l("Without registration"),
    Seats.UNOPENED: _l("Registration not yet open"),
    Seats.OVER: _l("Registration closed"),
    Seats.FULL: _l("Full: waiting list"),
    Seats.MANY: _l("Seats left"),
}


@bp.app_template_global()
def seats_words(seats: Seats, free: int) -> str:
    """A few words for a list."""
    return ngettext("%(num)s seat left", "%(num)s seats left", free) if seats is Seats.FEW else str(SEATS[seats])


@bp.app_template_global()
def for_whom(programme: Programme) -> str:
    """`Children, 8 to 12 years`."""
    ages = age_words(programme.age_min, programme.age_max)
    audience = str(PROGRAMME_AUDIENCES[programme.audience])
    return _("%(audience)s, %(ages)s", audience=audience, ages=ages) if ages else audience


def age_words(first: int | None, last: int | None) -> str:
    """From and up to which age; empty for all ages."""
    if first is None:
        return "" if last is None else _("up to %(last)s years", last=last)
    if last is None:
        return _("from %(first)s years on", first=first)
    return _("%(first)s to %(last)s years", first=first, last=last)


@bp.app_template_global()
def price_words(programme: Programme) -> str:
    """`Free`, `5,00 €`, and whether a training voucher pays it."""
    cents, units = programme.price_cents, programme.training_units
    money = str(format_currency(cents / 100, "EUR", locale=language())) if cents else ""
    voucher = ""
    if units:
        voucher = ngettext("%(num)s unit of a training voucher", "%(num)s units of a training voucher", units)
    if money and voucher:
        return _("%(money)s or %(voucher)s", money=money, voucher=voucher)
    return money or voucher or _("Free of charge")


@bp.app_template_global()
def opening_words(instant: datetime) -> str:
    """When registration opens: `mardi 5 janvier`, with the hour unless that is midnight."""
    return daytime(instant) if local(instant).time() != time.min else day(instant)


@bp.app_template_global()
def closing_words(instant: datetime) -> str:
    """Until when one can register: the last whole day when it ends at midnight."""
    return daytime(instant) if local(instant).time() != time.min else day(instant - timedelta.resolution)


@bp.app_template_global()
def hours_of(session: WorkshopSession) -> str:
    """`16 h 00 – 18 h 00`; the last day too, when it is another one."""
    start, end = session.starts_at, session.ends_at
    other_day = "" if local(start).date() == local(end).date() else f"{short_day(end)} "
    return _("%(start)s – %(end)s", start=wall_clock(start), end=f"{other_day}{wall_clock(end)}")


@bp.app_template_global()
def when_of(session: WorkshopSession) -> str:
    """`mercredi 18 mars, 16 h 00 – 18 h 00`."""
    return _("%(day)s, %(hours)s", day=day(session.starts_at), hours=hours_of(session))


@bp.app_template_filter()
def month_year(month: date) -> str:
    """`mars 2026`."""
    return str(format_date(month, "LLLL y", locale=language()))


@bp.app_template_global()
def sheet_name(sheet: ProgrammeResource) -> Markup:
    """What a lesson sheet is called in the reader's language; it says of itself when there is only French."""
    name = name_of(sheet, language())
    if language() == "fr" or is_readable(sheet, language()):
        return Markup("<bdi>{}</bdi>").format(name)
    return Markup('<bdi lang="fr" dir="ltr">{}</bdi>').format(name)


def registers_once(programme: Programme) -> bool:
    """Whether one registers for all dates at once: a seat in the fullest session decides."""
    return programme.enrolment is Enrolment.CYCLE


def free_of(session: WorkshopSession, least: dict[int, int]) -> int:
    """Seats that somebody who registers now can have.

    Args:
        least: of the fullest session of each cycle, by programme.
    """
    once = registers_once(session.programme)
    return min(session.free, least.get(session.programme_id, session.free)) if once else session.free


def stamp(instant: datetime) -> str:
    """`2026-03-18T16:00:00+01:00`: on the wall clock of the town."""
    return local(instant).isoformat(timespec="seconds")
