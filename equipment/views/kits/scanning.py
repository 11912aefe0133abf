"""What a label leads to: whoever scans it with a telephone is led to what they need of it just then."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.models import Condition, Item, Kit, Reservation, ReservationState
from equipment.queries import handing, stock
from equipment.queries import items as item_queries
from equipment.queries import kept as queries
from equipment.queries import scanned as loans
from equipment.rules.codes import plain_code
from equipment.rules.keeping import NoSuchItem, sees
from equipment.views.kits.blueprint import bp
from foundation import clock
from foundation.security import current_user_known, public
from foundation.web import draw, see_other


@bp.get("/m/<code>")
@public
def scan(code: str) -> AnyResponse:
    """The team is led to the checklist that is open, else to the page; who has borrowed it, to report a problem.

    Everybody else reads whose it is and whom to call.

    Raises:
        NoSuchItem
    """
    item = item_queries.by_code(plain_code(code))
    kit = item.kit if item else queries.by_code(plain_code(code))
    if item is None and kit is None:
        raise NoSuchItem
    account = staff() if current_user_known() else None
    owner_id = item.structure_id if item else kit.structure_id if kit else None
    if account and sees(account, owner_id):
        return _for_team(item, kit)
    loan = loans.borrowed_by(account, kit.id) if account and kit else None
    if loan:
        return see_other("borrowing.problem", code=loan.code, **({"appareil": item.code} if item else {}))
    return _for_finder(item, kit)


def _for_team(item: Item | None, kit: Kit | None) -> AnyResponse:
    if item is None:
        return _kit(kit) if kit else see_other("kits.index")
    row = f"i{item.id}"
    if item.condition is Condition.RETIRED:
        return see_other("kits.item", code=item.code)
    counted = stock.open_of(item.kit_id) if item.kit_id else None
    if counted:
        return see_other("stock.show", taking_id=counted.id, _anchor=row)
    loan = handing.open_loan_of(item, clock.now())
    return _checklist(loan, item) if loan else see_other("kits.item", code=item.code)


def _kit(kit: Kit) -> AnyResponse:
    loan = loans.at_hand(kit.id, clock.now())
    return _checklist(loan, None) if loan else see_other("kits.show", kit_id=kit.id)


def _checklist(loan: Reservation, item: Item | None) -> AnyResponse:
    """That of the return when it is out, else that of the hand-over; the device is ticked on it."""
    page = "handing.ask_take_back" if loan.state is ReservationState.HANDED_OVER else "handing.ask_hand_over"
    ticked = {"coche": item.id, "_anchor": f"i{item.id}"} if item else {}
    return see_other(page, reservation_id=loan.id, **ticked)


def _for_finder(item: Item | None, kit: Kit | None) -> Response:
    """Whose it is, where it is kept and whom to call; nothing of who has it."""
    owner = (item.structure if item else None) or (kit.structure if kit else None)
    return draw("equipment/kits/found.html", item=item, kit=kit, owner=owner, known=current_user_known())
