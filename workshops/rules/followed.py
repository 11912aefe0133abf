"""When somebody followed a series to its end. Pure."""

from __future__ import annotations


def followed(sessions: int, planned: int) -> bool:
    """Present in two sessions of three at least: one that was missed for the doctor takes nothing away.

    Args:
        sessions: in which they were present.
        planned: those that were not cancelled, all of them past.
    """
    return planned > 0 and 3 * sessions >= 2 * planned
