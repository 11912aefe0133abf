"""A statement is disputed, approved, or paid by other means than a file."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import given
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import BaseForm, refuse, see_other
from vouchers.forms.statements import AnswerForm, DisputeForm, PaidForm
from vouchers.models import Statement
from vouchers.queries import statement_lines as ledger
from vouchers.queries import statements as queries
from vouchers.service import statements, treasury
from vouchers.views.statements.blueprint import KEEPERS, ONE, bp, statement_page
from vouchers.views.statements.words import undone_words


@bp.post(f"{ONE}/contester")
@allow(Role.PARTNER)
def dispute(statement_id: int) -> AnyResponse:
    form, now = DisputeForm(), clock.now()
    queries.seen(statement_id, staff())
    if not form.validate():
        return statement_page(queries.seen(statement_id, staff()), dispute=form, status=422)
    return _done(
        statement_id, form, _("The town was told. It looks at the statement before it pays."),
        lambda: statements.dispute(statement_id, given(form.reason.data), staff(), now=now), "dispute",
    )  # fmt: skip


@bp.post(f"{ONE}/approuver")
@allow(*KEEPERS)
def approve(statement_id: int) -> AnyResponse:
    form, now = AnswerForm(), clock.now()
    queries.seen(statement_id, staff())
    if not form.validate():
        return statement_page(queries.seen(statement_id, staff()), answer=form, status=422)
    found = queries.seen(statement_id, staff())
    undone = undone_words(ledger.undone_since(ledger.Stated.of(found)))
    return _done(
        statement_id, form, " ".join(filter(None, (_("Approved: it waits for the treasury."), undone))),
        lambda: statements.approve(statement_id, staff(), now=now, answer=form.answer.data or ""), "answer",
    )  # fmt: skip


@bp.post(f"{ONE}/payer")
@allow(*KEEPERS)
def settle(statement_id: int) -> AnyResponse:
    form, now = PaidForm(), clock.now()
    queries.seen(statement_id, staff())
    if not form.validate():
        return statement_page(queries.seen(statement_id, staff()), paid=form, status=422)
    day = given(form.paid_on.data)
    return _done(
        statement_id, form, _("Noted as paid."), lambda: treasury.settle(statement_id, day, staff(), now=now), "paid"
    )


def _done(statement_id: int, form: BaseForm, said: str, verb: Callable[[], Statement], name: str) -> AnyResponse:
    """To the statement, or to the page again with what was refused on the form called `name`."""
    try:
        in_transaction(verb)
    except Refused as refused:
        refuse(form, refused)
        forms = {name: form}
        return statement_page(queries.seen(statement_id, staff()), **forms, status=refused.status)
    flash(said, "good")
    return see_other("statements.show", statement_id=statement_id)
