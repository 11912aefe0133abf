"""What the square on a voucher opens: at a counter its sale, for everybody else what the paper is for."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.security import Role, current_user_known, public
from foundation.web import draw, see_other

scan_bp = Blueprint("scanned_voucher", __name__)


@scan_bp.get("/cheque/<code>")
@public
def scan(code: str) -> AnyResponse:
    """Nothing is looked up for whoever is not at a counter: the page is the same for any code."""
    if current_user_known() and staff().has(Role.PARTNER):
        return see_other("counter.sale", code=code)
    return draw("vouchers/counter/scanned.html", code=code, known=current_user_known())
