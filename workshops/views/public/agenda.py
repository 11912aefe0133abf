"""What is on: the sessions to come, by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.compressed import compressed
from foundation.i18n import day, language, local, ngettext
from foundation.security import current_user_known, public
from foundation.web import draw, see_other
from workshops.models import Programme, WorkshopSession
from workshops.queries import public as queries
from workshops.rules import public as rules
from workshops.rules.labels import PROGRAMME_AUDIENCES
from workshops.rules.public import SUITS, Seats
from workshops.views.public.blueprint import (
    bp,
    for_whom,
    hours_of,
    place_of,
    price_words,
    registers_once,
    seats_words,
)

A_PAGE = 15
APART, END = "\u2068", "\u2069"
"""Around a name that may be written the other way than its line (as <bdi> does, for no element)."""


@dataclass(frozen=True)
class Pager:
    """Addresses of the pages before and after; None where there is none."""

    previous: str | None
    next: str | None


@dataclass(frozen=True)
class Line:
    """One session as the list says it, or a series at its next date; its words are put together once a page."""

    session: WorkshopSession
    title: str
    about: str
    hours: str
    what: str
    dates: str
    seats: Seats
    words: str


@bp.get("/ateliers")
@public
def agenda() -> AnyResponse:
    """By neighbourhood, audience and month, fifteen a page: some turns of a thumb on a telephone.

    Behind the last page comes the first.
    """
    now, wanted, number = clock.now(), rules.read(request.args), rules.page(request.args.get("page"))
    found = queries.sessions(wanted, now, clock.territory_zone(), limit=A_PAGE + 1, skip=(number - 1) * A_PAGE)
    if not found and number > 1:
        return see_other("open_workshops.agenda", **wanted.query())
    page = draw(
        "workshops/public/agenda.html",
        wanted=wanted,
        number=number,
        days=_by_day(found[:A_PAGE], now),
        pager=Pager(_page(wanted, number - 1), _page(wanted, number + 1 if len(found) > A_PAGE else 0)),
        **_choices(now),
    )
    return page if current_user_known() else compressed(page)


def _by_day(sessions: list[WorkshopSession], now: datetime) -> list[tuple[str, list[Line]]]:
    """(day in words, its sessions), in order."""
    series = queries.series({one.programme_id for one in sessions if registers_once(one.programme)}, now)
    programmes = {one.programme_id: one.programme for one in sessions}
    said = {id_: (one.said("title", language()), _offered(one)) for id_, one in programmes.items()}
    lines = (_line(one, series.get(one.programme_id), said[one.programme_id], now) for one in sessions)
    by_day = groupby(lines, key=lambda line: local(line.session.starts_at).date())
    return [(day(date), list(group)) for date, group in by_day]


def _line(session: WorkshopSession, series: queries.Series | None, said: tuple[str, str], now: datetime) -> Line:
    title, offered = said
    free = min(session.free, series.free) if series else session.free
    seats = rules.seats(session.programme, free, now)
    many = series is not None and series.dates > 1
    about = "" if many else session.said("title", language())
    where = f"{APART}{place_of(session).name}{END}"
    dates = _dates(series) if series and many else ""
    hours, words = hours_of(session), seats_words(seats, free)
    return Line(session, title, about, hours, f"{offered} · {where}", dates, seats, words)


def _dates(series: queries.Series) -> str:
    """`Une inscription pour 8 dates, jusqu’au lundi 25 janvier`."""
    return ngettext(
        "One registration for %(num)s date, until %(last)s", "One registration for %(num)s dates, until %(last)s",
        series.dates, last=day(series.last),
    )  # fmt: skip


def _offered(programme: Programme) -> str:
    """For whom, and the price where there is one."""
    paid = programme.price_cents or programme.training_units
    return f"{for_whom(programme)} · {price_words(programme)}" if paid else for_whom(programme)


def _page(wanted: rules.Wanted, number: int) -> str | None:
    if number < 1:
        return None
    asked: dict[str, Any] = {**wanted.query(), **({"page": number} if number > 1 else {})}
    return url_for("open_workshops.agenda", **asked)


def _choices(now: datetime) -> dict[str, Any]:
    """What the form offers: no neighbourhood and no month in which nothing is on."""
    last, neighbourhoods = queries.choices(now)
    return {
        "neighbourhoods": neighbourhoods,
        "audiences": [(audience.value, PROGRAMME_AUDIENCES[audience]) for audience in SUITS],
        "months": rules.months(local(now).date(), local(last).date()) if last else [],
    }
