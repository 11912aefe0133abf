"""What residents see: refurbished devices that partners offer, and where they are."""

from __future__ import annotations

from flask import Blueprint, Response, request

from foundation import clock, pages
from foundation.i18n import _l
from foundation.paging import page_asked, pages_around
from foundation.security import public
from foundation.web import draw
from vouchers.models import DeviceKind
from vouchers.queries import offers as queries
from vouchers.rules.labels import DEVICES, GRADES, GRADES_SAID

bp = Blueprint("shop", __name__)
A_PAGE = 12

pages.add_door(
    "shop.offers",
    _l("Buy a refurbished device"),
    _l("Computers, tablets and phones that partners of the town sell."),
    order=25,
    picture="vouchers/shop/door.svg",
    shown=lambda: queries.is_anything_on_show(clock.today()),
)


@bp.get("/cheques/offres")
@public
def offers() -> Response:
    """By kind, cheapest first, a dozen a page."""
    kind, number = _kind_asked(), page_asked()
    found = queries.on_show(clock.today(), kind, limit=A_PAGE + 1, skip=(number - 1) * A_PAGE)
    shown = found[:A_PAGE]
    sellers = {one.partner.structure_id: one.partner.structure for one in shown}
    return draw(
        "vouchers/shop/offers.html",
        offers=shown,
        kind=kind,
        sellers=sellers.values(),
        shops=queries.shops_of(sellers),
        devices=DEVICES,
        grades=GRADES,
        grades_said=GRADES_SAID,
        pager=pages_around(number, "shop.offers", more=len(found) > A_PAGE, genre=kind.value if kind else None),
    )


def _kind_asked() -> DeviceKind | None:
    """The kind in `?genre=`; none for all of them, or when it is none."""
    asked = request.args.get("genre", "")
    return DeviceKind(asked) if asked in set(DeviceKind) else None
