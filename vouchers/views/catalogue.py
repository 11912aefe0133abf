"""A partner’s own list of refurbished devices."""

from __future__ import annotations

from flask import Blueprint, Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _, _l
from foundation.pages import add_to_menu
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.catalogue import OfferForm
from vouchers.models import Grade, Offer, Partner, PartnerKind
from vouchers.queries import offers as queries
from vouchers.queries.tills import partner_of_structure
from vouchers.rules.labels import DEVICES, GRADES
from vouchers.rules.offers import SellsNoDevices, check_sells
from vouchers.rules.refusals import NoAgreement
from vouchers.service import catalogue
from vouchers.views.counter.blueprint import own_partner

bp = Blueprint("catalogue", __name__, url_prefix="/partenaire/catalogue")
ONE = "/<int(max=2147483647):offer_id>"
USUAL_WARRANTY = 12


def sells() -> bool:
    """Whether the partner of the person at hand sells devices."""
    partner = partner_of_structure(staff().structure_id)
    return partner is not None and partner.kind is PartnerKind.REFURBISHER


add_to_menu("catalogue.index", _l("My devices"), 48, lights_on=("catalogue",), shown=sells)


def seller() -> Partner:
    """The partner of the person at hand, who sells devices.

    Raises:
        NoAgreement, SellsNoDevices
    """
    partner = own_partner()
    check_sells(partner)
    return partner


@bp.errorhandler(NoAgreement)
@bp.errorhandler(SellsNoDevices)
def nothing_to_sell(refused: Refused) -> AnyResponse:
    """The counter says what this partner can do."""
    flash(str(refused), "warn")
    return see_other("counter.index")


@bp.get("")
@allow(Role.PARTNER)
def index() -> Response:
    offers = queries.offers_of(seller().id)
    return draw("vouchers/catalogue/index.html", offers=offers, devices=DEVICES, grades=GRADES)


@bp.get("/nouveau")
@allow(Role.PARTNER)
def new() -> Response:
    seller()
    return _page(OfferForm(formdata=None, grade=Grade.GOOD, warranty_months=USUAL_WARRANTY))


@bp.post("/nouveau")
@allow(Role.PARTNER)
def add() -> AnyResponse:
    partner_id, form, now, who = seller().id, OfferForm(), clock.now(), staff().id
    if not form.validate():
        return _page(form, status=422)
    try:
        in_transaction(lambda: catalogue.add(partner_id, form.details(), now=now, actor_id=who))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, status=refused.status)
    flash(_("The device is in your list."), "good")
    return see_other("catalogue.index")


@bp.get(ONE)
@allow(Role.PARTNER)
def edit(offer_id: int) -> Response:
    offer = queries.offer_of(seller().id, offer_id)
    seen = "" if offer.stock is None else str(offer.stock)
    return _page(OfferForm(formdata=None, obj=offer, price=offer.price_cents, stock_seen=seen), offer)


@bp.post(ONE)
@allow(Role.PARTNER)
def change(offer_id: int) -> AnyResponse:
    partner_id, form, now, who = seller().id, OfferForm(), clock.now(), staff().id
    if not form.validate():
        return _page(form, queries.offer_of(partner_id, offer_id), 422)
    details, recounted = form.details(), form.recounted
    try:
        in_transaction(
            lambda: catalogue.change(partner_id, offer_id, details, now=now, actor_id=who, recounted=recounted)
        )
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(form, queries.offer_of(partner_id, offer_id), refused.status)
    flash(_("Your changes are saved."), "good")
    return see_other("catalogue.index")


def _page(form: OfferForm, offer: Offer | None = None, status: int = 200) -> Response:
    return draw("vouchers/catalogue/form.html", status, form=form, offer=offer)
