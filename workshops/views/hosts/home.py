"""Where a host begins: what waits for them, what comes, what they asked for; and the page of one programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import Response

from accounts.current import staff
from equipment.queries.borrowed import next_of
from foundation import clock
from foundation.security import Role, allow
from foundation.web import draw
from workshops.models import Programme, Registration, WorkshopSession
from workshops.queries import hosts as queries
from workshops.queries import registrations
from workshops.queries import requests as request_queries
from workshops.queries.public import series
from workshops.queries.waiting import kept_offers
from workshops.rules import labels
from workshops.rules.hosts import Client, NoPlaceYet, audiences_for, client_of, may_join, may_see
from workshops.views.hosts.blueprint import bp, client, no_place
from workshops.views.programmes.blueprint import where

SHOWN = 12
"""How many sessions to come the first page lists."""


@bp.get("")
@allow(Role.HOST)
def home() -> Response:
    host = staff()
    try:
        own = client_of(host)
    except NoPlaceYet:
        return no_place(200)
    now = clock.now()
    ahead, groups = queries.sessions_ahead(own, now), queries.groups_of(own)
    people, offers = seats_by_session(ahead, groups), kept_offers([one.id for one in groups], now)
    return draw(
        "hosts/home.html",
        place=host.place,
        ahead=ahead[:SHOWN],
        more=len(ahead) - SHOWN,
        people=people,
        without_group=_without_group(own, ahead, people, now),
        groups=groups,
        kept=[(group, offers[group.id]) for group in groups if group.id in offers],
        visits=queries.visits_ahead(own, now),
        requests=request_queries.own_requests(host.id),
        open_to=queries.open_to_groups(audiences_for(own), now),
        kit=next_of(host, now),
        words=labels,
        where=where,
    )


@bp.get("/ateliers/<int(max=2147483647):programme_id>")
@allow(Role.HOST)
def show_programme(programme_id: int) -> Response:
    own, now = client(), clock.now()
    programme = queries.programme_seen(programme_id, own)
    sessions = queries.sessions_of(programme_id)
    groups = queries.groups_of(own, programme_id)
    return draw(
        "hosts/programme.html",
        programme=programme,
        coming=[one for one in sessions if one.ends_at > now],
        past=[one for one in sessions if one.ends_at <= now],
        people=seats_by_session(sessions, groups),
        counts=queries.head_counts(sessions) if _comes_to(own, programme, sessions) else {},
        groups=groups,
        ours=may_see(staff(), programme),
        can_join=can_join(programme, own, now),
        words=labels,
        where=where,
    )


def _without_group(
    own: Client, ahead: Sequence[WorkshopSession], people: Mapping[int, int], now: datetime
) -> list[Programme]:
    """Programmes of the place that come soon and for which nobody is registered, each once."""
    theirs = {one.programme.id: one.programme for one in ahead if own.has(one.programme)}
    counted = {one.programme_id for one in ahead if people[one.id]}
    coming = series(theirs.keys() - counted, now)
    return [one for id_, one in theirs.items() if id_ in coming and may_join(one, own, now)]


def can_join(programme: Programme, own: Client, now: datetime) -> bool:
    """Whether a group of this place may be registered now."""
    return may_join(programme, own, now) and bool(registrations.to_come(programme.id, now))


def _comes_to(own: Client, programme: Programme, sessions: Sequence[WorkshopSession]) -> bool:
    """Whether the heads that were counted are those of the place: its own programme, or one that is held there."""
    return own.has(programme) or (bool(sessions) and all(own.has(one) for one in sessions))


def seats_by_session(sessions: Sequence[WorkshopSession], groups: Sequence[Registration]) -> dict[int, int]:
    """How many people of the place come to each session, of the groups that have their seats."""
    seated = [one for one in groups if one.state.takes_seats]
    return {
        session.id: sum(
            one.seats
            for one in seated
            if one.programme_id == session.programme_id and one.session_id in {None, session.id}
        )
        for session in sessions
    }
