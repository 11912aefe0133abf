"""The blueprint of the residents' pages, and what their templates share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Blueprint

from activity.models import Channel
from activity.rules.labels import CHANNELS
from foundation import clock
from foundation.codes import spoken
from foundation.drafts import Drafts
from foundation.i18n import _, language
from mediation.models import Appointment, Service
from mediation.rules.booking import too_late_for_resident
from mediation.rules.journey import START
from places.models import Venue

bp = Blueprint("booking", __name__)
drafts = Drafts("booking")

TONGUES = {
    "ar": "العربية", "br": "brezhoneg", "de": "Deutsch", "en": "English", "es": "español", "fa": "فارسی",
    "fr": "français", "fsl": "langue des signes française", "it": "italiano", "ku": "kurdî", "pl": "polski",
    "ps": "پښتو", "pt": "português", "ro": "română", "ru": "русский", "so": "soomaali", "tr": "Türkçe",
    "uk": "українська", "ur": "اردو", "vi": "tiếng Việt", "zh": "中文",
}  # fmt: skip
"""Languages by their own names: people look for theirs."""


@bp.app_template_global()
def access_words(venue: Venue) -> list[str]:
    """What is known about getting in and being understood; nothing is said of what is not known."""
    known = {
        _("Wheelchair access"): venue.wheelchair,
        _("No wheelchair access"): venue.wheelchair is False,
        _("Lift"): venue.lift,
    }
    words = [text for text, said in known.items() if said]
    spoken = [TONGUES.get(code, code) for code in venue.languages if code != "fr"]
    return [*words, *spoken]


@bp.app_template_global()
def address_words(venue: Venue) -> str:
    """`2 quai des Lampes, 99100 Rives-sur-Aure`; no line ends after the postcode."""
    town = f"{venue.postcode}\u00a0{venue.commune}".strip()
    return ", ".join(part for part in (venue.address, venue.address_extra, town) if part)


def part_of_day(start: datetime) -> str:
    """`morning` until noon on the wall clock, then `afternoon`."""
    return "morning" if start.astimezone(clock.territory_zone()).hour < 12 else "afternoon"


@bp.app_template_global()
def place_name(channel: Channel | None, venue: Venue | None) -> str:
    """Where, in a few words."""
    return venue.name if venue is not None else str(CHANNELS[channel]) if channel else ""


def too_late(appointment: Appointment) -> bool:
    """Whether the person has to call instead."""
    return too_late_for_resident(appointment, appointment.service.change_notice_minutes, clock.now())


@bp.app_template_filter()
def weekday(day: date) -> str:
    """`mar.`"""
    return str(format_date(day, "EEE", locale=language()))


@bp.app_template_filter()
def month(day: date) -> str:
    """`nov.`"""
    return str(format_date(day, "MMM", locale=language()))


@bp.app_template_filter()
def stamp(instant: datetime) -> str:
    """An instant as it stands in an address."""
    return instant.astimezone(UTC).strftime(START)


@bp.app_template_filter()
def metres(distance: int) -> str:
    """`400 m`, `2,3 km`."""
    if distance < 950:
        return _("%(distance)s m", distance=round(distance, -1))
    return _("%(distance)s km", distance=format_decimal(round(distance / 1000, 1), locale=language()))


@bp.app_template_filter()
def spelt(code: str) -> str:
    """`K7M 2P9`: a code in two groups, as it is read aloud."""
    return spoken(code)


@bp.app_template_filter()
def same_hours(lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Lines of a week, days that follow each other with the same hours on one: `Monday – Friday`."""
    order = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    runs: list[list[tuple[str, str]]] = []
    for line in lines:
        last = runs[-1][-1] if runs else ("", "")
        follows = line[0] in order[1:] and last[0] == order[order.index(line[0]) - 1]
        if follows and last[1] == line[1]:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [(run[0][0] if len(run) == 1 else f"{run[0][0]} – {run[-1][0]}", run[0][1]) for run in runs]


@bp.app_template_global()
def said(service: Service, field: str) -> str:
    """`label`, `description` or `bring` in the reader's language."""
    return service.said(field, language())


@bp.app_template_global()
def things(text: str) -> list[str]:
    """The lines of a list of things, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
