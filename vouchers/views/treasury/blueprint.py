"""What the pages of the treasury share."""

from __future__ import annotations

from flask import Blueprint, Response

from foundation import clock
from foundation.paging import page_asked, pages_around
from foundation.security import Role
from foundation.web import draw
from vouchers.forms.statements import PaidForm, TransferForm
from vouchers.queries import treasury as queries
from vouchers.rules.banking import masked

bp = Blueprint("treasury", __name__, url_prefix="/equipe/tresorerie")
CLERKS = (Role.MANAGER, Role.ADMINISTRATOR)
ONE = "/virements/<int(max=2147483647):transfer_id>"
LISTED = 25


def treasury_page(form: TransferForm | None = None, paid: PaidForm | None = None, status: int = 200) -> Response:
    """What waits to be paid, and the files that were made."""
    page, bank = page_asked(), queries.town_bank()
    made = queries.transfers((page - 1) * LISTED, LISTED + 1)
    waiting = queries.waiting()
    return draw(
        "vouchers/treasury/index.html", status, waiting=waiting, transfers=made[:LISTED],
        going=[one for one in waiting if one.goes], bank=masked(bank.iban) if bank else "", masked=masked,
        form=form or TransferForm(clock.today()), paid=paid or PaidForm(clock.today()),
        pages=pages_around(page, "treasury.index", more=len(made) > LISTED),
    )  # fmt: skip
