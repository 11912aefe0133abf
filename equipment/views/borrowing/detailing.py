"""How the kit gets there and back, whom to call, the activity sheet, and the conditions of the kit."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.borrowing import DetailsForm
from equipment.forms.borrowing_answers import wish_of
from equipment.queries.contents import Contents, contents_of
from equipment.queries.kits import lendables_for
from equipment.rules.lending import check_wish
from equipment.views.borrowing.asking import sent
from equipment.views.borrowing.blueprint import borrower, bp, drafts
from foundation.errors import Refused
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other

DETAILS = ("outward", "homeward", "contact_phone", "sheet_url", "accepted")


@bp.get("/reserver/conditions")
@allow(Role.HOST)
def details() -> AnyResponse:
    key = request.args.get("d", "")
    answers, kit = chosen(key)
    if answers is None or kit is None:
        return before(key)
    return details_page(key, answers, kit)


def chosen(key: str) -> tuple[dict[str, Any] | None, Contents | None]:
    """The answers so far, and the kit that was chosen of those that this borrower may reserve."""
    account, answers = borrower(), drafts.find(key)
    wanted = (answers or {}).get("kit_id")
    known = next((kit.id for kit in lendables_for(account) if kit.id == wanted), None)
    return answers, contents_of(known) if known is not None else None


def before(key: str) -> AnyResponse:
    """Where to go when a question was passed over: what was reserved already, or the question."""
    return sent(key) or see_other("borrowing.choose", d=key)


def details_page(key: str, answers: dict[str, Any], kit: Contents, refused: Refused | None = None) -> Response:
    """The page with what was typed before; with a refusal of one of its fields, its status."""
    typed = {name: answers[name] for name in DETAILS if name in answers}
    form = DetailsForm(kit.kit.rules, formdata=None, data={"contact_phone": staff().phone} | typed)
    if refused:
        refuse(form, refused)
    return _page(key, form, kit, refused.status if refused else 200)


def _page(key: str, form: DetailsForm, kit: Contents, status: int) -> Response:
    return draw("equipment/borrowing/details.html", status, key=key, form=form, held=kit)


@bp.post("/reserver/conditions")
@allow(Role.HOST)
def detailed() -> AnyResponse:
    key = request.args.get("d", "")
    answers, kit = chosen(key)
    if answers is None or kit is None:
        return before(key)
    form = DetailsForm(kit.kit.rules)
    if not form.validate():
        return _page(key, form, kit, 422)
    typed = answers | form.answers()
    try:
        check_wish(wish_of(typed, None, None))
        drafts.keep(key, typed)
    except Refused as refused:
        refuse(form, refused)
        return _page(key, form, kit, refused.status)
    return see_other("borrowing.check", d=key)
