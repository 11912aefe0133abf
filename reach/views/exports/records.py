"""Activity records in La Coop's columns: asked for here, made by the jobs process, watched on a page that reloads."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from uuid import uuid4

from flask import Response, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from foundation.downloads import CSV
from foundation.errors import Refused
from foundation.i18n import _
from foundation.pages import town_name
from foundation.security import allow
from foundation.tables import XLSX_TYPE, Look, write_xlsx
from foundation.web import draw, refuse, see_other
from reach.drawing.words import short_figure
from reach.forms.exports import RecordsForm
from reach.models import RecordExport
from reach.queries import exports as queries
from reach.queries.naming import scope_said
from reach.rules import periods
from reach.rules.exporting import MOST_OF_A_WORKBOOK, TooLong, may_name
from reach.rules.la_coop.lines import COLUMNS, typed
from reach.service import exports as verbs
from reach.views.dashboard.asked import asked, readable
from reach.views.dashboard.blueprint import READERS
from reach.views.exports.blueprint import KIND, bp
from reach.views.exports.sheets import filters_said

EVERY_SECONDS = 3
ONE = "/<int(max=2147483647):export_id>"
BLOCK = 64 * 1024
"""Bytes of a workbook that are read at once."""


@bp.get("")
@allow(*READERS)
def index() -> Response:
    """What may be taken away of the view that the address names."""
    return _index(RecordsForm(data={"request_key": uuid4().hex}))


@bp.post("")
@allow(*READERS)
def ask() -> AnyResponse:
    """Raises: NoFigures, UnreadableView"""
    form, actor_id = RecordsForm(), staff().id
    filters, _scope = readable()

    def asked_for() -> int:
        actor, now = db.session.get_one(Account, actor_id), clock.now()
        return verbs.ask(filters, actor, now=now, names=form.names.data, request_key=form.key).id

    try:
        export_id = in_transaction(asked_for)
    except Refused as refused:
        refuse(form, refused)
        return _index(form, refused.status)
    return see_other("exports.watch", export_id=export_id)


def _index(form: RecordsForm, status: int = 200) -> Response:
    wish, viewer = asked(), staff()
    if wish.filters is None:
        status = 422
    page = draw(
        "reach/exports/index.html", status, form=form, wish=wish, filters=wish.filters, said=periods.said,
        narrowed=filters_said(wish.filters) if wish.filters else [], whose=scope_said(wish.scope),
        may_name=may_name(viewer), mine=queries.of(viewer), filters_of=queries.filters_of,
        most=MOST_OF_A_WORKBOOK, figure=short_figure,
    )  # fmt: skip
    page.headers["Cache-Control"] = "no-store"
    return page


@bp.get(ONE)
@allow(*READERS)
def watch(export_id: int) -> Response:
    """How far it is. The page loads itself again until the file is whole; nothing depends on somebody watching."""
    export = queries.seen(export_id, staff())
    filters = queries.filters_of(export)
    page = draw(
        "reach/exports/watch.html", export=export, seconds=EVERY_SECONDS, said=periods.said(filters.span),
        narrowed=filters_said(filters), whose=scope_said(queries.scope_of(export)), most=MOST_OF_A_WORKBOOK,
        address=filters.to_address(), figure=short_figure,
    )  # fmt: skip
    if export.waits:
        page.headers["Refresh"] = str(EVERY_SECONDS)
    page.headers["Cache-Control"] = "no-store"
    return page


@bp.post(f"{ONE}/retirer")
@allow(*READERS)
def withdraw(export_id: int) -> AnyResponse:
    """Somebody asked for too much, or wants no copy left.

    Raises:
        NoSuchExport
    """
    actor = staff()
    address = queries.filters_of(queries.seen(export_id, actor)).to_address()
    in_transaction(lambda: verbs.withdraw(export_id, db.session.get_one(Account, actor.id)))
    return see_other("exports.index", **address)


@bp.get(f"{ONE}/comptes-rendus.{KIND}")
@allow(*READERS)
def fetch(export_id: int, kind: str) -> Response:
    """A file that is whole, handed out as it is read.

    Raises:
        NoSuchExport, NotMadeYet, NeverMade, TooLong
    """
    export = queries.whole(export_id, staff())
    if kind == "csv":
        return _streamed(queries.text_of(export), CSV, f"comptes-rendus-{export.id}.csv")
    if export.lines > MOST_OF_A_WORKBOOK:
        raise TooLong
    return _streamed(_workbook(export), XLSX_TYPE, f"comptes-rendus-{export.id}.xlsx")


def _workbook(export: RecordExport) -> Iterator[bytes]:
    filters = queries.filters_of(export)
    about = [
        [_("Whose records"), scope_said(queries.scope_of(export))],
        [_("Period"), periods.said(filters.span)],
        *filters_said(filters),
        [_("Asked for on"), export.asked_at.astimezone(clock.territory_zone()).strftime("%d/%m/%Y %H:%M")],
        [_("Lines"), _("One for each person and each head of a count. Nobody who was helped is named.")],
        [_("Columns"), _("Those that La Coop de la médiation numérique exports. What is not known here is empty.")],
    ]
    look = Look(title=f"{town_name()} · {_('Activity records')} · {periods.said(filters.span)}", sifted=True)
    with tempfile.TemporaryFile() as file:
        told = {"Activités": (COLUMNS, map(typed, queries.rows_of(export)))}
        write_xlsx(file, {**told, _("About this file"): ((_("What"), _("Said")), about)}, look)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _streamed(content: Iterator[str] | Iterator[bytes], kind: str, name: str) -> Response:
    response = Response(stream_with_context(content), mimetype=kind)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
