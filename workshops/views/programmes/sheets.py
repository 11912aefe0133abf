"""Lesson sheets of a programme: added, fetched, taken away."""

from __future__ import annotations

from io import BytesIO

from flask import Response, flash, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.said import in_fields
from foundation.scope import NotInYourStructure
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from workshops.forms.programmes import SheetForm, SheetNameForm
from workshops.models import Programme, ProgrammeResource
from workshops.queries import programmes as queries
from workshops.rules.resources import MOST_BYTES, Sheet
from workshops.rules.sheet_names import USUAL
from workshops.service import resources as verbs
from workshops.views.programmes.blueprint import WORKERS, bp, to_change
from workshops.views.programmes.describing import programme_page


@bp.app_template_global()
def usual_sheet_names() -> list[str]:
    """Names that need no translation."""
    return list(USUAL)


@bp.post("/equipe/ateliers/<int(max=2147483647):programme_id>/fiches")
@allow(*WORKERS)
def add_sheet(programme_id: int) -> AnyResponse:
    to_change(programme_id)
    form = SheetForm()
    if not form.validate():
        return programme_page(programme_id, form, 422)
    sheet = _sheet(form)
    try:
        in_transaction(lambda: verbs.add(programme_id, sheet, staff()))
    except Refused as refused:
        refuse(form, refused)
        return programme_page(programme_id, form, refused.status)
    flash(_("Added."), "good")
    return see_other("programmes.show_programme", programme_id=programme_id)


def _sheet(form: SheetForm) -> Sheet:
    """What was sent, or as much of it as shows that it is too big."""
    sent: FileStorage | None = form.file.data
    content = sent.stream.read(MOST_BYTES + 1) if sent and sent.filename else b""
    name = (sent.filename or "") if sent and content else ""
    said = form.translations()
    return Sheet(form.label.data or "", form.url.data or "", name, content, form.team_only.data, said)


@bp.get("/equipe/ateliers/<int(max=2147483647):programme_id>/fiches/<int(max=2147483647):resource_id>")
@allow(*WORKERS)
def fetch_sheet(programme_id: int, resource_id: int) -> Response:
    """The file, as a download: nothing of it is opened within the house."""
    found = _sheet_of(queries.programme_seen(programme_id, staff()), resource_id)
    if found.file_name is None:
        raise NotInYourStructure
    return send_file(
        BytesIO(found.content or b""), mimetype=found.mimetype, as_attachment=True, download_name=found.file_name
    )


def _sheet_of(programme: Programme, resource_id: int) -> ProgrammeResource:
    """Raises: NotInYourStructure"""
    found = next((one for one in programme.resources if one.id == resource_id), None)
    if found is None:
        raise NotInYourStructure
    return found


@bp.get("/equipe/ateliers/<int(max=2147483647):programme_id>/fiches/<int(max=2147483647):resource_id>/nom")
@allow(*WORKERS)
def choose_name(programme_id: int, resource_id: int) -> Response:
    """What a sheet is called, in each language."""
    programme = to_change(programme_id)
    found = _sheet_of(programme, resource_id)
    names = in_fields(found.translations, ["label"])
    return _name_page(SheetNameForm(data={"label": found.label, **names}), programme, found)


def _name_page(form: SheetNameForm, programme: Programme, found: ProgrammeResource, status: int = 200) -> Response:
    return draw("programmes/sheet_name.html", status, form=form, programme=programme, sheet=found)


@bp.post("/equipe/ateliers/<int(max=2147483647):programme_id>/fiches/<int(max=2147483647):resource_id>/nom")
@allow(*WORKERS)
def name_sheet(programme_id: int, resource_id: int) -> AnyResponse:
    programme = to_change(programme_id)
    found, form = _sheet_of(programme, resource_id), SheetNameForm()
    if not form.validate():
        return _name_page(form, programme, found, 422)
    label, said = form.label.data or "", form.translations()
    try:
        in_transaction(lambda: verbs.rename(programme_id, resource_id, label, said, staff()))
    except Refused as refused:
        refuse(form, refused)
        programme = to_change(programme_id)
        return _name_page(form, programme, _sheet_of(programme, resource_id), refused.status)
    flash(_("Saved."), "good")
    return see_other("programmes.show_programme", programme_id=programme_id)


@bp.post("/equipe/ateliers/<int(max=2147483647):programme_id>/fiches/<int(max=2147483647):resource_id>/retirer")
@allow(*WORKERS)
def remove_sheet(programme_id: int, resource_id: int) -> AnyResponse:
    in_transaction(lambda: verbs.remove(programme_id, resource_id, staff()))
    flash(_("Removed."), "good")
    return see_other("programmes.show_programme", programme_id=programme_id)
