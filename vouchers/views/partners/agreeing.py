"""An agreement is written down, or changed."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.partners import AgreementForm, NewPartnerForm
from vouchers.models import Partner
from vouchers.queries import partners as queries
from vouchers.rules.partners import check_of_the_territory
from vouchers.service import partners as verbs
from vouchers.views.partners.blueprint import KEEPERS, ONE, bp


@bp.get("/nouveau")
@allow(*KEEPERS)
def new() -> Response:
    check_of_the_territory(staff())
    return _page(_new_form(), None)


@bp.post("/nouveau")
@allow(*KEEPERS)
def create() -> AnyResponse:
    check_of_the_territory(staff())
    form = _new_form()
    if not form.validate():
        return _page(form, None, 422)
    agreement, now = form.agreed(), clock.now()
    try:
        made = in_transaction(lambda: verbs.create(agreement, staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, None, refused.status)
    flash(_("The agreement is written down. Write now where the partner is paid."), "good")
    return see_other("partners.show", partner_id=made.id)


@bp.get(f"{ONE}/modifier")
@allow(*KEEPERS)
def edit(partner_id: int) -> Response:
    check_of_the_territory(staff())
    partner = queries.partner(partner_id)
    return _page(AgreementForm(partner), partner)


@bp.post(f"{ONE}/modifier")
@allow(*KEEPERS)
def change(partner_id: int) -> AnyResponse:
    check_of_the_territory(staff())
    partner = queries.partner(partner_id)
    form = AgreementForm(partner)
    if not form.validate():
        return _page(form, partner, 422)
    agreement = form.agreement(partner.structure_id, partner.kind)
    try:
        in_transaction(lambda: verbs.change(partner_id, agreement, staff()))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, queries.partner(partner_id), refused.status)
    flash(_("Saved."), "good")
    return see_other("partners.show", partner_id=partner_id)


def _new_form() -> NewPartnerForm:
    return NewPartnerForm([(one.id, one.name) for one in queries.structures_without()])


def _page(form: AgreementForm, partner: Partner | None, status: int = 200) -> Response:
    return draw("vouchers/partners/form.html", status, form=form, partner=partner)
