"""A file sent, previewed by doing it and undoing it, confirmed, reported; its refused rows to download."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Response, abort, flash, request, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from places import service
from places.forms.imports import KINDS, ImportForm, Kind
from places.importing.reading import read_table
from places.importing.report import Report
from places.models import Level
from places.rules import check_whole_territory
from places.transfer import uploads
from places.transfer.leftovers import imports_folder, write_leftovers
from places.transfer.parts import ADDRESSES_AT_ONCE, Act, carry_out
from places.transfer.summary import from_json, summary_of, to_json
from places.transfer.uploads import Upload
from places.views.blueprint import KEEPERS, actor, bp
from places.views.previewing import COLUMNS


@bp.get("/import")
@allow(*KEEPERS)
def new_import() -> Response:
    check_whole_territory(actor())
    form = ImportForm()
    if request.args.get("kind") in {kind.value for kind in Kind}:
        form.kind.data = Kind(request.args["kind"])
    return draw("places/import.html", form=form)


@bp.post("/import")
@allow(*KEEPERS)
def send_import() -> AnyResponse:
    """Keep the file and show what it would do; nothing is written yet."""
    check_whole_territory(actor())
    form = ImportForm()
    if not form.validate():
        return draw("places/import.html", 422, form=form)
    choices = {
        "kind": form.kind.data.value,
        "source": (form.source.data or "").strip(),
        "level": form.level.data or "",
        "commune": form.commune.data or "",
        "population_year": str(form.population_year.data or ""),
    }
    sent: FileStorage = form.file.data
    content, beside = uploads.received(sent), uploads.received(form.population.data)
    upload = Upload("", sent.filename or "", choices, content, beside)
    try:
        _carry_out(upload, rehearsal=True)
    except Refused as refused:
        refuse(form, refused)
        return draw("places/import.html", refused.status, form=form)
    token = uploads.keep(actor().id or 0, upload.filename, content, beside, choices)
    return see_other("places.preview_import", token=token)


def _carry_out(upload: Upload, *, rehearsal: bool = False) -> Report:
    """Do what `upload` asks for.

    Raises:
        UnreadableFileError: when either file is not a table.
    """
    at_once = ADDRESSES_AT_ONCE if upload.choices["kind"] == Kind.ADDRESSES else None
    return carry_out(_act(upload), read_table(upload.content), at_once=at_once, rehearsal=rehearsal)


def _act(upload: Upload) -> Act:
    """The import that `upload` asks for."""
    beside = read_table(upload.beside) if upload.beside else None
    choices, who = upload.choices, actor().id
    kind = Kind(choices["kind"])
    source = choices["source"]
    named = source or Path(upload.filename).stem or kind.value
    year, level = choices["population_year"], choices["level"]
    acts: dict[Kind, Act] = {
        Kind.VENUES: lambda table: service.import_venues(table, source, clock.today(), actor_id=who),
        Kind.SCHOOLS: lambda table: service.import_schools(table, named, actor_id=who),
        Kind.CARE_HOMES: lambda table: service.import_care_homes(table, named, actor_id=who),
        Kind.ADDRESSES: lambda table: service.import_addresses(table, named, actor_id=who),
        Kind.NEIGHBOURHOODS: lambda table: service.import_neighbourhoods(
            table,
            named,
            level=Level(level) if level else None,
            population=beside,
            population_year=int(year) if year else None,
            commune_code=choices["commune"],
            actor_id=who,
        ),
    }
    return acts[kind]


@bp.get("/import/<token>")
@allow(*KEEPERS)
def preview_import(token: str) -> Response:
    """What the file would do; once it is imported, what it did."""
    upload = uploads.fetch(token, actor().id or 0, "kind")
    chosen = Kind(upload.choices["kind"])
    kind = KINDS[chosen]
    if upload.done is not None:
        return draw("places/import_done.html", upload=upload, kind=kind, summary=from_json(upload.done))
    report = _carry_out(upload, rehearsal=True)
    return draw(
        "places/import_preview.html",
        upload=upload,
        kind=kind,
        summary=summary_of(report),
        sample=report.sample,
        columns=COLUMNS[chosen],
    )


@bp.post("/import/<token>")
@allow(*KEEPERS)
def confirm_import(token: str) -> AnyResponse:
    who = actor()
    check_whole_territory(who)
    upload = uploads.fetch(token, who.id or 0, "kind")
    with uploads.one_by_one(token) as wanted:
        if wanted:
            report = _carry_out(upload)
            files = write_leftovers(report, imports_folder(), _name(upload))
            uploads.finish(upload, who.id or 0, to_json(summary_of(report, [path.name for path in files])))
    return see_other("places.preview_import", token=token)


def _name(upload: Upload) -> str:
    """Name of the files beside the import: when, what, and the file's own name."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(upload.filename).stem)[:60]
    return f"{clock.now():%Y%m%d-%H%M%S}-{upload.token[:8]}-{stem}"


@bp.post("/import/<token>/abandonner")
@allow(*KEEPERS)
def drop_import(token: str) -> AnyResponse:
    upload = uploads.fetch(token, actor().id or 0, "kind")
    uploads.forget(upload.token)
    flash(_("Nothing was written."), "good")
    return see_other("places.venue_list")


@bp.get("/import/restes/<name>")
@allow(*KEEPERS)
def leftovers(name: str) -> AnyResponse:
    """A file of refused rows, or of remarks, of an earlier import."""
    check_whole_territory(actor())
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.(refused|remarks)\.csv", name):
        abort(404)
    path = imports_folder() / name
    if not path.is_file():
        abort(404)
    return send_file(path, mimetype="text/csv", as_attachment=True, download_name=name)
