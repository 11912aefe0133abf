"""What other rooms have to tell of a resident, for the page of that resident: they know people, people not them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account

MOST = 50


@dataclass(frozen=True)
class HistoryItem:
    """One line of a resident's history.

    Attributes:
        at: when it happened, or will.
        what: in a few words, translated, e.g. the service and the place.
        state: how it went, translated: came, did not come, cancelled.
        url: the page of the record; None when the viewer may not open it.
    """

    at: datetime
    what: str
    state: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Step:
    """Something to do next for a resident: a link on their page. The label is translated."""

    label: str
    url: str


HistoryProvider = Callable[[int, Account], list[HistoryItem]]
"""(person id, who looks) → items, those that the viewer may see."""

history_providers: list[HistoryProvider] = []


def history(person_id: int, viewer: Account) -> list[HistoryItem]:
    """The newest items of all rooms, at most 50."""
    items = [item for provider in history_providers for item in provider(person_id, viewer)]
    return sorted(items, key=lambda item: item.at, reverse=True)[:MOST]


StepProvider = Callable[[int, Account], list[Step]]
"""(person id, who looks) → what that viewer may do next for the person, the first thing first."""

step_providers: list[StepProvider] = []


def steps(person_id: int, viewer: Account) -> list[Step]:
    """What all rooms offer to do next."""
    return [step for provider in step_providers for step in provider(person_id, viewer)]
