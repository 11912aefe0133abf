"""How much room papers leave for what is written on them by hand."""

from __future__ import annotations

FEWEST_BLANK, MOST_BLANK = 4, 18
MOST_BESIDE_GROUPS = 8


def blank_lines(free: int, *, beside_groups: bool) -> int:
    """Lines for those who come without being registered: one for each free seat, some in any case, one sheet at most.

    Where groups come, whose people nobody names, few others do.
    """
    return min(max(free, FEWEST_BLANK), MOST_BESIDE_GROUPS if beside_groups else MOST_BLANK)
