"""Workshop sessions behind the figures of seats and of who came, and programmes behind those of progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, func, select

from foundation.db import db
from places.models import CareHome, School, Venue
from reach.queries import progress
from reach.queries.behind.found import Found, Line, part, read_page
from reach.queries.narrowing import Narrowed
from reach.queries.sessions import chosen_ones, narrowing_of
from reach.rules.filters import Filters
from reach.rules.scope import Scope
from workshops.models import Presence, Programme, SessionPresence, SessionState, WorkshopSession

Which = Callable[[CTE], ColumnElement[bool]]


def for_young(chosen: CTE) -> ColumnElement[bool]:
    return and_(chosen.c.young)


def of_care_home(chosen: CTE) -> ColumnElement[bool]:
    return and_(chosen.c.of_home)


def seats(filters: Filters, scope: Scope, number: int) -> Found:
    """Held sessions for which residents register, the latest first. Numbers: seats offered, seats taken."""
    narrow = narrowing_of(filters, scope)
    chosen = chosen_ones(filters, narrow.conditions).cte("chosen")
    return _sessions(narrow, chosen, chosen.c.seated, number, (chosen.c.capacity, chosen.c.taken))


def turnout(filters: Filters, scope: Scope, number: int, which: Which) -> Found:
    """Held sessions of some hosts or ages, the latest first. Numbers: present by name, heads."""
    narrow = narrowing_of(filters, scope)
    chosen = chosen_ones(filters, narrow.conditions).cte("chosen")
    came = (
        select(func.count())
        .where(SessionPresence.session_id == chosen.c.id, SessionPresence.presence == Presence.PRESENT)
        .scalar_subquery()
    )
    return _sessions(narrow, chosen, which(chosen), number, (came, chosen.c.heads))


def _sessions(narrow: Narrowed, chosen: CTE, which: ColumnElement[bool], number: int, numbers: Sequence[Any]) -> Found:
    one, programme = WorkshopSession, Programme
    query = (
        select(
            one.id, one.starts_at, one.title, programme.title.label("programme"),
            func.coalesce(Venue.name, School.name, CareHome.name, "").label("place"),
            *(number.label(f"number_{at}") for at, number in enumerate(numbers)),
        )
        .select_from(chosen)
        .join(one, one.id == chosen.c.id)
        .join(programme, programme.id == one.programme_id)
        .outerjoin(Venue, Venue.id == one.venue_id)
        .outerjoin(School, School.id == one.school_id)
        .outerjoin(CareHome, CareHome.id == one.care_home_id)
        .where(chosen.c.state == SessionState.HELD, which)
        .order_by(one.starts_at.desc(), one.id.desc())
    )  # fmt: skip
    rows, count, sums = read_page(query, number, *numbers)
    return Found([_line(row, len(numbers)) for row in rows], count, sums, narrow.unapplied)


def _line(row: Any, numbers: int) -> Line:
    told = [getattr(row, f"number_{at}") for at in range(numbers)]
    return Line(row.id, row.starts_at, row.programme, (row.title, row.place), told)


def assessed(filters: Filters, scope: Scope, number: int) -> Found:
    """Programmes of which people answered before and after, by title. Numbers: people, mean before, mean after."""
    changes = progress.by_programme(filters, scope)
    titles = select(Programme.id, Programme.title).where(Programme.id.in_(changes))
    rows = db.session.execute(titles.order_by(Programme.title, Programme.id)).all()
    lines = [
        Line(id_, None, title, (), (changes[id_].count, changes[id_].before, changes[id_].after)) for id_, title in rows
    ]
    people = sum(change.count for change in changes.values())
    return Found(part(lines, number), len(lines), (people, None, None), progress.narrowing_of(filters, scope).unapplied)
