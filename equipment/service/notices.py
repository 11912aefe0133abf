"""Borrowers, and whoever says yes to them, are told once of each thing that happens to a loan.

Each verb returns how many messages it wrote; none where all was told before, or where nobody can be written to.
"""

from __future__ import annotations

from collections.abc import Sequence

from equipment.models import Reservation, ReservationEventKind, ReservationState
from equipment.queries import kits as kit_queries
from equipment.queries import telling
from equipment.queries.late import late_by_kit
from equipment.rules.kits import Lendable
from equipment.rules.late import awaited
from equipment.rules.news import News
from equipment.rules.notices import MOST_OFFERED, NoticeKind
from equipment.service.delivering import deliver, deliver_to, deliver_to_series, has_left
from foundation.outbox import service as outbox
from foundation.period import Period

ANSWERS = (ReservationEventKind.APPROVED, ReservationEventKind.REFUSED)


def tell_reserved(made: Sequence[Reservation], actor_id: int) -> int:
    """Confirm one date or all of a recurring wish, or say that it waits for a yes, and ask for that yes.

    A kit that is out and overdue at that moment is told of too. Colleagues who reserve for themselves know it.
    """
    first = made[0]
    waits, late = first.state is ReservationState.REQUESTED, awaited(first, late_by_kit(first.created_at))
    news = News(NoticeKind.ASKED if waits else NoticeKind.RESERVED, made, late=late)
    told = deliver_to_series(made, news, but=actor_id)
    return told + (tell_asked(made) if waits else 0)


def tell_asked(made: Sequence[Reservation]) -> int:
    """Ask whoever says yes: the head teacher or the managers, once for all dates of a wish."""
    return deliver_to_series(made, News(NoticeKind.TO_ANSWER, made), telling.answerers(made[0], made[0].kit))


def tell_answered(reservation: Reservation) -> int:
    """Tell the yes or the no, and why. Of a recurring wish one message says how all its dates stand."""
    outbox.withdraw(reservation.reference)
    if reservation.series:
        dates = telling.dates_of(reservation.series)
        if len(dates) > 1:
            outbox.withdraw(f"kit_series:{reservation.series}")
            return deliver_to_series(dates, News(NoticeKind.ANSWERED, dates))
    yes = reservation.state is ReservationState.APPROVED
    news = News(NoticeKind.APPROVED if yes else NoticeKind.REFUSED, reason=reservation.answer)
    return deliver(reservation, news, event=telling.last_event(reservation.id, *ANSWERS))


def tell_moved(reservation: Reservation, was: Period, actor_id: int, reason: str = "") -> int:
    """Tell the new time or kit; what waited about the other never leaves. What needs a yes again is asked for."""
    outbox.withdraw(reservation.reference)
    event = telling.last_event(reservation.id, ReservationEventKind.MOVED)
    moved = None if was == reservation.period else was
    told = deliver(reservation, News(NoticeKind.MOVED, was=moved, reason=reason), event=event, but=actor_id)
    if reservation.state is not ReservationState.REQUESTED:
        return told
    to = telling.answerers(reservation, reservation.kit)
    return told + deliver_to(reservation, News(NoticeKind.TO_ANSWER), to, event=event)


def tell_cancelled(reservation: Reservation, *, by_host: bool, actor_id: int, reason: str = "") -> int:
    """Tell that the kit does not come, by whose decision; what waited about it never leaves."""
    outbox.withdraw(reservation.reference)
    own = by_host and actor_id == reservation.asked_by_id
    news = News(NoticeKind.CANCELLED, by_borrower=own, by_colleague=by_host and not own, reason=reason)
    return deliver(reservation, news, but=actor_id)


def tell_return_soon(reservation: Reservation) -> int:
    """Remind whoever has the kit of when it is due back: once for each such time."""
    return deliver(reservation, News(NoticeKind.RETURN_SOON))


def tell_late(reservation: Reservation) -> int:
    """The kit was due back and is not here: told to whoever has it and to its managers, once for each such time."""
    managers = telling.managers_of(reservation.kit.structure_id)
    here = deliver_to(reservation, News(NoticeKind.LATE_HERE), managers)
    return here + deliver(reservation, News(NoticeKind.LATE))


def tell_next_is_late(reservation: Reservation, late: Reservation) -> int:
    """The kit is not back from the loan before, or came back too late to be charged: other kits free then."""
    out = late.state is ReservationState.HANDED_OVER
    kit = kit_queries.lendable(reservation.kit_id)
    news = News(NoticeKind.NEXT_IS_LATE if out else NoticeKind.NOT_READY, offered=offered_to(reservation, kit))
    return deliver(reservation, news, about=late.id)


def tell_is_back(reservation: Reservation, late: Reservation) -> int:
    """The kit came back and is ready in time after all; only for those who read that it was late."""
    if not has_left(reservation, NoticeKind.NEXT_IS_LATE, late.id):
        return 0
    return deliver(reservation, News(NoticeKind.IS_BACK), about=late.id)


def tell_short(reservation: Reservation, kit: Lendable) -> int:
    """The kit no longer serves what it is wanted for: what works of it, and other kits free then."""
    event = telling.last_event(reservation.id, ReservationEventKind.WARNED)
    news = News(NoticeKind.SHORT, kit=kit, offered=offered_to(reservation, kit))
    return deliver(reservation, news, event=event)


def tell_whole(reservation: Reservation) -> int:
    """The kit that they were warned about serves them again."""
    event = telling.last_event(reservation.id, ReservationEventKind.REASSURED)
    return deliver(reservation, News(NoticeKind.WHOLE), event=event)


def offered_to(reservation: Reservation, kit: Lendable) -> list[Lendable]:
    """Up to three other kits that the borrower may have at that time instead; none for the act of another room."""
    readers = telling.borrowers(reservation)
    if reservation.purpose_of or not readers:
        return []
    wanted = reservation.units_wanted
    others = kit_queries.alternatives(readers[0], kit, reservation.period, units=wanted, ignoring=reservation.reference)
    return others[:MOST_OFFERED]
