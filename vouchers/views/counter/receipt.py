"""What was taken, one by one: on screen, on paper, and undone on the same day."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from foundation.downloads import PDF, download
from foundation.errors import Refused, Unknown
from foundation.i18n import _, local
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.counter import UndoForm
from vouchers.models import Redemption
from vouchers.queries import tills as queries
from vouchers.queries.counters import short_name
from vouchers.service import undoing
from vouchers.views.counter.blueprint import ONE, bp, own_partner
from vouchers.views.counter.receipt_drawn import drawn
from vouchers.views.counter.receipt_words import amounts_of, facts_of


@bp.get(ONE)
@allow(Role.PARTNER)
def receipt(redemption_id: int) -> Response:
    return _page(_own(redemption_id), UndoForm(formdata=None))


@bp.get(f"{ONE}/recu.pdf")
@allow(Role.PARTNER)
def paper(redemption_id: int) -> Response:
    made = _own(redemption_id)
    return download(drawn(made), PDF, f"recu-{local(made.at):%Y-%m-%d}-{made.id}.pdf")


@bp.post(f"{ONE}/annuler")
@allow(Role.PARTNER)
def undo(redemption_id: int) -> AnyResponse:
    """On the day itself; later the town does."""
    partner_id, form, now, who = own_partner().id, UndoForm(), clock.now(), staff().id
    if not form.validate():
        return _page(_own(redemption_id), form, 422)
    reason = form.reason.data or ""
    try:
        in_transaction(lambda: undoing.undo(redemption_id, reason, _account(who), now=now, partner_id=partner_id))
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(_own(redemption_id), form, refused.status)
    flash(_("It is undone."), "good")
    return see_other("counter.receipt", redemption_id=redemption_id)


def _account(account_id: int) -> Account:
    return db.session.get_one(Account, account_id)


def _own(redemption_id: int) -> Redemption:
    """Raises: NoAgreement, NoSuchRedemption"""
    return queries.redemption_of(own_partner().id, redemption_id)


def _page(made: Redemption, form: UndoForm, status: int = 200) -> Response:
    return draw(
        "vouchers/counter/receipt.html",
        status,
        made=made,
        form=form,
        name=short_name(made.voucher.person),
        facts_said=[*facts_of(made), *amounts_of(made), (_("Receipt number"), made.id)],
        undoable=made.undone_at is None and local(made.at).date() == clock.today(),
    )
