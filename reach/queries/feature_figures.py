"""What a report of the whole territory says of appointments, workshops, kits, vouchers and topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from activity.models import Theme
from reach.queries.appointments import Appointments
from reach.queries.kits import Kits
from reach.queries.sessions import Sessions
from reach.queries.vouchers import Vouchers
from reach.rules.about import Topics
from reach.rules.periods import Span
from reach.rules.release_tables import single
from reach.rules.suppression.picture import SMALL
from reach.rules.suppression.tables import Table
from vouchers.models import CampaignKind

THEME = "theme:"
"""How the indicator of a theme begins: contacts whose record names it."""


@dataclass(frozen=True)
class Features:
    """All of one span."""

    appointments: Appointments
    sessions: Sessions
    kits: Kits
    vouchers: Vouchers
    topics: Topics


COUNTED: Mapping[str, Callable[[Features], int]] = {
    "kept": lambda one: one.appointments.booked.kept,
    "noshow": lambda one: one.appointments.booked.noshow,
    "excused": lambda one: one.appointments.booked.excused,
    "walk_ins": lambda one: one.appointments.walk_ins,
    "seats_taken": lambda one: one.sessions.seats.taken,
    "children": lambda one: one.sessions.children.contacts,
    "care_home": lambda one: one.sessions.care_home.contacts,
    "pupils": lambda one: one.kits.total.heads,
    "device_vouchers": lambda one: one.vouchers.by[CampaignKind.DEVICE].handed_over,
    "training_vouchers": lambda one: one.vouchers.by[CampaignKind.TRAINING].handed_over,
    "voucher_holders": lambda one: one.vouchers.total.holders,
    "autonomy_told": lambda one: one.topics.autonomy.twice,
    "autonomy_grew": lambda one: one.topics.autonomy.grew,
}
"""Counts of people or of what concerns one person each: small ones are hidden."""
ABOUT: Mapping[str, tuple[str, Callable[[Features], int]]] = {
    "pupil_minutes": ("pupils", lambda one: one.kits.total.person_minutes),
    "cents": ("voucher_holders", lambda one: one.vouchers.total.cents),
}
"""Amounts, and the count of those that they tell of."""
PLAIN: Mapping[str, Callable[[Features], float | None]] = {
    "sessions_held": lambda one: one.sessions.held,
    "sessions_cancelled": lambda one: one.sessions.cancelled,
    "seats_offered": lambda one: one.sessions.seats.offered,
    "schools": lambda one: one.sessions.schools,
    "care_homes": lambda one: one.sessions.care_homes,
    "loans": lambda one: one.kits.total.loans,
    "waiting": lambda one: one.appointments.waiting.median if one.appointments.waiting.people >= SMALL else None,
}
"""What tells of nobody: what was offered, and a median of eleven people or more."""


def tables(now: Features, before: Features, span: Span) -> list[Table]:
    """Everything that may have to be hidden, of the span and of the one before."""
    return [table for one, of in ((now, span), (before, span.before)) for table in _of(one, of)]


def plain(now: Features, before: Features) -> dict[str, tuple[float | None, float | None]]:
    """Key → (now, before)."""
    return {key: (read(now), read(before)) for key, read in PLAIN.items()}


def themes(told: Topics, span: Span) -> list[Table]:
    """Contacts by theme, each a figure of its own: one contact may have several."""
    counts = {theme: told.themes[theme].contacts if theme in told.themes else 0 for theme in Theme}
    return [single(f"{THEME}{theme.value}", span, contacts) for theme, contacts in counts.items()]


def _of(one: Features, span: Span) -> list[Table]:
    return [
        *(single(key, span, read(one)) for key, read in COUNTED.items()),
        *(single(key, span, read(one), about=about) for key, (about, read) in ABOUT.items()),
        *themes(one.topics, span),
    ]
