"""The poster of a programme: one sheet of paper that is read from two metres away, and opens the page by its square."""

from __future__ import annotations

from flask import Response, make_response, request

from foundation import clock
from foundation.i18n import _, in_language, language, ngettext, phone, text_direction
from foundation.links import absolute, site
from foundation.pages import town_helpline, town_name
from foundation.pdf import BRAND, LEADING, PLAIN, SOFT, Sheet, wrapped
from foundation.security import public
from workshops.models import Enrolment, Programme, SessionState, WorkshopSession
from workshops.queries import public as queries
from workshops.rules.public import seats
from workshops.views.public.blueprint import bp, for_whom, place_of, price_words, street_of, when_of

SHORT_TITLE = 40
MOST_DATES, MOST_BELOW_LONG_TITLE = 6, 4
MOST_PLACES = 2
LONGEST_TEXT, LONGEST_BELOW_LONG_TITLE = 320, 160
SQUARE = 170
MARK = 40
FOOT = 245
LARGE, LARGE_ABOVE_TOPICS = 44, 36
DATE, TOPIC, TOPIC_GAP = 17, 14, 4
"""Points: a date, what that date is about, and what parts it from the next."""


@bp.get("/ateliers/<int(max=2147483647):programme_id>/affiche.pdf")
@public
def poster(programme_id: int) -> Response:
    """In French, or in the language that the address asks for."""
    programme = queries.programme(programme_id)
    dates = [one for one in queries.dates_of(programme_id, clock.now()) if one.state is SessionState.PLANNED]
    with in_language(request.args.get("langue", "fr")):
        content = _drawn(programme, dates)
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="atelier-{programme_id}.pdf"'
    return response


def _drawn(programme: Programme, dates: list[WorkshopSession]) -> bytes:
    title = programme.said("title", language())
    short = len(title) <= SHORT_TITLE
    chosen = programme.enrolment is Enrolment.SESSION and any(one.title for one in dates)
    large = LARGE_ABOVE_TOPICS if chosen else LARGE
    sheet = Sheet(title, rtl=text_direction() == "rtl", language=language())
    sheet.mark(MARK)
    sheet.gap(4)
    sheet.write(town_name(), 18, colour=SOFT, indent=MARK + 14)
    sheet.gap(44)
    sheet.write(title, large if short else 26, bold=True, colour=BRAND)
    sheet.gap(8)
    sheet.write(for_whom(programme), 20, bold=True)
    sheet.gap(12)
    longest = LONGEST_TEXT if short else LONGEST_BELOW_LONG_TITLE
    sheet.write(_cut(programme.said("description", language()), longest), 15)
    sheet.gap(16)
    sheet.rule()
    most = MOST_DATES if short else MOST_BELOW_LONG_TITLE
    _when(sheet, dates, most, about=chosen and _has_room(sheet, dates, most))
    _where(sheet, dates)
    _foot(sheet, programme)
    return sheet.finished()


def _cut(text: str, longest: int) -> str:
    """The first words: a poster is no leaflet."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def _when(sheet: Sheet, dates: list[WorkshopSession], most: int, *, about: bool) -> None:
    """The next dates; with `about`, what each of them is about."""
    sheet.gap(8)
    for one in dates[:most]:
        sheet.write(when_of(one), DATE, bold=True)
        if about and one.title:
            sheet.write(one.said("title", language()), TOPIC)
            sheet.gap(TOPIC_GAP)
    more = len(dates) - most
    if more > 0:
        sheet.write(ngettext("and %(num)s more date", "and %(num)s more dates", more), 14, colour=SOFT)


def _has_room(sheet: Sheet, dates: list[WorkshopSession], most: int) -> bool:
    """Whether what each date is about fits above the square, of all dates or of none."""
    titles = [one.said("title", language()) for one in dates[:most] if one.title]
    topics = sum(len(wrapped(title, PLAIN, TOPIC, sheet.room)) for title in titles)
    lines = DATE * min(most + 1, len(dates)) + TOPIC * topics + (DATE + 14) * len({place_of(one).name for one in dates})
    return sheet.y - lines * LEADING - TOPIC_GAP * topics - 18 >= FOOT - 20


def _where(sheet: Sheet, dates: list[WorkshopSession]) -> None:
    sheet.gap(10)
    places = {place_of(one).name: street_of(one) for one in dates}
    for name, street in list(places.items())[:MOST_PLACES]:
        sheet.write(name, 17, bold=True)
        sheet.write(street, 14)


def _foot(sheet: Sheet, programme: Programme) -> None:
    """The square that opens the page, always at the same height, and other ways for whoever has no telephone for it."""
    sheet.y = min(sheet.y - 16, FOOT)
    sheet.rule()
    sheet.gap(16)
    top, width = sheet.y, sheet.room - SQUARE - 24
    sheet.square(_leads_to(programme), SQUARE, top)
    sheet.write(price_words(programme), 20, bold=True, width=width)
    sheet.gap(8)
    drop_in = programme.enrolment is Enrolment.DROP_IN
    sheet.write(_("No registration: just come.") if drop_in else _("Register: scan this square, or"), 15, width=width)
    if helpline := town_helpline():
        sheet.write(_("call %(phone)s", phone=phone(helpline)), 17, bold=True, width=width)
    sheet.gap(8)
    sheet.write(f"{site()}/ateliers/{programme.id}", 12, colour=SOFT, width=width)


def _leads_to(programme: Programme) -> str:
    """Straight to the registration; to the page of the programme where nobody registers, or not yet."""
    registers = seats(programme, 0, clock.now()).can_register
    return absolute("workshops.start" if registers else "open_workshops.programme", programme_id=programme.id)
