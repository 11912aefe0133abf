"""One voucher: what is left of it, everything that happened to it, its paper; handed over by one press."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.downloads import PDF, download
from foundation.errors import Refused, Unknown
from foundation.i18n import _, _l
from foundation.security import allow
from foundation.web import BaseForm, draw, safe_next, see_other
from vouchers.forms.issuing import ExtendForm, ReasonForm
from vouchers.models import CardState, HandedOver, Voucher
from vouchers.queries import listing
from vouchers.rules.codes import spoken
from vouchers.rules.labels import HANDED_OVER, MOVEMENTS, ONE_VOUCHER, VOUCHER_STATES
from vouchers.rules.states import check_printed
from vouchers.rules.team import PLANNERS, TEAM
from vouchers.service import issuing as verbs
from vouchers.views.acting import done
from vouchers.views.issuing.blueprint import ONE, bp
from vouchers.views.issuing.paper import paper as drawn

CANCEL, REPLACE, EXTEND = "cancel-", "replace-", "extend-"
"""Three forms stand on one page: their fields have names of their own."""


class NoSuchWay(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such button. Go back to the voucher."))


@bp.get(ONE)
@allow(*TEAM)
def show(voucher_id: int) -> Response:
    return page(listing.seen(voucher_id, staff()))


@bp.post(f"{ONE}/remettre")
@allow(*TEAM)
def hand_over(voucher_id: int) -> AnyResponse:
    """In person, or posted; then back to where it was pressed, the day of a mediator for instance."""
    listing.seen(voucher_id, staff())
    how = request.form.get("how", HandedOver.IN_PERSON.value)
    if how not in set(HandedOver):
        raise NoSuchWay
    try:
        done(verbs.hand_over, voucher_id, HandedOver(how))
    except Unknown:
        raise
    except Refused as refused:
        return page(listing.seen(voucher_id, staff()), refused.status, refusal=str(refused))
    flash(_("The voucher is handed over: it can be used from now on."), "good")
    return redirect(safe_next(url_for("issuing.show", voucher_id=voucher_id)), code=303)


@bp.get(f"{ONE}/cheque.pdf")
@allow(*TEAM)
def paper(voucher_id: int) -> Response:
    """In the language of its person.

    Raises:
        NoSuchVoucher, NotPrinted, CardWaits
    """
    voucher = listing.seen(voucher_id, staff())
    check_printed(voucher.state, voucher.card.state)
    return download(drawn(voucher), PDF, f"cheque-{voucher.id}.pdf")


def page(voucher: Voucher, status: int = 200, *, refusal: str = "", **forms: BaseForm) -> Response:
    """A voucher as it is, with the form that was refused, or what was refused above it."""
    viewer = staff()
    shown = {
        "cancelling": forms.get("cancelling") or ReasonForm(prefix=CANCEL),
        "replacing": forms.get("replacing") or ReasonForm(prefix=REPLACE),
        "extending": forms.get("extending") or ExtendForm(prefix=EXTEND),
    }
    return draw(
        "vouchers/issuing/show.html", status, voucher=voucher, campaign=voucher.campaign, **shown, refusal=refusal,
        tried=next(iter(forms.values()), None), states=VOUCHER_STATES, movements=MOVEMENTS, ways=HANDED_OVER,
        kinds=ONE_VOUCHER, code=spoken(voucher.code), successor=listing.successor_of(voucher.id),
        live=voucher.state.live, decides=viewer.has(*PLANNERS), good=voucher.valid_until >= clock.today(),
        before=listing.replaced_by(voucher), spoken=spoken,
        waits=voucher.state.live and voucher.card.state is not CardState.LIVE,
    )  # fmt: skip


def gone_back(voucher_id: int, said: str) -> AnyResponse:
    flash(said, "good")
    return see_other("issuing.show", voucher_id=voucher_id)
