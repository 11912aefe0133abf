"""The categories of cards on one page: each a small form, and one for a new one."""

from __future__ import annotations

from flask import Blueprint, Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.cards import CategoryForm
from vouchers.queries import cards as queries
from vouchers.rules.giving import SETTERS
from vouchers.service import categories

bp = Blueprint("card_categories", __name__, url_prefix="/equipe/cartes/categories")


@bp.get("")
@allow(*SETTERS)
def index() -> Response:
    return _page(CategoryForm(formdata=None))


@bp.post("")
@allow(*SETTERS)
def add() -> AnyResponse:
    """Raises: OfTheTerritory"""
    form = CategoryForm()
    if not form.validate():
        return _page(form, 422)
    label, actor_id = form.label.data or "", staff().id
    try:
        in_transaction(lambda: categories.add(label, db.session.get_one(Account, actor_id)))
    except Refused as refused:
        if refused.field is None:
            raise
        refuse(form, refused)
        return _page(form, refused.status)
    flash(_("Added."), "good")
    return see_other("card_categories.index")


@bp.get("/<int(max=2147483647):category_id>")
@allow(*SETTERS)
def edit(category_id: int) -> Response:
    """Raises: NoSuchCategoryKnown"""
    category = queries.category(category_id)
    return draw("vouchers/cards/category.html", form=CategoryForm(obj=category), category=category)


@bp.post("/<int(max=2147483647):category_id>")
@allow(*SETTERS)
def save(category_id: int) -> AnyResponse:
    """Raises: NoSuchCategoryKnown, OfTheTerritory"""
    category, form = queries.category(category_id), CategoryForm()
    if not form.validate():
        return draw("vouchers/cards/category.html", 422, form=form, category=category)
    label, active, actor_id = form.label.data or "", form.active.data, staff().id
    try:
        in_transaction(
            lambda: categories.change(category_id, label, db.session.get_one(Account, actor_id), active=active)
        )
    except Refused as refused:
        if refused.field is None:
            raise
        refuse(form, refused)
        return draw("vouchers/cards/category.html", refused.status, form=form, category=queries.category(category_id))
    flash(_("Saved."), "good")
    return see_other("card_categories.index")


def _page(form: CategoryForm, status: int = 200) -> Response:
    return draw(
        "vouchers/cards/categories.html", status, form=form, categories=queries.categories(),
        counts=queries.cards_by_category(), decides=staff().structure_id is None,
    )  # fmt: skip
