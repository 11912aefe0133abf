"""Dates of a series that are not reserved, and why: nobody finds out at the door of the school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from accounts.current import staff
from equipment.queries.free_times import free_times
from equipment.queries.kits import lendables_for
from equipment.rules.dates import Day, Skipped
from foundation.i18n import _, _l, ngettext, short_day

SKIPPED = {
    Skipped.SCHOOL_HOLIDAY: _l("School holidays"),
    Skipped.CLOSED: _l("Closed"),
    Skipped.LEFT_OUT: _l("Left out"),
    Skipped.TAKEN: _l("The kit is taken"),
    Skipped.CLOCKS: _l("The clocks change then: this hour does not exist"),
}
NAMED = 20
"""How many dates a notice names: it travels in the cookie."""


def missed(days: Sequence[Day], kit_id: int) -> list[Day]:
    """The dates that are not reserved. What was left out because the kit is taken then says so."""
    kits = [kit for kit in lendables_for(staff()) if kit.id == kit_id]
    left_out = [one.period for one in days if one.why is Skipped.LEFT_OUT and one.period]
    free = {period for found in free_times(kits, left_out).values() for period in found}
    return [
        replace(one, why=Skipped.TAKEN) if one.period in left_out and one.period not in free else one
        for one in days
        if one.why is not None
    ]


def why_words(one: Day) -> str:
    """`School holidays (Vacances de printemps)`."""
    words: Any = SKIPPED[one.why] if one.why else ""
    return f"{words} ({one.label})" if one.label else str(words)


def notice(found: Sequence[Day]) -> str:
    """The same in a sentence: `Not reserved: Tue 7 April, Tue 14 April: School holidays …`."""
    groups = [
        f"{', '.join(short_day(one.day) for one in ones)} – {why}"
        for why, ones in groupby(found[:NAMED], why_words)
    ]  # fmt: skip
    more = len(found) - NAMED
    rest = [ngettext("and %(num)s more date", "and %(num)s more dates", more)] if more > 0 else []
    return _("Not reserved: %(dates)s", dates=" ; ".join([*groups, *rest]))
