"""What a workshop costs in units of a training voucher, and why it is not paid with one."""

from __future__ import annotations

from datetime import datetime

from foundation.errors import Refused
from foundation.i18n import _l
from workshops.models import Programme
from workshops.rules.enrolling import Enrolling

FIELD = "voucher_code"


class NoUnitsHere(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This workshop is not paid with a training voucher. Leave the code empty."), FIELD)


class VoucherRefused(Refused):
    """Beside the code of the voucher, in the words of the room that refused it."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.message, FIELD)


def units_of(programme: Programme, seats: int) -> int:
    """Units that pay so many seats; 0: it is not paid in units."""
    return (programme.training_units or 0) * seats


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
