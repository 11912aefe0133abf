"""A card file sent, previewed by doing it and undoing it, confirmed, reported; refused rows to correct and resend."""

from __future__ import annotations

from flask import Blueprint, Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db
from foundation.downloads import CSV, download
from foundation.errors import Refused
from foundation.i18n import _
from foundation.scope import check_may_change
from foundation.security import allow
from foundation.tables import csv_lines
from foundation.web import draw, refuse, see_other
from places.importing.reading import read_table
from places.transfer import sheets, uploads
from places.transfer.uploads import Upload
from vouchers.forms.card_imports import CardFileForm
from vouchers.importing.columns import COLUMNS
from vouchers.queries import cards as queries
from vouchers.rules.giving import SETTERS
from vouchers.service.card_imports import import_cards

bp = Blueprint("card_imports", __name__, url_prefix="/equipe/cartes/import")
OURS = "cards"


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
    content = uploads.received(form.file.data)
    try:
        COLUMNS.found(read_table(content).columns)
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    token = uploads.keep(staff().id, form.file.data.filename, content, b"", {OURS: "1"})
    return see_other("card_imports.preview", token=token)


@bp.get("/modele.csv")
@allow(*SETTERS)
def model() -> Response:
    """An empty file with all columns."""
    return download("".join(csv_lines(COLUMNS.headings, [])), CSV, "modele-cartes.csv")


@bp.get("/<token>")
@allow(*SETTERS)
def preview(token: str) -> Response:
    """What the file would do; once it is imported, what it did."""
    upload = _sent(token)
    return draw("vouchers/card_imports/show.html", upload=upload, summary=sheets.told(upload, _act()))


@bp.post("/<token>")
@allow(*SETTERS)
def confirm(token: str) -> AnyResponse:
    sheets.carry_out(_sent(token), staff().id, OURS, _act())
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
    """The rows that were refused, to correct and send again."""
    return download(sheets.refused_rows(_sent(token)), CSV, "cartes-refusees.csv")


def _sent(token: str) -> Upload:
    """Raises: NoSuchImport"""
    return uploads.fetch(token, staff().id, OURS)


def _act() -> sheets.Act:
    actor_id, now = staff().id, clock.now()
    return lambda table: import_cards(table, db.session.get_one(Account, actor_id), now=now)


def _page(form: CardFileForm, status: int = 200) -> Response:
    return draw(
        "vouchers/card_imports/new.html", status, form=form, categories=queries.categories(active=True)
    )  # fmt: skip
