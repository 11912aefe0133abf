"""Puts messages about loans into the outbox, each once for each reader, and says later whether they are still true."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Reservation, ReservationEvent, ReservationEventKind, ReservationState
from equipment.queries import telling
from equipment.rules.kits import works_here
from equipment.rules.news import News
from equipment.rules.notices import STILL_TRUE, UNHURRIED, NoticeKind, moment
from equipment.service.addressees import Addressee, addressees, by_mail
from equipment.service.wording import written
from foundation import clock
from foundation.db import db
from foundation.i18n import in_language
from foundation.outbox import service as outbox
from foundation.outbox.models import Message, MessageState
from foundation.outbox.rules import leaves_at

AFTER_THE_LOAN = {NoticeKind.LATE, NoticeKind.LATE_HERE}
"""What is worth telling although the loan should be over."""
NEWEST = {
    NoticeKind.MOVED: (ReservationEventKind.MOVED,),
    NoticeKind.SHORT: (ReservationEventKind.WARNED, ReservationEventKind.REASSURED, ReservationEventKind.MOVED),
    NoticeKind.WHOLE: (ReservationEventKind.WARNED, ReservationEventKind.REASSURED, ReservationEventKind.MOVED),
}
"""A message about one event is true while none of these came after it."""


def deliver(
    reservation: Reservation, news: News, *, event: ReservationEvent | None = None, about: int = 0, but: int = 0
) -> int:
    """Tell the borrower; returns how many messages that are.

    Args:
        event: what the message tells of, when it may happen more than once.
        about: another number that the message hangs on.
        but: the account that acts; a colleague is not told what they did.
    """
    to = [one for one in addressees(reservation) if not _did_it(one, but)]
    return sum(_queue(reservation, news, one, event.id if event else about) for one in to)


def deliver_to(
    reservation: Reservation, news: News, accounts: Sequence[Account], *, event: ReservationEvent | None = None
) -> int:
    """Tell these accounts."""
    to = [by_mail(one) for one in accounts]
    return sum(_queue(reservation, news, one, event.id if event else 0) for one in to)


def deliver_to_series(
    dates: Sequence[Reservation], news: News, accounts: Sequence[Account] | None = None, *, but: int = 0
) -> int:
    """Tell of all dates of one wish at once: the borrower, or these accounts."""
    first = dates[0]
    to = addressees(first) if accounts is None else [by_mail(one) for one in accounts]
    to = [one for one in to if not _did_it(one, but)]
    return sum(_queue(first, news, one, 0, series=len(dates) > 1) for one in to)


def still_waits(reservation: Reservation, kind: NoticeKind, event: ReservationEvent) -> bool:
    """Whether a message about this event has not left yet."""
    query = select(Message.id).where(
        Message.reference == reservation.reference,
        Message.key.like(f"{reservation.reference}:{kind}:%:{event.id}:%"),
        Message.state == MessageState.QUEUED,
    )
    return db.session.scalar(query.limit(1)) is not None


def has_left(reservation: Reservation, kind: NoticeKind, about: int) -> bool:
    """Whether a message of this kind, about the kit and the time that the loan has now, went out to somebody."""
    query = select(Message.id).where(
        Message.reference == reservation.reference,
        Message.key.like(f"{reservation.reference}:{kind}:{moment(reservation)}:{about}:%"),
        Message.state == MessageState.SENT,
    )
    return db.session.scalar(query.limit(1)) is not None


def _did_it(one: Addressee, actor_id: int) -> bool:
    return one.account is not None and one.account.id == actor_id and works_here(one.account)


def _queue(reservation: Reservation, news: News, to: Addressee, about: int, *, series: bool = False) -> bool:
    """Whether it was not told before."""
    reference = f"kit_series:{reservation.series}" if series else reservation.reference
    state = digest(news.dates) if series else moment(reservation)
    with in_language(to.language):
        text = written(reservation, news, to.channel, to.account)
    last = news.dates[-1] if series else reservation
    queued = outbox.queue(
        key=f"{reference}:{news.kind}:{state}:{about}:{to.mark}",
        reference=reference,
        channel=to.channel,
        recipient=to.address,
        subject=text.subject,
        body=text.body,
        locale=to.language,
        not_before=leaves_at(to.channel, clock.now(), clock.territory_zone(), answers=news.kind not in UNHURRIED),
        expires_at=None if news.kind in AFTER_THE_LOAN else last.ends_at,
        structure_id=reservation.kit.structure_id,
    )
    return queued is not None


def digest(dates: Sequence[Reservation]) -> str:
    """How all dates of a wish stand, in twelve letters."""
    told = " ".join(f"{one.id}:{one.state}:{moment(one)}" for one in dates)
    return sha256(told.encode()).hexdigest()[:12]


def _still_wanted(reference: str, key: str) -> bool:
    """Asked just before a message leaves: whether the loan is still as the message tells."""
    reservation = db.session.get(Reservation, int(reference.partition(":")[2]), populate_existing=True)
    word, then, about, _to = key.removeprefix(f"{reference}:").split(":")
    kind = NoticeKind(word)
    if reservation is None or reservation.state not in STILL_TRUE[kind] or moment(reservation) != then:
        return False
    if kind is NoticeKind.NEXT_IS_LATE:
        late = db.session.get(Reservation, int(about), populate_existing=True)
        return late is not None and late.state is ReservationState.HANDED_OVER
    if kind in NEWEST:
        newest = telling.last_event(reservation.id, *NEWEST[kind])
        return newest is not None and newest.id == int(about)
    return True


def _series_still_wanted(reference: str, key: str) -> bool:
    """Whether all dates of the wish still stand as the message tells."""
    _kind, told, _rest = key.removeprefix(f"{reference}:").split(":", 2)
    dates = telling.dates_of(reference.partition(":")[2])
    return digest(dates) == told


outbox.ask_before_sending("reservation", _still_wanted)
outbox.ask_before_sending("kit_series", _series_still_wanted)
