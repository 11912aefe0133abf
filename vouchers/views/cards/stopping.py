"""A card is suspended, lost, replaced or ended, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.errors import Forbidden, Refused
from foundation.i18n import _l
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.cards import ReasonForm
from vouchers.models import Card
from vouchers.queries import cards as queries
from vouchers.rules.cards import check_current, check_replaceable
from vouchers.rules.giving import FINDERS, GIVERS
from vouchers.service import cards
from vouchers.views.acting import done
from vouchers.views.cards.blueprint import CARD, bp

Verb = Callable[[int, str], Card]


@dataclass(frozen=True)
class Act:
    """Something done with a card for a reason.

    Attributes:
        title: of its page and button; told: what it means; done: what is said after it.
        needed: without a reason it is not done; everybody: also for those who give no cards.
        ends: what is left on it is lost with it.
    """

    verb: Verb
    title: Any
    told: Any
    done: Any
    needed: bool
    everybody: bool = False
    ends: bool = False


ACTS = {
    "suspendre": Act(
        lambda card_id, reason: done(cards.suspend, card_id, reason), _l("Suspend the card"),
        _l("Its vouchers wait: nothing can be paid with them until the card counts again."),
        _l("The card is suspended."), needed=True,
    ),
    "perdue": Act(
        lambda card_id, reason: done(cards.lose, card_id, reason=reason),
        _l("Declare the card lost"),
        _l("The number stops working at once. A new card takes over what is left on it."),
        _l("The card is declared lost. Replace it when its holder wants another."), needed=False, everybody=True,
    ),
    "remplacer": Act(
        lambda card_id, reason: done(cards.replace, card_id, reason=reason),
        _l("Replace the card"),
        _l("A new card with a new number takes over what is left; the old number never works again."),
        _l("This is the new card. Print it now."), needed=False, everybody=True,
    ),
    "terminer": Act(
        lambda card_id, reason: done(cards.end, card_id, reason), _l("End the card"),
        _l("For somebody who has no right to it any more. This can not be undone: they would get a new card."),
        _l("The card is ended."), needed=True, ends=True,
    ),
}  # fmt: skip


@bp.get(f"{CARD}/<any(suspendre, perdue, remplacer, terminer):what>")
@allow(*FINDERS)
def ask(card_id: int, what: str) -> Response:
    """Raises: Forbidden, NoSuchCard, CardIsOver"""
    act, card = _act(what), queries.seen(card_id)
    (check_replaceable if act.everybody or what == "terminer" else check_current)(card.state)
    return _page(act, card, ReasonForm())


@bp.post(f"{CARD}/<any(suspendre, perdue, remplacer, terminer):what>")
@allow(*FINDERS)
def do(card_id: int, what: str) -> AnyResponse:
    """Raises: Forbidden, NoSuchCard"""
    act, form = _act(what), ReasonForm()
    if not form.validate():
        return _page(act, queries.seen(card_id), form, 422)
    try:
        card = act.verb(card_id, form.reason.data or "")
    except Refused as refused:
        refuse(form, refused)
        return _page(act, queries.seen(card_id), form, refused.status)
    flash(str(act.done), "good")
    return see_other("cards.show", card_id=card.id)


def _act(what: str) -> Act:
    """Raises: Forbidden"""
    act = ACTS[what]
    if not act.everybody and not staff().has(*GIVERS):
        raise Forbidden(_l("Those who give cards do this: ask the CCAS or a manager."))
    return act


def _page(act: Act, card: Card, form: ReasonForm, status: int = 200) -> Response:
    live, cents = queries.left_on(card.id) if act.ends else (0, 0)
    return draw("vouchers/cards/act.html", status, act=act, card=card, form=form, live=live, cents=cents)
