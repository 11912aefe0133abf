"""A programme: its page, a new one, changed words, published, closed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts import queries as accounts
from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.said import TRANSLATED_INTO
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from places import queries as places
from workshops.forms.programmes import WHOLE_TERRITORY, Offered, ProgrammeForm, SheetForm, of_programme
from workshops.models import Programme, ProgrammeKind, SessionState, WorkshopSession
from workshops.queries import lists
from workshops.queries import programmes as queries
from workshops.queries import sessions as session_queries
from workshops.rules import labels
from workshops.rules.kinds import usual
from workshops.rules.programmes import MadeTwice, NothingToCome, OpensTooLate, is_public
from workshops.rules.translating import is_begun, untranslated
from workshops.service import programmes as verbs
from workshops.views.programmes.blueprint import WORKERS, bp, may_change, to_change, where

FORM = "programmes/form.html"


@bp.get("/equipe/ateliers/nouveau")
@allow(*WORKERS)
def new_programme() -> Response:
    """First the kind, then the form with what that kind usually is."""
    kind = _kind()
    if kind is None:
        return draw("programmes/kind.html", kinds=labels.PROGRAMME_KINDS)
    return _form_page(_new_form(kind), kind)


@bp.post("/equipe/ateliers/nouveau")
@allow(*WORKERS)
def create_programme() -> AnyResponse:
    kind = _kind()
    if kind is None:
        return draw("programmes/kind.html", 422, kinds=labels.PROGRAMME_KINDS)
    form = _new_form(kind)
    if not form.validate():
        return _form_page(form, kind, status=422)
    try:
        made = _made(form, kind)
    except Refused as refused:
        refuse(form, refused)
        return _form_page(form, kind, status=refused.status)
    flash(_("The programme is a draft. Plan its sessions now."), "good")
    return see_other("programmes.choose_dates", programme_id=made.id)


@bp.get("/equipe/ateliers/<int(max=2147483647):programme_id>")
@allow(*WORKERS)
def show_programme(programme_id: int) -> Response:
    return programme_page(programme_id, SheetForm())


def programme_page(programme_id: int, sheet: SheetForm, status: int = 200, refusal: str = "") -> Response:
    """All about a programme. Raises: NotInYourStructure"""
    programme = queries.programme_seen(programme_id, staff())
    sessions, now = session_queries.sessions_of(programme_id), clock.now()
    return draw(
        "programmes/programme.html",
        status,
        programme=programme,
        sessions=sessions,
        coming=[one for one in sessions if one.ends_at > now],
        past=[one for one in sessions if one.ends_at <= now],
        translated=_translated(programme, sessions),
        lists=lists.of_series(programme_id),
        waiting=lists.waiting_by_session(programme_id),
        editable=may_change(programme),
        public=is_public(programme),
        sheet=sheet,
        refusal=refusal,
        where=where,
        words=labels,
        now=now,
    )


def _translated(programme: Programme, sessions: Sequence[WorkshopSession]) -> list[tuple[str, list[str]]]:
    """The languages in which something of it is said, each with what is missing of what is to come, in words."""
    read = [one for one in sessions if one.ends_at > clock.now() and one.state is SessionState.PLANNED]
    return [
        (one, [str(labels.TRANSLATABLE[name]) for name in untranslated(programme, read, one)])
        for one in TRANSLATED_INTO
        if is_begun(programme, sessions, one)
    ]


@bp.get("/equipe/ateliers/<int(max=2147483647):programme_id>/modifier")
@allow(*WORKERS)
def edit_programme(programme_id: int) -> Response:
    programme = to_change(programme_id)
    return _form_page(_form(programme), programme.kind, programme)


@bp.post("/equipe/ateliers/<int(max=2147483647):programme_id>/modifier")
@allow(*WORKERS)
def change_programme(programme_id: int) -> AnyResponse:
    programme = to_change(programme_id)
    form, kind = _form(programme), programme.kind
    if not form.validate():
        return _form_page(form, kind, programme, 422)
    details = form.details(kind, clock.territory_zone())
    try:
        in_transaction(lambda: verbs.change(programme_id, details, staff()))
    except Refused as refused:
        refuse(form, refused)
        return _form_page(form, kind, to_change(programme_id), refused.status)
    flash(_("Saved. Sessions that are planned stay as they are."), "good")
    return see_other("programmes.show_programme", programme_id=programme_id)


@bp.post("/equipe/ateliers/<int(max=2147483647):programme_id>/publier")
@allow(*WORKERS)
def publish(programme_id: int) -> AnyResponse:
    now = clock.now()
    try:
        in_transaction(lambda: verbs.publish(programme_id, staff(), now=now))
    except (NothingToCome, OpensTooLate) as refused:
        return programme_page(programme_id, SheetForm(formdata=None), refused.status, str(refused))
    flash(_("The programme is published."), "good")
    return see_other("programmes.show_programme", programme_id=programme_id)


@bp.post("/equipe/ateliers/<int(max=2147483647):programme_id>/fermer")
@allow(*WORKERS)
def close(programme_id: int) -> AnyResponse:
    in_transaction(lambda: verbs.close(programme_id, staff()))
    flash(_("The programme is closed. Sessions that are planned take place: cancel them one by one if not."), "good")
    return see_other("programmes.show_programme", programme_id=programme_id)


def _kind() -> ProgrammeKind | None:
    """The kind that the address names."""
    known = {kind.value: kind for kind in ProgrammeKind}
    return known.get(request.args.get("genre", ""))


def _made(form: ProgrammeForm, kind: ProgrammeKind) -> Programme:
    """Of two presses at once the second finds, when it tries again, what the first one made."""
    details, now = form.details(kind, clock.territory_zone()), clock.now()
    structure_id, key = form.structure_id.data or None, form.request_key.data or None

    def create() -> Programme:
        return verbs.create(details, structure_id, staff(), now=now, request_key=key)

    try:
        return in_transaction(create)
    except MadeTwice:
        return in_transaction(create)


def _new_form(kind: ProgrammeKind) -> ProgrammeForm:
    return ProgrammeForm(_offered(), {**usual(kind), "request_key": uuid4().hex})


def _form(programme: Programme) -> ProgrammeForm:
    """The form of a programme that is there: who offers it is settled, and not asked again."""
    form = ProgrammeForm(_offered(), of_programme(programme, clock.territory_zone()))
    del form.structure_id
    del form.request_key
    return form


def _offered() -> Offered:
    own = staff().structure_id
    structures = [(one.id, one.name) for one in accounts.structures(own)]
    return Offered(
        structures if own else [(WHOLE_TERRITORY, _("The whole territory")), *structures],
        [(one.id, one.name) for one in places.care_home_names()],
        [(one.id, one.name) for one in places.school_names()],
        [(one.id, one.name) for one in places.neighbourhoods()],
    )


def _form_page(
    form: ProgrammeForm, kind: ProgrammeKind, programme: Programme | None = None, status: int = 200
) -> Response:
    return draw(FORM, status, form=form, kind=kind, kinds=labels.PROGRAMME_KINDS, programme=programme)
