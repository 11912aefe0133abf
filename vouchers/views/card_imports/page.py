"""A card file sent, previewed by doing it and undoing it, confirmed, reported; refused rows to correct and resend."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from foundation.downloads import CSV, download
from foundation.errors import Refused, Unknown
from foundation.i18n import _, _l
from foundation.scope import check_may_change
from foundation.security import allow
from foundation.tables import csv_lines
from foundation.web import draw, refuse, see_other
from places.importing.reading import MAX_BYTES, Table, read_table
from places.transfer import uploads
from places.transfer.leftovers import imports_folder
from places.transfer.rehearsal import rehearse
from places.transfer.uploads import Upload
from vouchers.forms.card_imports import CardFileForm
from vouchers.importing.columns import COLUMNS, found
from vouchers.importing.report import Report, from_json, refused_table, summary_of, to_json
from vouchers.importing.workbook import is_workbook, read_workbook
from vouchers.queries import cards as queries
from vouchers.rules.giving import SETTERS
from vouchers.service.card_imports import import_cards

bp = Blueprint("card_imports", __name__, url_prefix="/equipe/cartes/import")
OURS = "cards"


class NoSuchImport(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This file was sent too long ago. Send it again."))


@bp.get("")
@allow(*SETTERS)
def new() -> Response:
    """Raises: OfTheTerritory"""
    check_may_change(staff().structure_id, None)
    return _page(CardFileForm())


@bp.post("")
@allow(*SETTERS)
def send() -> AnyResponse:
    """Keep the file, if it can be read; nothing is written yet.

    Raises:
        OfTheTerritory
    """
    check_may_change(staff().structure_id, None)
    form = CardFileForm()
    if not form.validate():
        return _page(form, 422)
    sent: FileStorage = form.file.data
    content = sent.stream.read(MAX_BYTES + 1)
    try:
        found(_table(content).columns)
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    token = uploads.keep(staff().id, sent.filename or "", content, b"", {OURS: "1"})
    return see_other("card_imports.preview", token=token)


@bp.get("/modele.csv")
@allow(*SETTERS)
def model() -> Response:
    """An empty file with all columns."""
    return download("".join(csv_lines([str(one.label) for one in COLUMNS], [])), CSV, "modele-cartes.csv")


@bp.get("/<token>")
@allow(*SETTERS)
def preview(token: str) -> Response:
    """What the file would do; once it is imported, what it did."""
    upload = _sent(token)
    done = from_json(upload.done) if upload.done is not None else None
    summary = done or summary_of(rehearse(_act(upload)))
    return draw("vouchers/card_imports/show.html", upload=upload, summary=summary, done=done is not None)


@bp.post("/<token>")
@allow(*SETTERS)
def confirm(token: str) -> AnyResponse:
    upload = _sent(token)
    if upload.done is None:
        report = in_transaction(_act(upload))
        uploads.finish(upload, staff().id, to_json(summary_of(report, _write_refused(report, token))))
    return see_other("card_imports.preview", token=token)


@bp.post("/<token>/abandonner")
@allow(*SETTERS)
def drop(token: str) -> AnyResponse:
    uploads.forget(_sent(token).token)
    flash(_("Nothing was written."), "good")
    return see_other("card_imports.new")


@bp.get("/<token>/refusees.csv")
@allow(*SETTERS)
def refused(token: str) -> AnyResponse:
    """The rows that were refused, with why: corrected, they are sent again as they are."""
    upload = _sent(token)
    path = imports_folder() / (from_json(upload.done).file if upload.done else "")
    if not path.is_file():
        raise NoSuchImport
    return download(path.read_text(encoding="utf-8"), CSV, "cartes-refusees.csv")


def _sent(token: str) -> Upload:
    """A file that the person at hand sent to be read here.

    Raises:
        NoSuchImport
    """
    upload = uploads.fetch(token, staff().id)
    if OURS not in upload.choices:
        raise NoSuchImport
    return upload


def _act(upload: Upload) -> Callable[[], Report]:
    table, actor_id, now = _table(upload.content), staff().id, clock.now()
    return lambda: import_cards(table, db.session.get_one(Account, actor_id), now=now)


def _table(content: bytes) -> Table:
    """Raises: UnreadableFileError"""
    return read_workbook(content) if is_workbook(content) else read_table(content)


def _write_refused(report: Report, token: str) -> str:
    """The name of the file of refused rows; empty when there are none."""
    if not report.rows:
        return ""
    name = f"cards-{clock.now():%Y%m%d-%H%M%S}-{token[:8]}.refused.csv"
    (imports_folder() / name).write_text("".join(csv_lines(*refused_table(report))), encoding="utf-8")
    return name


def _page(form: CardFileForm, status: int = 200) -> Response:
    return draw(
        "vouchers/card_imports/new.html", status, form=form, categories=queries.categories(active=True)
    )  # fmt: skip
