"""Categories of cards: the town adds, words and puts them at rest. Cards keep theirs."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Account
from foundation import audit
from foundation.db import db, explain_constraint
from foundation.scope import check_may_change
from places.clean.text import search_key
from vouchers.models import CardCategory
from vouchers.rules.categories import CategoryTwice, NoSuchCategoryKnown, check_label

explain_constraint("uq_card_category_label", CategoryTwice)


def add(label: str, actor: Account) -> CardCategory:
    """Raises: OfTheTerritory, CategoryNameless, CategoryTwice"""
    check_may_change(actor.structure_id, None)
    named = check_label(label)
    _check_free(named, None)
    category = CardCategory(label=named)
    db.session.add(category)
    db.session.flush()
    _note("created", category, actor)
    return category


def change(category_id: int, label: str, actor: Account, *, active: bool) -> CardCategory:
    """Word it otherwise, put it at rest (no new card has it) or back in use. The same again changes nothing.

    Raises:
        OfTheTerritory, NoSuchCategoryKnown, CategoryNameless, CategoryTwice
    """
    check_may_change(actor.structure_id, None)
    category = db.session.get(CardCategory, category_id, with_for_update=True, populate_existing=True)
    if category is None:
        raise NoSuchCategoryKnown
    named = check_label(label)
    if (category.label, category.active) == (named, active):
        return category
    _check_free(named, category_id)
    category.label, category.active = named, active
    db.session.flush()
    _note("changed", category, actor)
    return category


def _check_free(label: str, but: int | None) -> None:
    """Accents and capitals do not make another name. Raises: CategoryTwice"""
    rows = db.session.execute(select(CardCategory.id, CardCategory.label))
    if any(search_key(known) == search_key(label) and id_ != but for id_, known in rows):
        raise CategoryTwice


def _note(act: str, category: CardCategory, actor: Account) -> None:
    audit.record(f"card_category.{act}", f"card_category:{category.id}", actor_id=actor.id, active=category.active)
