"""What a report says of appointments, workshops, kits, vouchers and topics, and of what came of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from activity.models import Helped, Outcome, Referral, Theme
from reach.queries.appointments import Appointments
from reach.queries.kits import Kits
from reach.queries.sessions import Sessions
from reach.queries.vouchers import Vouchers
from reach.rules.about import Topics
from reach.rules.outcome_keys import ANSWERS, BY_ANSWER, BY_OUTCOME, BY_REFERRAL, REFERRED
from reach.rules.outcomes import CameOf, Satisfied
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
    answers: Satisfied
    referrals: Mapping[Referral, CameOf]


Count = Callable[[Features], int]


def _answered(answer: Helped) -> Count:
    return lambda one: one.answers.answers.get(answer, 0)


def _came_to(outcome: Outcome | None) -> Count:
    return lambda one: sum(kind.by.get(outcome, 0) for kind in one.referrals.values())


def _sent_to(kind: Referral) -> Count:
    return lambda one: one.referrals.get(kind, CameOf()).total


OUTCOMES: Mapping[str, Count] = {
    ANSWERS: lambda one: one.answers.answered,
    **{key: _answered(answer) for answer, key in BY_ANSWER.items()},
    REFERRED: lambda one: sum(kind.total for kind in one.referrals.values()),
    **{key: _came_to(outcome) for outcome, key in BY_OUTCOME.items()},
    **{key: _sent_to(kind) for kind, key in BY_REFERRAL.items()},
}
"""What people answered, and what came of sending them on."""
COUNTED: Mapping[str, Count] = {
    "kept": lambda one: one.appointments.booked.kept,
    "noshow": lambda one: one.appointments.booked.noshow,
    "excused": lambda one: one.appointments.booked.excused,
    "walk_ins": lambda one: one.appointments.walk_ins,
    "prescribed_kept": lambda one: one.appointments.prescribed.kept,
    "prescribed_noshow": lambda one: one.appointments.prescribed.noshow,
    "seats_taken": lambda one: one.sessions.seats.taken,
    "children": lambda one: one.sessions.children.contacts,
    "care_home": lambda one: one.sessions.care_home.contacts,
    "pupils": lambda one: one.kits.total.heads,
    "device_vouchers": lambda one: one.vouchers.by[CampaignKind.DEVICE].handed_over,
    "training_vouchers": lambda one: one.vouchers.by[CampaignKind.TRAINING].handed_over,
    "voucher_holders": lambda one: one.vouchers.total.holders,
    "autonomy_told": lambda one: one.topics.autonomy.twice,
    "autonomy_grew": lambda one: one.topics.autonomy.grew,
    **OUTCOMES,
}
"""Counts of people or of what concerns one person each: small ones are hidden."""
ABOUT: Mapping[str, tuple[str, Count]] = {
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
BASES: Mapping[str, Count] = {
    "seats_taken": lambda one: one.sessions.seats.sessions,
    "children": lambda one: one.sessions.children_sessions,
    "care_home": lambda one: one.sessions.care_home_sessions,
    "pupils": lambda one: one.kits.total.loans,
    "pupil_minutes": lambda one: one.kits.total.loans,
}
"""Of how many sessions or loans a figure tells. Of none, nobody was there: a zero that follows is no small number."""


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
    counts = {key: (read(one), None) for key, read in COUNTED.items()}
    amounts = {key: (read(one), about) for key, (about, read) in ABOUT.items()}
    told = (counts | amounts).items()
    return [
        *(single(key, span, value, about, of_nobody=_of_nobody(key, value, one)) for key, (value, about) in told),
        *themes(one.topics, span),
    ]


def _of_nobody(key: str, value: int, one: Features) -> bool:
    return not value and key in BASES and not BASES[key](one)
