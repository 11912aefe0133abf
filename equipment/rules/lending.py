"""What may be reserved, by whom and when; who answers; what may still be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from accounts.models import Account
from equipment.models import Approval, Handing, Reservation, ReservationState
from equipment.rules.kits import Lendable, works_here
from equipment.rules.refusals import (
    AnsweredMeanwhile,
    BadCount,
    DatesMeet,
    LoanInThePast,
    LoanTooLong,
    NoDates,
    NoPlaceOfYours,
    NoSuchReservation,
    NotALink,
    NotToChange,
    NotYoursToAnswer,
    OfAnAct,
    ReasonMissing,
    TooFarAhead,
    TooLongText,
    TooManyDates,
    TooSoon,
)
from foundation.forbidden import check_text
from foundation.period import Period
from foundation.security import Role

FARTHEST = timedelta(days=2 * 366)
CLOCK_CHANGE = timedelta(hours=1)
"""A loan over the October night is an hour longer, and no day more."""
MOST_DATES = 40
MOST_UNITS, MOST_HEADS = 200, 500
LONGEST = {"group_label": 120, "activity": 300, "sheet_url": 500, "contact_phone": 20}
LONGEST_REASON = 300
CHANGEABLE = frozenset({ReservationState.REQUESTED, ReservationState.APPROVED})


@dataclass(frozen=True)
class Wish:
    """What a kit is wanted for. A host's school or home is that of their account, whatever is said here.

    Attributes:
        units_wanted: how many devices; other kits are offered by it when this one is taken.
        head_count: pupils or residents who will hold it.
        outward, homeward: how it gets there and back.
        contact_phone: in international form.
    """

    school_id: int | None = None
    care_home_id: int | None = None
    venue_id: int | None = None
    group_label: str = ""
    activity: str = ""
    sheet_url: str = ""
    units_wanted: int = 0
    head_count: int = 0
    outward: Handing = Handing.COLLECTED
    homeward: Handing = Handing.COLLECTED
    contact_phone: str = ""


def check_wish(wish: Wish) -> None:
    """Refuse what no column holds or no page may show.

    Raises:
        BadCount, TooLongText, NotALink, and what `foundation.forbidden.check_text` raises
    """
    if not 0 <= wish.units_wanted <= MOST_UNITS:
        raise BadCount("units_wanted", MOST_UNITS)
    if not 0 <= wish.head_count <= MOST_HEADS:
        raise BadCount("head_count", MOST_HEADS)
    for field, most in LONGEST.items():
        if len(getattr(wish, field)) > most:
            raise TooLongText(field, most)
    if wish.sheet_url and not wish.sheet_url.startswith(("https://", "http://")):
        raise NotALink
    check_text(wish.group_label, "group_label")
    check_text(wish.activity, "activity")


def check_time(kit: Lendable, period: Period, actor: Account, *, now: datetime, was_theirs: bool = False) -> None:
    """Refuse a time that has passed, is too far or too long; the notice that a kit needs binds hosts alone.

    Args:
        was_theirs: they have this time already, with another kit: no notice is asked for again.

    Raises:
        LoanInThePast, TooSoon, TooFarAhead, LoanTooLong
    """
    if works_here(actor):
        if period.end <= now:
            raise LoanInThePast
    elif period.start <= now:
        raise LoanInThePast
    elif not was_theirs and period.start < now + timedelta(hours=kit.lead_hours):
        raise TooSoon(kit.lead_hours)
    if period.start > now + FARTHEST:
        raise TooFarAhead
    check_length(kit, period)


def lent_so_long(kit: Lendable, period: Period) -> bool:
    """Whether the kit may be kept for all of it."""
    return period.length <= timedelta(days=kit.longest_loan_days) + CLOCK_CHANGE


def check_length(kit: Lendable, period: Period) -> None:
    """Raises: LoanTooLong"""
    if not lent_so_long(kit, period):
        raise LoanTooLong(kit.longest_loan_days)


def check_dates(kit: Lendable, periods: Sequence[Period], actor: Account, *, now: datetime) -> None:
    """Refuse a recurring wish that could not be lent even if the kit were always free. `periods` are in order.

    Raises:
        NoDates, TooManyDates, DatesMeet, and what `check_time` refuses
    """
    if not periods:
        raise NoDates
    if len(periods) > MOST_DATES:
        raise TooManyDates
    for period in periods:
        check_time(kit, period, actor, now=now)
    if any(kit.held(one).end > later.start for one, later in pairwise(periods)):
        raise DatesMeet


def borrower_of(wish: Wish, actor: Account) -> tuple[int | None, int | None]:
    """The school or the care home that borrows: a host's own, or what the staff say.

    Raises:
        NoPlaceOfYours
    """
    if works_here(actor):
        return wish.school_id, None if wish.school_id is not None else wish.care_home_id
    if actor.place is None:
        raise NoPlaceOfYours
    return actor.school_id, actor.care_home_id


def first_state(kit: Lendable, actor: Account) -> ReservationState:
    """Approved at once when nobody has to say yes, or when whoever reserves is who would."""
    asks = {
        Approval.NONE: False,
        Approval.HEAD_TEACHER: not (actor.approves and actor.school_id is not None),
        Approval.MANAGER: True,
    }[kit.approval]
    return ReservationState.REQUESTED if asks and not works_here(actor) else ReservationState.APPROVED


def check_sees(reservation: Reservation, actor: Account, kit_structure_id: int | None) -> None:
    """Another place's reservation does not exist for a host, nor another structure's for its staff.

    Raises:
        NoSuchReservation
    """
    if works_here(actor):
        seen = actor.structure_id is None or kit_structure_id in {None, actor.structure_id}
    else:
        mine = (actor.school_id, actor.care_home_id)
        seen = mine != (None, None) and (reservation.school_id, reservation.care_home_id) == mine
    if not seen:
        raise NoSuchReservation


def check_may_answer(reservation: Reservation, actor: Account, approval: Approval, structure_id: int | None) -> None:
    """Managers answer for the kits of their structure, a head teacher for what their own school reserves.

    Args:
        approval, structure_id: of the kit.

    Raises:
        NotYoursToAnswer
    """
    if actor.has(Role.MANAGER, Role.ADMINISTRATOR) and actor.structure_id in {None, structure_id}:
        return
    head = actor.approves and actor.school_id is not None and actor.school_id == reservation.school_id
    if not (head and approval is Approval.HEAD_TEACHER):
        raise NotYoursToAnswer


def check_waiting(state: ReservationState) -> None:
    """Raises: AnsweredMeanwhile"""
    if state is not ReservationState.REQUESTED:
        raise AnsweredMeanwhile


def check_changeable(reservation: Reservation) -> None:
    """Refuse to change by itself what an act of another room took, and what has gone out or come to its end.

    Raises:
        OfAnAct, NotToChange
    """
    if reservation.purpose_of:
        raise OfAnAct
    if reservation.state not in CHANGEABLE:
        raise NotToChange


def check_reason(reason: str, *, needed: bool) -> None:
    """Raises: ReasonMissing, TooLongText, and what `foundation.forbidden.check_text` raises"""
    if needed and not reason.strip():
        raise ReasonMissing
    if len(reason.strip()) > LONGEST_REASON:
        raise TooLongText("reason", LONGEST_REASON)
    check_text(reason, "reason")
