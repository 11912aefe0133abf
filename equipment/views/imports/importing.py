"""A file sent, previewed by doing it and undoing it, confirmed, reported; its refused rows to correct and resend."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.imports import KINDS, ImportForm
from equipment.importing.columns import Kind, found
from equipment.importing.report import Report, from_json, refused_table, summary_of, to_json
from equipment.rules.importing import MOST_ROWS, EmptyFile, TooManyRows
from equipment.rules.keeping import KEEPERS
from equipment.service.item_imports import import_items
from equipment.service.kit_imports import import_kits
from equipment.views.imports.blueprint import bp
from foundation import clock
from foundation.db import in_transaction
from foundation.downloads import CSV, download
from foundation.errors import Refused, Unknown
from foundation.i18n import _, _l
from foundation.security import allow
from foundation.tables import csv_lines
from foundation.web import draw, refuse, see_other
from places.importing.reading import MAX_BYTES, read_table
from places.transfer import uploads
from places.transfer.leftovers import imports_folder
from places.transfer.rehearsal import rehearse
from places.transfer.uploads import Upload

ACTS = {Kind.ITEMS: import_items, Kind.KITS: import_kits}


class NoSuchImport(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This file was sent too long ago. Send it again."))


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
    sent: FileStorage = form.file.data
    content, kind = sent.stream.read(MAX_BYTES + 1), form.kind.data
    try:
        if not content.strip():
            raise EmptyFile
        table = read_table(content)
        found(kind, table.columns)
        if len(table.rows) > MOST_ROWS:
            raise TooManyRows
    except Refused as refused:
        refuse(form, refused)
        return draw("equipment/imports/new.html", refused.status, form=form)
    token = uploads.keep(staff().id, sent.filename or "", content, b"", {"equipment": kind.value})
    return see_other("kit_imports.preview", token=token)


@bp.get("/import/<token>")
@allow(*KEEPERS)
def preview(token: str) -> Response:
    """What the file would do; once it is imported, what it did."""
    upload, kind = _sent(token)
    done = from_json(upload.done) if upload.done is not None else None
    summary = done or summary_of(rehearse(_act(upload, kind)))
    return draw(
        "equipment/imports/show.html", upload=upload, kind=KINDS[kind], summary=summary, done=done is not None
    )  # fmt: skip


@bp.post("/import/<token>")
@allow(*KEEPERS)
def confirm(token: str) -> AnyResponse:
    upload, kind = _sent(token)
    if upload.done is None:
        report = in_transaction(_act(upload, kind))
        uploads.finish(upload, staff().id, to_json(summary_of(report, _write_refused(report, token))))
    return see_other("kit_imports.preview", token=token)


@bp.post("/import/<token>/abandonner")
@allow(*KEEPERS)
def drop(token: str) -> AnyResponse:
    upload, _kind = _sent(token)
    uploads.forget(upload.token)
    flash(_("Nothing was written."), "good")
    return see_other("kit_imports.new")


@bp.get("/import/<token>/refusees.csv")
@allow(*KEEPERS)
def refused(token: str) -> AnyResponse:
    """The rows that were refused, with why: corrected, they are sent again as they are."""
    upload, _kind = _sent(token)
    path = imports_folder() / (from_json(upload.done).file if upload.done else "")
    if not path.is_file():
        raise NoSuchImport
    return download(path.read_text(encoding="utf-8"), CSV, "lignes-refusees.csv")


def _sent(token: str) -> tuple[Upload, Kind]:
    """A file that the person at hand sent to be read here.

    Raises:
        NoSuchImport
    """
    upload = uploads.fetch(token, staff().id)
    if "equipment" not in upload.choices:
        raise NoSuchImport
    return upload, Kind(upload.choices["equipment"])


def _act(upload: Upload, kind: Kind) -> Callable[[], Report]:
    table, actor, now = read_table(upload.content), staff(), clock.now()
    return lambda: ACTS[kind](table, actor, now=now)


def _write_refused(report: Report, token: str) -> str:
    """The name of the file of refused rows; empty when there are none."""
    if not report.rows:
        return ""
    name = f"equipment-{clock.now():%Y%m%d-%H%M%S}-{token[:8]}.refused.csv"
    (imports_folder() / name).write_text("".join(csv_lines(*refused_table(report))), encoding="utf-8")
    return name
