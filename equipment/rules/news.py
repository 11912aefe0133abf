"""What happened to a loan, beside what stands on it: what a message about it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equipment.models import Reservation
from equipment.rules.kits import Lendable
from equipment.rules.late import Late
from equipment.rules.notices import NoticeKind
from foundation.period import Period

OFFERING = frozenset({NoticeKind.SHORT, NoticeKind.NEXT_IS_LATE, NoticeKind.NOT_READY})
"""News after which another kit is proposed."""


@dataclass(frozen=True)
class News:
    """Of what kind it is, and what goes with it.

    Attributes:
        dates: all of a recurring wish; empty: this one alone.
        was: its time before it was moved.
        reason: why, in the words of whoever decided.
        by_borrower, by_colleague: whoever asked for it gave it back, or somebody else of their school or home.
        kit: what works of the kit, when that is the news.
        offered: other kits that are free then.
        late: the loan before, of which the kit should be back and is not.
    """

    kind: NoticeKind
    dates: Sequence[Reservation] = ()
    was: Period | None = None
    reason: str = ""
    by_borrower: bool = False
    by_colleague: bool = False
    kit: Lendable | None = None
    offered: Sequence[Lendable] = ()
    late: Late | None = None

    @property
    def blocked(self) -> bool:
        return self.kit is not None and not self.kit.goes_out
