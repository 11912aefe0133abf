"""What the pages of statements share."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response

from accounts.current import staff
from foundation import clock
from foundation.paging import page_asked, pages_around
from foundation.security import Role
from foundation.web import draw
from vouchers.forms.statements import AnswerForm, DisputeForm, PaidForm
from vouchers.models import Statement, StatementState
from vouchers.queries import statement_lines as ledger
from vouchers.queries import statements as queries
from vouchers.rules.labels import STATEMENT_STATES
from vouchers.rules.partners import is_of_the_territory
from vouchers.rules.statements import LONGEST_WORKBOOK, last_day_to_dispute
from vouchers.service.days import day_of
from vouchers.views.statements.words import bought, month_of, taken_off, undone_words

bp = Blueprint("statements", __name__, url_prefix="/releves")
ONE = "/<int(max=2147483647):statement_id>"
READERS = (Role.PARTNER, Role.MANAGER, Role.ADMINISTRATOR)
KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)
LINES = 100


def statement_page(
    statement: Statement, *, dispute: DisputeForm | None = None, paid: PaidForm | None = None,
    answer: AnswerForm | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """One statement, a page of its lines, and what the person at hand may do with it."""
    page = page_asked()
    found = ledger.page(ledger.Stated.of(statement), (page - 1) * LINES, LINES + 1)
    return draw(
        "vouchers/statements/show.html", status, statement=statement, month=month_of(statement), lines=found[:LINES],
        campaigns=ledger.by_campaign(statement), states=STATEMENT_STATES, bought=bought, tags=TAGS,
        taken_off=taken_off, undone=undone_words(ledger.undone_since(ledger.Stated.of(statement))),
        pages=pages_around(page, "statements.show", more=len(found) > LINES, statement_id=statement.id),
        may=_may(statement), until=_last_day(statement), dispute=dispute or DisputeForm(),
        answer=answer or AnswerForm(), paid=paid or PaidForm(clock.today()),
    )  # fmt: skip


def _last_day(statement: Statement) -> date:
    """Until when the partner may dispute it."""
    return last_day_to_dispute(day_of(statement.issued_at))


def _may(statement: Statement) -> dict[str, Any]:
    """What the person at hand may do now."""
    town, own = is_of_the_territory(staff()), queries.is_own(statement.partner, staff())
    open_ = statement.state in {StatementState.ISSUED, StatementState.DISPUTED}
    return {
        "town": town,
        "dispute": own and statement.state is StatementState.ISSUED and clock.today() <= _last_day(statement),
        "approve": town and open_,
        "workbook": statement.count <= LONGEST_WORKBOOK,
        "settle": town and statement.state is StatementState.APPROVED and statement.transfer_id is None,
    }


TAGS = {
    StatementState.ISSUED: "expected",
    StatementState.DISPUTED: "absent",
    StatementState.APPROVED: "seen",
    StatementState.PAID: "",
}
"""How a state is coloured."""
