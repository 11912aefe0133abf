"""Slots: the starts that are offered within an opening. Here with periods, plainly; `quick` does it for many.

A slot is anchored on the start of its opening, and the next comes a step later. After something busy the count
begins again at its end, rounded up to five minutes from the opening's start, so that a hold of another length leaves
no unusable rest. The clock alone never moves the slots of a resident: what is too soon is left out, and the others
stay where they were when the page was drawn.

An opening says when people are received. The buffers around a slot must be free, but may reach out of the opening.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.period import Period, subtracted

NOTHING = timedelta(0)
GRAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is looked for.

    Attributes:
        before, after: buffers, held together with the duration.
        step: from one slot to the next; duration and buffers when None.
        from_now: start as soon as the earliest instant allows (rounded up to five minutes from the opening's start)
            instead of waiting for the next step: for somebody who stands at the desk.

    Raises:
        ValueError: when the duration or step is not positive, a buffer is negative, or one is not whole seconds.
    """

    duration: timedelta
    before: timedelta = NOTHING
    after: timedelta = NOTHING
    step: timedelta | None = None
    from_now: bool = False

    def __post_init__(self) -> None:
        if self.duration <= NOTHING or min(self.before, self.after) < NOTHING or self.pace <= NOTHING:
            raise ValueError("an offer lasts, its step goes forward, its buffers are not negative")
        if any(length.microseconds for length in (self.duration, self.before, self.after, self.pace)):
            raise ValueError("an offer is made of whole seconds")

    @property
    def held(self) -> timedelta:
        """What one slot takes from the resource."""
        return self.before + self.duration + self.after

    @property
    def pace(self) -> timedelta:
        return self.held if self.step is None else self.step

    def hold(self, start: datetime) -> Period:
        """The period to hold for a slot that starts at `start`."""
        return Period(start - self.before, start + self.duration + self.after)


def bookable(
    wanted: Period, now: datetime, notice: timedelta = NOTHING, horizon: timedelta | None = None
) -> Period | None:
    """The part of `wanted` in which a start is neither too soon nor too far ahead; None when nothing is left."""
    start = max(wanted.start, now + notice)
    end = wanted.end if horizon is None else min(wanted.end, now + horizon)
    return Period(start, end) if start < end else None


def slots(openings: Iterable[Period], busy: Iterable[Period], offer: Offer, window: Period) -> list[datetime]:
    """The starts that one resource offers within `window`, in order.

    Args:
        openings: each occurrence by itself: a slot never runs from one into the next.
        busy: absences and holds.
        window: where a start may lie; see `bookable`.
    """
    taken = list(busy)
    starts = {start for opening in openings for start in _slots_of(opening, taken, offer, window)}
    return sorted(starts)


def _slots_of(opening: Period, busy: list[Period], offer: Offer, window: Period) -> Iterable[datetime]:
    wide = opening.padded(offer.before, offer.after)
    for free in subtracted([wide], busy):
        earliest = max(free.start, window.start - offer.before) if offer.from_now else free.start
        at = wide.start + -(-(earliest - wide.start) // GRAIN) * GRAIN
        while at + offer.held <= free.end:
            if window.start <= at + offer.before < window.end:
                yield at + offer.before
            at += offer.pace


def nearest(starts: Iterable[datetime], wanted: datetime, count: int = 3) -> Sequence[datetime]:
    """The `count` starts closest to `wanted`, in order of time; of two as close, the earlier."""
    closest = sorted(set(starts), key=lambda start: (abs(start - wanted), start))[:count]
    return sorted(closest)
