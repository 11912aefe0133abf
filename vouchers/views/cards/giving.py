"""Somebody gets a card: who it is, then which category, until when, and whether the proof of income was seen."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.errors import Refused
from foundation.fields import given, whole
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from people import queries as people
from people.models import Person
from vouchers.forms.cards import NewCardForm, ValidityForm
from vouchers.queries import cards as queries
from vouchers.rules.cards import HasACard, NewCard, NoSuchHolder
from vouchers.rules.giving import GIVERS
from vouchers.service import cards
from vouchers.views.acting import done
from vouchers.views.cards.blueprint import CARDS, bp, choices

USUAL = timedelta(days=364)


@bp.get(f"{CARDS}/nouvelle")
@allow(*GIVERS)
def new() -> AnyResponse:
    """Without anybody chosen, the search. Who has a card is led to it.

    Raises:
        NoSuchHolder
    """
    wanted = request.args.get("habitant")
    if not wanted:
        return see_other("cards.index")
    person = _person(whole(wanted))
    if card := queries.standing_of(person.id):
        return see_other("cards.show", card_id=card.id)
    today = clock.today()
    form = NewCardForm(
        choices(), data={"valid_from": today, "valid_until": today + USUAL, "proof_seen_on": today}
    )  # fmt: skip
    return _page(form, person)


@bp.post(f"{CARDS}/nouvelle")
@allow(*GIVERS)
def create() -> AnyResponse:
    """Raises: NoSuchHolder"""
    person = _person(whole(request.args.get("habitant")))
    form = NewCardForm(choices())
    if not form.validate():
        return _page(form, person, 422)
    wanted = _wanted(form, person.id)
    try:
        card = done(cards.create, wanted)
    except HasACard as refused:
        flash(str(refused), "warn")
        return see_other("cards.new", habitant=wanted.person_id)
    except Refused as refused:
        refuse(form, refused)
        return _page(form, _person(wanted.person_id), refused.status)
    flash(_("The card is given. Print it now."), "good")
    return see_other("cards.show", card_id=card.id)


def _person(person_id: int) -> Person:
    """Raises: NoSuchHolder"""
    found = people.current(person_id) if person_id else None
    if found is None:
        raise NoSuchHolder
    return found


def _wanted(form: NewCardForm, person_id: int) -> NewCard:
    return NewCard(
        person_id, form.category.data, given(form.valid_from.data), given(form.valid_until.data),
        form.household.data or "", form.former_number.data or "", proof_day(form),
    )  # fmt: skip


def proof_day(form: ValidityForm) -> date | None:
    """The day on which the proof was seen, when the form says that it was."""
    return form.proof_seen_on.data if form.proof_seen.data else None


def _page(form: NewCardForm, person: Person, status: int = 200) -> Response:
    return draw("vouchers/cards/new.html", status, form=form, person=person)
