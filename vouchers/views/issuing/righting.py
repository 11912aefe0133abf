"""A voucher put right: cancelled, replaced when it is lost, given more time; each with a reason that stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.errors import Refused, Unknown
from foundation.fields import given
from foundation.i18n import _
from foundation.security import allow
from foundation.web import refuse
from vouchers.forms.issuing import ExtendForm, ReasonForm
from vouchers.models import CardState, Voucher
from vouchers.queries import listing
from vouchers.rules.team import PLANNERS, TEAM
from vouchers.service import ending as verbs
from vouchers.views.acting import done
from vouchers.views.issuing.blueprint import ONE, bp
from vouchers.views.issuing.showing import CANCEL, EXTEND, REPLACE, gone_back, page


@bp.post(f"{ONE}/annuler")
@allow(*PLANNERS)
def cancel(voucher_id: int) -> AnyResponse:
    form = ReasonForm(prefix=CANCEL)
    return _put_right(
        voucher_id, form, "cancelling", _("The voucher is cancelled: what was left is back in the budget."),
        lambda: done(verbs.cancel, voucher_id, form.reason.data or ""),
    )  # fmt: skip


@bp.post(f"{ONE}/remplacer")
@allow(*TEAM)
def replace(voucher_id: int) -> AnyResponse:
    """A lost code is dead at once, also while the card waits; the new one is handed over when the card counts again."""
    form, said = ReasonForm(prefix=REPLACE), _("This voucher takes the place of the lost one. Hand it over.")
    if listing.seen(voucher_id, staff()).card.state is not CardState.LIVE:
        said = _("This voucher takes the place of the lost one. Hand it over when the card counts again.")
    return _put_right(
        voucher_id, form, "replacing", said,
        lambda: done(verbs.replace, voucher_id, form.reason.data or ""),
    )  # fmt: skip


@bp.post(f"{ONE}/prolonger")
@allow(*PLANNERS)
def extend(voucher_id: int) -> AnyResponse:
    form = ExtendForm(prefix=EXTEND)
    return _put_right(
        voucher_id, form, "extending", _("The voucher has more time."),
        lambda: done(verbs.extend, voucher_id, given(form.until.data), form.reason.data or ""),
    )  # fmt: skip


def _put_right(
    voucher_id: int, form: ReasonForm, name: str, said: str, act: Callable[[], Voucher]
) -> AnyResponse:  # fmt: skip
    """The verb, then the voucher that stands now; or what is wrong, in its own form."""
    shown: dict[str, Any] = {name: form}
    voucher = listing.seen(voucher_id, staff())
    if not form.validate():
        return page(voucher, 422, **shown)
    try:
        after = act().id
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return page(listing.seen(voucher_id, staff()), refused.status, **shown)
    return gone_back(after, said)
