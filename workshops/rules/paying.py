"""What a workshop costs in units of a training voucher, for whom one pays, and why it does not. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.errors import Conflict, Refused
from foundation.i18n import _, _l, ngettext
from people.rules.names import search_key
from vouchers.rules.refusals import (
    CardStopped,
    NotHandedOver,
    NothingLeft,
    NotTakenHere,
    VoucherCancelled,
    VoucherExpired,
)
from workshops.models import Origin, Programme, RegistrationState
from workshops.rules.enrolling import Enrolling, Group
from workshops.rules.refusals import NoSuchProgramme

FIELD = "voucher_code"
MAY_CHANGE = frozenset({RegistrationState.WAITING, RegistrationState.OFFERED, RegistrationState.LAPSED})
"""Whoever has no seat yet has paid nothing yet."""


class NoUnitsHere(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This workshop is not paid with a training voucher. Leave the code empty."), FIELD)


class VoucherRefused(Refused):
    """Beside the code of the voucher, said to who holds it."""

    def __init__(self, why: Refused) -> None:
        super().__init__(TO_HOLDERS.get(type(why), why.message), FIELD)


TO_HOLDERS: dict[type[Refused], Any] = {
    CardStopped: _l("Your card is stopped: its vouchers can not pay for now. Call us."),
    NotHandedOver: _l("This voucher was not handed over to you yet. Call us."),
    NothingLeft: _l("Nothing is left on this voucher. Use another one, or choose to pay otherwise."),
    NotTakenHere: _l("This is a device voucher: it does not pay a workshop. Use a training voucher."),
    VoucherCancelled: _l("This voucher was cancelled. Call us."),
    VoucherExpired: _l("This voucher has expired. Call us: we look whether you can have another one."),
}
"""What the till says about somebody, as it is said to them."""


class NotEnoughUnits(Refused):
    """What is left does not pay all seats."""

    def __init__(self, left: int, needed: int) -> None:
        found = ngettext(
            "There is %(num)s unit left on this voucher.", "There are %(num)s units left on this voucher.", left
        )
        wanted = ngettext("This workshop takes %(num)s unit.", "This workshop takes %(num)s units.", needed)
        super().__init__(" ".join((found, wanted, _("Pay with another voucher, or otherwise."))), FIELD)


class NotTheirVoucher(Refused):
    """No such code, or the voucher of somebody else: one sentence for both, so that a guesser learns nothing."""

    def __init__(self) -> None:
        super().__init__(
            _l("This code and this name do not go together. Write both as they are on the training voucher."), FIELD
        )


class NamesNeeded(Refused):
    """A group, whom nobody names, for what only vouchers pay: each is somebody's own."""

    def __init__(self) -> None:
        super().__init__(
            _l("Training vouchers pay this workshop, and each is somebody’s own: register each person by name.")
        )


class PaidAlready(Conflict):
    """A seat was given, or nobody waits any more: what paid it is not exchanged."""

    def __init__(self) -> None:
        super().__init__(_l("The voucher can only be changed while you wait for a seat."))


@dataclass(frozen=True)
class Named:
    """Somebody, as they are known, or as they were typed: without a record yet."""

    person_id: int | None
    given_name: str
    family_name: str
    birth_year: int | None = None

    def is_one_with(self, other: Named) -> bool:
        """Whether both are the same: one record, or one name, whichever way round, and no other year of birth."""
        if self.person_id is not None and self.person_id == other.person_id:
            return True
        if self.birth_year and other.birth_year and self.birth_year != other.birth_year:
            return False
        theirs = search_key(other.given_name, other.family_name)
        return bool(theirs) and theirs in {
            search_key(self.given_name, self.family_name), search_key(self.family_name, self.given_name),
        }  # fmt: skip


@dataclass(frozen=True)
class Company:
    """Who registers, nobody for a group, and who sits there."""

    registers: Named | None
    sit: tuple[Named, ...]


def pays_for(holder: Named, company: Company, *, of_household: bool) -> bool:
    """Whether a voucher pays for these: its holder sits among them, or registers them with one of the household."""
    found = (*company.sit, company.registers) if of_household else company.sit
    return any(one is not None and one.is_one_with(holder) for one in found)


def units_of(programme: Programme, seats: int) -> int:
    """Units that pay so many seats; 0: it is not paid in units."""
    return (programme.training_units or 0) * seats


def only_vouchers_pay(programme: Programme) -> bool:
    """Whether a seat is paid with somebody's own voucher and in no other way: a group, whom nobody names, has none."""
    return bool(programme.training_units) and not programme.price_cents


def check_group_pays(programme: Programme, group: Group | None, origin: Origin) -> None:
    """Whether a group can pay here: nothing is paid online, so that a host joins what costs nothing, or is their own.

    The team registers a group for a price that it settles with them; not where only vouchers pay.

    Raises:
        NoSuchProgramme: for a host of another place, NamesNeeded
    """
    if group is None:
        return
    costs = bool(programme.price_cents or programme.training_units)
    own = (programme.school_id, programme.care_home_id) != (None, None)
    if origin is Origin.HOST and costs and not own:
        raise NoSuchProgramme
    if only_vouchers_pay(programme):
        raise NamesNeeded


def check_voucher(wish: Enrolling, programme: Programme) -> None:
    """Whether this programme takes vouchers at all; a group, whom nobody names, has none.

    Raises:
        NoUnitsHere
    """
    if wish.voucher_code and (wish.group is not None or not programme.training_units):
        raise NoUnitsHere


def are_given_back(first_start: datetime | None, now: datetime, *, by_resident: bool) -> bool:
    """Whether a registration that is cancelled gets its units back: from the service always, to residents as long as
    nothing of it has begun.

    Args:
        first_start: when the first session that was paid began or begins; None: none takes place.
    """
    return not by_resident or first_start is None or first_start > now
