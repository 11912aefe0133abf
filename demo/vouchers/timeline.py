"""What happens, each thing at its time: a thing that is done may bring about others later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Act = Callable[[datetime], object]


@dataclass
class Timeline:
    """Acts in the order of time; those at the same instant in the order in which they were planned."""

    now: datetime
    _coming: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def at(self, when: datetime, act: Act) -> None:
        """Plan something; what would be after the loading never happens."""
        if when < self.now:
            heappush(self._coming, (when, next(self._numbers), act))

    def run(self) -> None:
        """Let it all happen, the acts that others plan meanwhile included."""
        while self._coming:
            when, _number, act = heappop(self._coming)
            act(when)
