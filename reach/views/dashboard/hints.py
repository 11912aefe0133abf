"""What stands under a figure: the number it is a share of, how many of whom nothing is known, the year of a population.

Each hint is a sentence in the reader's language, or empty where there is nothing to add.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foundation.i18n import _, ngettext
from reach.drawing.words import short_figure
from reach.queries.board import OfPeriod
from reach.rules.amounts import NOTHING, written
from reach.rules.autonomy import Autonomies
from reach.rules.indicators import Unit
from vouchers.models import CampaignKind, FollowUpAnswer

Hint = Callable[[OfPeriod], str]


def years_said(years: list[int]) -> str:
    """The year in which inhabitants were counted, or all of them where they differ."""
    if not years:
        return _("No population is known.")
    return _("Population of %(years)s.", years=", ".join(map(str, years)))


def _population(one: OfPeriod) -> str:
    return years_said(sorted({area.year for area in one.reached.areas if area.population and area.year}))


def _noshow(one: OfPeriod) -> str:
    share = one.appointments.booked.noshow_share
    return "" if share is None else _("%(share)s of those that took place or should have", share=_percent(share))


def _waiting(one: OfPeriod) -> str:
    waiting = one.appointments.waiting
    if waiting.mean is None:
        return ""
    return ngettext(
        "Mean: %(mean)s, of %(num)s person", "Mean: %(mean)s, of %(num)s people", waiting.people,
        mean=short_figure(round(waiting.mean, 1)),
    )  # fmt: skip


def _walk_ins(one: OfPeriod) -> str:
    return _without_zero(
        one.appointments.walk_ins, ngettext("and %(num)s walk-in", "and %(num)s walk-ins", one.appointments.walk_ins)
    )


def _revoked(one: OfPeriod) -> str:
    count = one.appointments.booked.revoked
    return _without_zero(count, ngettext("and %(num)s by the service", "and %(num)s by the service", count))


def _sessions(one: OfPeriod) -> str:
    return ngettext(
        "In %(num)s session with registration", "In %(num)s sessions with registration", one.sessions.seats.sessions
    )


def _schools(one: OfPeriod) -> str:
    count = one.sessions.schools
    return _without_zero(count, ngettext("%(num)s school reached", "%(num)s schools reached", count))


def _care_homes(one: OfPeriod) -> str:
    count = one.sessions.care_homes
    return _without_zero(count, ngettext("%(num)s care home reached", "%(num)s care homes reached", count))


def _loans(one: OfPeriod) -> str:
    lent = one.kits.total
    said = [ngettext("In %(num)s loan", "In %(num)s loans", lent.loans)]
    if lent.heads_untold:
        said.append(_("%(count)s told no head-count", count=lent.heads_untold))
    return ", ".join(said)


def _untold_loans(one: OfPeriod) -> str:
    count = one.kits.total.untold
    return _without_zero(count, ngettext("%(num)s return did not tell it", "%(num)s returns did not tell it", count))


def _used(kind: CampaignKind) -> Hint:
    def hint(one: OfPeriod) -> str:
        vouchers = one.vouchers.by[kind]
        if not vouchers.first_used:
            return _("handed over, none used") if vouchers.handed_over else ""
        return ngettext("handed over, and %(num)s used", "handed over, and %(num)s used", vouchers.first_used)

    return hint


def _still_used(one: OfPeriod) -> str:
    asked = sum(one.vouchers.still_used.values())
    answered = asked - one.vouchers.still_used.get(None, 0)
    used = one.vouchers.still_used.get(FollowUpAnswer.USED, 0)
    if not asked:
        return ""
    return _(
        "%(used)s of %(answered)s answers; %(silent)s without answer",
        used=used,
        answered=answered,
        silent=asked - answered,
    )


def autonomy_said(ways: Autonomies) -> str:
    """Of how many people a way can be told, and how many of them needed less help at last, or more."""
    if not ways.twice:
        return ""
    return ngettext(
        "need less help: %(grew)s of %(num)s person; more: %(fell)s",
        "need less help: %(grew)s of %(num)s people; more: %(fell)s", ways.twice, grew=ways.grew, fell=ways.fell,
    )  # fmt: skip


def _progress(one: OfPeriod) -> str:
    change = one.progress.change
    if not change.count:
        return ""
    return ngettext("of %(num)s person who answered twice", "of %(num)s people who answered twice", change.count)


def _without_zero(count: int, said: str) -> str:
    return said if count else ""


def _percent(share: float | None) -> str:
    return NOTHING if share is None else written(share, Unit.SHARE)


HINTS: Mapping[str, Hint] = {
    "rate": _population,
    "kept": _walk_ins,
    "noshow": _noshow,
    "excused": _revoked,
    "waiting": _waiting,
    "seats_offered": _sessions,
    "children": _schools,
    "care_home": _care_homes,
    "progress": _progress,
    "pupils": _loans,
    "kit_hours": _untold_loans,
    "device_vouchers": _used(CampaignKind.DEVICE),
    "training_vouchers": _used(CampaignKind.TRAINING),
    "still_used": _still_used,
}
"""Indicator → what stands under its figure."""
