"""When people are asked whether it helped them, and until when they may change their answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from activity.models import Helped
from foundation.errors import Conflict, Refused
from foundation.i18n import _l

ANSWERED_WITHIN = timedelta(days=30)
NO_ANSWER = "none"


class UnreadableAnswer(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose one of the answers."))


class NotAskedHere(Refused):
    """The town asks nobody, or this person did not take part."""

    def __init__(self) -> None:
        super().__init__(_l("This question is not asked here."))


class TooLateToAnswer(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This was more than 30 days ago: answers can no longer be given or changed."))


class AnsweredThemselves(Conflict):
    """What somebody said of themselves is not overwritten by what another one heard."""

    def __init__(self) -> None:
        super().__init__(_l("This person has answered on their own page: that answer stays."))


@dataclass(frozen=True)
class Asking:
    """What people would be asked about.

    Attributes:
        asks: whether the town asks at all.
        took_part: whether they kept the appointment, or were present in the session.
        starts_at, ends_at: of the appointment or session.
    """

    asks: bool
    took_part: bool
    starts_at: datetime
    ends_at: datetime

    @property
    def until(self) -> datetime:
        """The instant from which no answer is taken any more."""
        return self.ends_at + ANSWERED_WITHIN

    def is_open(self, now: datetime) -> bool:
        """Whether the question stands on their page."""
        return self.asks and self.took_part and self.starts_at <= now < self.until

    def check(self, now: datetime) -> None:
        """
        Raises:
            NotAskedHere, TooLateToAnswer
        """
        if not self.asks or not self.took_part or now < self.starts_at:
            raise NotAskedHere
        if now >= self.until:
            raise TooLateToAnswer


def read_answer(sent: str | None) -> Helped | None:
    """What a button sends; None: somebody would rather not say.

    Raises:
        UnreadableAnswer
    """
    if sent == NO_ANSWER:
        return None
    try:
        return Helped(sent or "")
    except ValueError:
        raise UnreadableAnswer from None
