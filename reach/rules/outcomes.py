"""What came of sending people on, and whether they found that it helped; and to whom so few answers are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from activity.models import Helped, Outcome
from activity.rules.satisfaction import ANSWERED_WITHIN
from reach.rules import rates
from reach.rules.dimensions import chosen
from reach.rules.filters import Filters
from reach.rules.periods import quarter
from reach.rules.scope import Scope
from reach.rules.suppression.picture import SMALL

MONTHS_OF_A_QUARTER = 3


class Untold(StrEnum):
    """Why answers are not told."""

    FEW = "few"
    OWN = "own"


@dataclass(frozen=True)
class CameOf:
    """Referrals of one kind by what came of them; None: nobody noted anything."""

    by: Mapping[Outcome | None, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by.values())

    @property
    def known(self) -> int:
        """Of how many somebody can tell whether it helped: not those of which nobody can tell, nor those not noted."""
        return sum(self.by.get(one, 0) for one in Outcome if one is not Outcome.NOT_KNOWN)

    @property
    def known_share(self) -> float | None:
        return rates.share(self.known, self.total)


@dataclass(frozen=True)
class Satisfied:
    """What people answered to whether it helped them.

    Attributes:
        contacts: contacts by name with an appointment or a session: who could have answered where it was asked.
        answered: how many of these were answered.
        answers: how many gave each answer; nothing when it is not told.
        aloud: how many of the answers somebody heard and noted; 0 when they are not told.
        untold: why they are not.
    """

    contacts: int
    answered: int
    answers: Mapping[Helped, int]
    aloud: int
    untold: Untold | None

    @property
    def fully(self) -> float | None:
        """The share of those who said that it helped them fully, from 0 to 1."""
        return self.share(Helped.FULLY)

    @property
    def answered_share(self) -> float | None:
        """How many of those who could have answered did, from 0 to 1."""
        return rates.share(self.answered, self.contacts)

    def share(self, answer: Helped) -> float | None:
        return rates.share(self.answers.get(answer, 0), sum(self.answers.values()))


def untold(filters: Filters, scope: Scope, answered: int, aloud: int, today: date) -> Untold | None:
    """Why answers are not told to whoever asks.

    Args:
        answered, aloud: how many answers there are, and how many of them somebody heard.

    Under eleven they are told to nobody. A mediator knows whom they received and when: by moving the period by a day,
    or by any filter, they would find out who answered what. To them answers are told by whole quarter, once no answer
    of it can change: quarters have no day in common, so that none is the difference of two others. What they heard
    themselves they know: eleven others must have answered.
    """
    if scope.mediator_id is not None and (chosen(filters) or not _is_settled_quarter(filters, today)):
        return Untold.OWN
    least = SMALL if scope.mediator_id is None else SMALL + aloud
    return Untold.FEW if 0 < answered < least else None


def _is_settled_quarter(filters: Filters, today: date) -> bool:
    first = filters.span.first
    number, rest = divmod(first.month - 1, MONTHS_OF_A_QUARTER)
    whole = rest == 0 and filters.span == quarter(first.year, number + 1)
    return whole and today > filters.span.last + ANSWERED_WITHIN
