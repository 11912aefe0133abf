"""What came of referrals and whether it helped, as both stand on the page of what contacts were about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from activity.models import Helped, Outcome, Referral
from activity.rules.labels import ANSWERS, OUTCOMES, REFERRALS
from foundation.i18n import _
from reach.rules.amounts import written
from reach.rules.indicators import INDICATORS, Unit
from reach.rules.outcomes import CameOf, Satisfied, Untold
from reach.views.dashboard.shown import Shown


@dataclass(frozen=True)
class Followed:
    """A table of kinds by outcome, with its sums last; `known` says of how many it is known whether it helped."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]
    known: str


@dataclass(frozen=True)
class Answer:
    """One answer: how many gave it, which share that is, and the one before."""

    words: str
    count: int
    share: str
    before: str


@dataclass(frozen=True)
class DidHelp:
    """What people answered; `why` says why the answers are not told, when they are not."""

    figure: Shown
    answers: Sequence[Answer]
    said: str
    why: str


def columns() -> list[tuple[Outcome | None, Any]]:
    """The outcomes in their order, and what nobody noted last."""
    return [*OUTCOMES.items(), (None, _("Nothing noted"))]


def came_of(found: Mapping[Referral, CameOf]) -> Followed | None:
    """The most frequent kind first; None when nobody was sent on."""
    if not found:
        return None
    whole = CameOf(sum((Counter(one.by) for one in found.values()), Counter()))
    order = sorted(found, key=lambda kind: (-found[kind].total, str(REFERRALS[kind])))
    lines = [*((str(REFERRALS[kind]), found[kind]) for kind in order), (_("Total"), whole)]
    return Followed(
        columns=[str(words) for _outcome, words in columns()],
        rows=[
            (words, [one.total, *(one.by.get(outcome, 0) for outcome, _words in columns())]) for words, one in lines
        ],
        known=_(
            "It is known of %(known)s of %(all)s referrals whether they helped (%(share)s).",
            known=whole.known, all=whole.total, share=written(whole.known_share, Unit.SHARE),
        ),
    )  # fmt: skip


def did_help(now: Satisfied, before: Satisfied) -> DidHelp:
    """The figure, and all answers in their order."""
    figure = Shown(
        INDICATORS["satisfaction"], written(now.fully, Unit.SHARE), written(before.fully, Unit.SHARE), "", None
    )
    return DidHelp(figure, [_answer(one, now, before) for one in Helped] if now.answers else [], _said(now), _why(now))


def _answer(one: Helped, now: Satisfied, before: Satisfied) -> Answer:
    # Whole percentages: beside one with a decimal, one without would look as if it were another kind of number.
    shares = [written(_whole(period.share(one)), Unit.SHARE) for period in (now, before)]
    return Answer(str(ANSWERS[one]), now.answers.get(one, 0), shares[0], shares[1])


def _whole(share: float | None) -> float | None:
    return None if share is None else round(share, 2)


def _said(now: Satisfied) -> str:
    """How many answered, of how many who could."""
    count = written(now.answered, Unit.CONTACTS)
    if not now.answered:
        return _("Nobody answered.")
    words = _(
        "%(answered)s answers, of %(contacts)s contacts by name with an appointment or a session (%(share)s).",
        answered=count, contacts=written(now.contacts, Unit.CONTACTS), share=written(now.answered_share, Unit.SHARE),
    )  # fmt: skip
    aloud = _("%(count)s of them were said aloud and noted.", count=now.aloud) if now.aloud else ""
    return f"{words} {aloud}".strip()


def _why(now: Satisfied) -> str:
    if now.untold is Untold.FEW:
        return _("Answers are told from 11 on: somebody might be recognised.")
    if now.untold is Untold.OWN:
        return _(
            "What people answered about you is told by whole quarter, without filters, once 30 days have passed since "
            "its end, and from 11 answers on: nobody can be recognised then."
        )
    return ""
