"""A file sent, previewed by doing it and undoing it, confirmed, reported; its refused rows to correct and resend."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.imports import KINDS, ImportForm
from equipment.importing.columns import COLUMNS, Kind, check_kind
from equipment.rules.importing import MOST_ROWS, TooManyRows
from equipment.rules.keeping import KEEPERS
from equipment.service.item_imports import import_items
from equipment.service.kit_imports import import_kits
from equipment.views.imports.blueprint import bp
from foundation import clock
from foundation.downloads import CSV, download
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from places.importing.reading import read_table
from places.transfer import sheets, uploads
from places.transfer.uploads import Upload

ACTS = {Kind.ITEMS: import_items, Kind.KITS: import_kits}
OURS = "equipment"


@bp.get("/import")
@allow(*KEEPERS)
def new() -> Response:
    return draw("equipment/imports/new.html", form=ImportForm())


@bp.post("/import")
@allow(*KEEPERS)
def send() -> AnyResponse:
    """Keep the file, if it can be read; nothing is written yet."""
    form = ImportForm()
    if not form.validate():
        return draw("equipment/imports/new.html", 422, form=form)
    content, kind = uploads.received(form.file.data), form.kind.data
    try:
        table = read_table(content)
        check_kind(kind, table.columns)
        COLUMNS[kind].found(table.columns)
        if len(table.rows) > MOST_ROWS:
            raise TooManyRows
    except Refused as refused:
        refuse(form, refused)
        return draw("equipment/imports/new.html", refused.status, form=form)
    token = uploads.keep(staff().id, form.file.data.filename, content, b"", {OURS: kind.value})
    return see_other("kit_imports.preview", token=token)


@bp.get("/import/<token>")
@allow(*KEEPERS)
def preview(token: str) -> Response:
    """What the file would do; once it is imported, what it did."""
    upload = _sent(token)
    summary = sheets.told(upload, _act(upload))
    return draw("equipment/imports/show.html", upload=upload, kind=KINDS[_kind(upload)], summary=summary)


@bp.post("/import/<token>")
@allow(*KEEPERS)
def confirm(token: str) -> AnyResponse:
    upload = _sent(token)
    sheets.carry_out(upload, staff().id, OURS, _act(upload))
    return see_other("kit_imports.preview", token=token)


@bp.post("/import/<token>/abandonner")
@allow(*KEEPERS)
def drop(token: str) -> AnyResponse:
    uploads.forget(_sent(token).token)
    flash(_("Nothing was written."), "good")
    return see_other("kit_imports.new")


@bp.get("/import/<token>/refusees.csv")
@allow(*KEEPERS)
def refused(token: str) -> AnyResponse:
    """The rows that were refused, to correct and send again."""
    return download(sheets.refused_rows(_sent(token)), CSV, "lignes-refusees.csv")


def _sent(token: str) -> Upload:
    """Raises: NoSuchImport"""
    return uploads.fetch(token, staff().id, OURS)


def _kind(upload: Upload) -> Kind:
    return Kind(upload.choices[OURS])


def _act(upload: Upload) -> sheets.Act:
    return lambda table: ACTS[_kind(upload)](table, staff(), now=clock.now())
