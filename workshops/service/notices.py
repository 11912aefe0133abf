"""Whoever is registered is told once of each thing that happens, by their channel; the others are telephoned."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, or_, select

from foundation import clock
from foundation.db import db
from foundation.i18n import in_language
from foundation.outbox import service as outbox
from foundation.outbox.rules import leaves_at
from people import queries as people_queries
from people import service as people
from people.models import ContactMeans
from people.queries.reaching import Reach
from people.rules.reaching import reached_by
from workshops.models import (
    OfferState,
    Participant,
    Registration,
    SeatOffer,
    SessionEvent,
    SessionState,
    WorkshopSession,
)
from workshops.queries import waiting
from workshops.queries.registrations import dates_of, instead_of
from workshops.queries.telling import last_change
from workshops.rules.notices import ANSWERS, STILL_TRUE, NoticeKind
from workshops.service.wording import News, written


def reach(registration: Registration) -> Reach | None:
    """Where messages about it go; None: somebody has to telephone. A group's contact is written to by e-mail first."""
    if registration.person is not None:
        return people_queries.reach(registration.person)
    found = reached_by(ContactMeans.EMAIL, registration.contact_phone or None, registration.contact_email or None)
    return Reach(*found) if found else None


def tell_registered(registration: Registration) -> int | None:
    """Confirm the seats, those of an offer that was accepted too."""
    return _tell(registration, News(NoticeKind.REGISTERED, dates_of(registration, clock.now())))


def tell_waiting(registration: Registration) -> int | None:
    """Say that they are on the list, and at which place."""
    dates = dates_of(registration, clock.now())
    return _tell(registration, News(NoticeKind.WAITING, dates, place=waiting.place_of(registration)))


def tell_offered(offer: SeatOffer) -> int | None:
    """Ask for an answer: one message an offer, never a second. None: the desk has to call."""
    registration = offer.registration
    outbox.withdraw(registration.reference)
    news = News(NoticeKind.OFFERED, dates_of(registration, clock.now()), until=offer.expires_at)
    return _tell(registration, news, about=f"{offer.id}", expires_at=offer.expires_at)


def tell_cancelled(registration: Registration, *, by_resident: bool) -> int | None:
    """Say that they are not expected any more, by whose decision; what waited about it never leaves."""
    outbox.withdraw(registration.reference)
    news = News(NoticeKind.CANCELLED, dates_of(registration, clock.now()), by_resident=by_resident)
    return _tell(registration, news)


def tell_moved(registration: Registration, event: SessionEvent) -> int | None:
    """Tell the new time of one session, once for each move; what waited about another time never leaves."""
    session = event.session
    others = [one for one in dates_of(registration, clock.now()) if one.id != session.id]
    news = News(NoticeKind.MOVED, [session, *others], was=event.from_start, moved_to=session.starts_at)
    return _tell(registration, news, about=f"{event.id}")


def tell_relocated(registration: Registration, event: SessionEvent) -> int | None:
    """Tell the new place of one session, and when it is; what waited about another place never leaves."""
    return _tell(registration, News(NoticeKind.RELOCATED, [event.session]), about=f"{event.id}")


def tell_session_off(registration: Registration, session: WorkshopSession, units: int = 0) -> int | None:
    """Tell that one session does not take place, which dates are left, and how many units came back with it."""
    now = clock.now()
    instead, dates = bool(instead_of(registration, now)), dates_of(registration, now)
    news = News(NoticeKind.SESSION_OFF, dates, was=session.starts_at, instead=instead, units=units)
    return _tell(registration, news, about=f"{session.id}", expires_at=session.starts_at)


def tell_reminder(registration: Registration, session: WorkshopSession) -> int | None:
    """Remind them of a session that comes soon."""
    return _tell(registration, News(NoticeKind.REMINDER, [session]), about=_that_start(session))


def reminder_key(registration: Registration, session: WorkshopSession) -> str:
    return f"{registration.reference}:{NoticeKind.REMINDER}:{_that_start(session)}"


def _that_start(session: WorkshopSession) -> str:
    return f"{session.id}:{session.starts_at:%Y%m%dT%H%M}"


def withdraw(registration: Registration) -> None:
    """What waits about it is not true any more."""
    outbox.withdraw(registration.reference)


def _tell(registration: Registration, news: News, *, about: str = "", expires_at: datetime | None = None) -> int | None:
    now, reached = clock.now(), reach(registration)
    if reached is None or (not news.dates and expires_at is None):
        return None
    with in_language(registration.locale):
        text = written(registration, replace(news, to_companion=reached.to_companion), reached.channel)
    return outbox.queue(
        key=f"{registration.reference}:{news.kind}" + (f":{about}" if about else ""),
        reference=registration.reference,
        channel=reached.channel,
        recipient=reached.address,
        subject=text.subject,
        body=text.body,
        locale=registration.locale,
        not_before=leaves_at(reached.channel, now, clock.territory_zone(), answers=news.kind in ANSWERS),
        expires_at=expires_at or news.dates[0].starts_at,
        structure_id=registration.programme.structure_id,
    )


def _still_wanted(reference: str, key: str) -> bool:
    """Asked just before a message leaves: whether it is still as the message tells."""
    registration = db.session.get(Registration, int(reference.partition(":")[2]), populate_existing=True)
    kind, _colon, about = key.removeprefix(f"{reference}:").partition(":")
    if registration is None or registration.state not in STILL_TRUE[NoticeKind(kind)]:
        return False
    if NoticeKind(kind) is NoticeKind.OFFERED:
        offer = db.session.get(SeatOffer, int(about), populate_existing=True)
        return offer is not None and offer.state is OfferState.OPEN
    if NoticeKind(kind) in {NoticeKind.MOVED, NoticeKind.RELOCATED}:
        return _is_newest(about)
    return NoticeKind(kind) is not NoticeKind.REMINDER or _still_then(about)


def _is_newest(event_id: str) -> bool:
    """Whether that change of time or place is the last one of its session, which is planned."""
    event = db.session.get(SessionEvent, int(event_id))
    newest = last_change(event.session_id) if event else None
    if event is None or newest is None or newest.id != event.id:
        return False
    session = db.session.get_one(WorkshopSession, event.session_id, populate_existing=True)
    return session.state is SessionState.PLANNED


def _still_then(about: str) -> bool:
    """Whether the session that `5:20260310T0900` names is planned, and begins then."""
    session = db.session.get(WorkshopSession, int(about.partition(":")[0]), populate_existing=True)
    return session is not None and session.state is SessionState.PLANNED and _that_start(session) == about


outbox.ask_before_sending("registration", _still_wanted)


def _forget(person_ids: Collection[int]) -> None:
    """Whoever is forgotten is forgotten in the messages too, sent or not."""
    sits = exists().where(Participant.registration_id == Registration.id, Participant.person_id.in_(person_ids))
    ids = db.session.scalars(select(Registration.id).where(or_(Registration.person_id.in_(person_ids), sits)))
    outbox.erase([f"registration:{one}" for one in ids])


people.when_forgotten(_forget)
