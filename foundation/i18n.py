"""Languages: which one this person reads, and how days, times and lengths are written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, cast

import phonenumbers
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale, get_translations
from flask_babel.speaklater import LazyString
from flask_login import current_user

from foundation import clock

__all__ = ["_", "_l", "ngettext"]

LANGUAGES = {"fr": "Français", "en": "English", "ar": "العربية"}
RIGHT_TO_LEFT = {"ar"}
babel = Babel()


class _Reading(NamedTuple):
    """The language that is being read, and its words."""

    code: str
    words: NullTranslations


_NOBODY = _Reading("fr", NullTranslations())
"""Outside of an application nobody reads: words stay those of the code."""


def _reading() -> _Reading:
    """What is being read now; found once, since a page asks for it hundreds of times.

    It is kept where flask-babel puts aside what it found, for as long as a part of the page is in another language.
    """
    if not g:
        return _NOBODY
    found: _Reading | None = getattr(g.get("_flask_babel"), "babel_translations", None)
    if found is None:
        found = _Reading(str(get_locale()), get_translations())
        g._flask_babel.babel_translations = found
    return found


def _(message: str, **values: Any) -> str:
    """`message` in the reader's language, with its `%(name)s` filled in."""
    text = str(_reading().words.gettext(message))
    return text % values if values else text


def _l(message: str, **values: Any) -> Any:
    """The same, said in the language of whoever reads it later."""
    return LazyString(_, message, **values)


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The form of the sentence that the reader's language uses for `num`."""
    return _form(one, many, num) % {"num": num, **values}


def _form(one: str, many: str, num: int) -> str:
    return str(_reading().words.ngettext(one, many, num))


def init_app(app: Flask) -> None:
    babel.init_app(app, default_locale="fr", locale_selector=preferred_language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of jinja2.ext.i18n, which Babel adds
        gettext=_, ngettext=_form, newstyle=True
    )
    app.jinja_env.filters.update(
        day=day,
        shortday=short_day,
        fullday=full_day,
        datedday=dated_day,
        clock=wall_clock,
        daytime=daytime,
        duration=duration,
        euros=euros,
        phone=phone,
        local=local,
    )
    app.jinja_env.globals.update(
        languages=LANGUAGES, language=language, text_direction=text_direction, today=clock.today, now=clock.now
    )


def preferred_language() -> str:
    """What the person chose, else what their account says, else what the browser asks for, else French."""
    if not has_request_context():
        return "fr"
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    if current_user and current_user.is_authenticated and current_user.locale in LANGUAGES:
        return str(current_user.locale)
    return request.accept_languages.best_match(list(LANGUAGES), "fr") or "fr"


def language() -> str:
    return _reading().code


def text_direction() -> str:
    return "rtl" if language() in RIGHT_TO_LEFT else "ltr"


def local(instant: datetime) -> datetime:
    """`instant` on the territory's wall clock."""
    return instant.astimezone(clock.territory_zone())


def _as_date(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


_FIRST = re.compile(r"(?<!\d)1(?= )")
"""The first of a month, which French counts otherwise than the other days."""
_PATTERNS = {
    "day": {"fr": "EEEE d MMMM", "en": "EEEE d MMMM", "ar": "EEEE d MMMM"},
    "fullday": {"fr": "EEEE d MMMM y", "en": "EEEE d MMMM y", "ar": "EEEE d MMMM y"},
    "date": {"fr": "d MMMM y", "en": "d MMMM y", "ar": "d MMMM y"},
    "shortday": {"fr": "EEE d MMM", "en": "EEE d MMM", "ar": "EEE d MMM"},
}


def _written(value: date | datetime, shape: str) -> str:
    return _in_words(_as_date(value), shape, language())


@lru_cache(maxsize=4096)
def _in_words(value: date, shape: str, locale: str) -> str:
    """The same few days stand on page after page."""
    text = format_date(value, _PATTERNS[shape][locale], locale=Locale.parse(locale))
    return _FIRST.sub("1er", text, count=1) if locale == "fr" else text


def day(value: date | datetime) -> str:
    """`mardi 24 novembre`."""
    return _written(value, "day")


def full_day(value: date | datetime) -> str:
    """`mardi 24 novembre 2026`."""
    return _written(value, "fullday")


def plain_day(value: date | datetime) -> str:
    """`24 novembre 2026`: without the day of the week, for papers and periods."""
    return _written(value, "date")


def short_day(value: date | datetime) -> str:
    """`mar. 24 nov.`."""
    return _written(value, "shortday")


def dated_day(value: date | datetime) -> str:
    """`mar. 24 nov.`, with the year unless it is this one: for lists that go beyond it."""
    year = _as_date(value).year
    return short_day(value) if year == clock.today().year else f"{short_day(value)} {year}"


def wall_clock(value: datetime) -> str:
    """`9 h 05` in French, `9:05` elsewhere, on the territory's wall clock."""
    at = local(value)
    return f"{at.hour}\u202fh\u202f{at.minute:02}" if language() == "fr" else f"{at.hour}:{at.minute:02}"


def daytime(value: datetime) -> str:
    """`mardi 24 novembre à 9 h 00`."""
    return _("%(day)s at %(time)s", day=day(value), time=wall_clock(value))


def duration(value: timedelta | int) -> str:
    """A length of time in words of a timetable: `45 min`, `1 h`, `1 h 30`. An int counts minutes."""
    minutes = value if isinstance(value, int) else int(value.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min", minutes=rest)
    return _("%(hours)s h %(minutes)02d", hours=hours, minutes=rest) if rest else _("%(hours)s h", hours=hours)


def euros(cents: int) -> str:
    """`1 250,50 €`, of an amount in cents."""
    return str(format_currency(Decimal(cents) / 100, "EUR", locale=language()))


def listed(parts: Iterable[str]) -> str:
    """Some words with the comma of the language between them."""
    return ("، " if language() in RIGHT_TO_LEFT else ", ").join(parts)


def phone(number: str | None) -> str:
    """An E.164 number as it is read aloud in its country: `06 39 98 00 12`."""
    if not number:
        return ""
    try:
        parsed = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code in {33, 262, 590, 594, 596}
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, shape)


def in_language(locale: str | None) -> AbstractContextManager[None]:
    """`with in_language("ar"):` write a message in the resident's own language."""
    return cast(AbstractContextManager[None], force_locale(locale if locale in LANGUAGES else "fr"))
