"""Which kits sessions would get, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from equipment.queries.shelf import Asked, Choice, Missing, choose
from foundation.i18n import _l
from workshops.queries.needs import Needs
from workshops.rules.planning import SessionPlan
from workshops.rules.unplannable import Clash

MOST_REASONS = 3


def choice_of(plans: Sequence[SessionPlan], needs: Needs, *, staying: Collection[int] = ()) -> Choice:
    """The kits for each session, in the order of `plans`: free from when its team leaves until it is back."""
    return choose(needs.shelf, [asked_by(plan) for plan in plans], staying=staying)


def asked_by(plan: SessionPlan) -> Asked:
    return Asked(plan.held, plan.kits)


def kit_clashes(plans: Sequence[SessionPlan], choice: Choice) -> list[Clash]:
    """What is missing, beside the session that misses it."""
    starts = {plan.held: plan.period for plan in plans}
    return [
        Clash(starts[one.period], one.kind, one.reasons[:MOST_REASONS], _how_many(one), kit=True)
        for one in choice.missing
    ]


def _how_many(one: Missing) -> object:
    if one.out_of_reach:
        return _l("There are such kits, but none is lent to the structure of this workshop.")
    return _l("Kits free then: %(free)s of %(wanted)s.", free=one.free, wanted=one.wanted)
