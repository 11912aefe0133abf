"""The list of venues, one venue, its rooms, and the export in the national standard."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from agenda import queries as agenda_queries
from agenda.service import WouldStrand
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from places import queries, service
from places.forms.searching import VenueSearchForm
from places.forms.venues import RoomForm, VenueForm
from places.models import Room, Structure, Venue
from places.rules import Actor, check_scope
from places.standing import SomethingStands
from places.transfer.export import standard_lines
from places.views.blueprint import KEEPERS, actor, bp

PER_PAGE = 50
NONE = 0


@bp.get("")
@allow(*KEEPERS)
def venue_list() -> Response:
    form = VenueSearchForm(
        [(one.id, one.name) for one in queries.neighbourhoods()],
        [(one.id, one.name) for one in queries.structures(active_only=False)],
    )
    criteria, number = form.criteria(), page_asked()
    found = queries.venues(**criteria, offset=(number - 1) * PER_PAGE, limit=PER_PAGE + 1)
    return draw(
        "places/venues.html",
        venues=found[:PER_PAGE],
        form=form,
        filtered=any(criteria.values()),
        page=pages_around(number, "places.venue_list", more=len(found) > PER_PAGE, **_kept()),
    )


def _kept() -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if name in {"text", "neighbourhood", "structure"}}


@bp.get("/export.csv")
@allow(*KEEPERS)
def export() -> Response:
    """Every active venue, in the national standard 1.0.2."""
    venues = [one for one in queries.venues() if one.active]
    response = Response("".join(standard_lines(venues)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=lieux-{clock.today():%Y-%m-%d}.csv"
    return response


def _structures(who: Actor) -> list[tuple[int, str]]:
    """Structures to which the person may give a place: their own, or any and none."""
    own: list[Structure] = [one for one in queries.structures() if who.structure_id in (None, one.id)]
    named = [(one.id, one.name) for one in own]
    return named if who.structure_id is not None else [(NONE, _("No structure")), *named]


def _form(venue: Venue | None = None) -> VenueForm:
    return VenueForm(obj=venue).offer(_structures(actor()))


def _details(form: VenueForm) -> service.VenueDetails:
    plain = ("name", "commune", "postcode", "address", "address_extra", "latitude", "longitude", "opening_hours",
             "summary", "details", "access_notes")  # fmt: skip
    lists = ("services", "support_modes", "access_modes", "fees", "audiences", "special_support", "languages")
    values: dict[str, Any] = {name: (form[name].data or "").strip() for name in plain}
    values |= {name: list(form[name].data or ()) for name in lists}
    return service.VenueDetails(
        **values,
        structure_id=form.structure_id.data or None,
        phone=form.phone.data or "",
        emails=form.emails.items,
        websites=form.websites.items,
        wheelchair=form.wheelchair.answer,
        lift=form.lift.answer,
        bookable=form.bookable.data,
        active=form.active.data,
    )


@bp.get("/nouveau")
@allow(*KEEPERS)
def new_venue() -> Response:
    return draw("places/venue_new.html", form=_form())


@bp.post("/nouveau")
@allow(*KEEPERS)
def create_venue() -> AnyResponse:
    form = _form()
    if not form.validate():
        return draw("places/venue_new.html", 422, form=form)
    try:
        venue_id = in_transaction(lambda: service.add_venue(_details(form), actor(), clock.today()).id)
    except Refused as refused:
        refuse(form, refused)
        return draw("places/venue_new.html", refused.status, form=form)
    flash(_("This place is in the list. Add its rooms now."), "good")
    return see_other("places.venue", venue_id=venue_id)


@bp.get("/<int(max=2147483647):venue_id>")
@allow(*KEEPERS)
def venue(venue_id: int) -> Response:
    found = queries.venue(venue_id)
    form = _form(found)
    form.structure_id.data = found.structure_id or NONE
    return _page(found, form, RoomForm(prefix="room-"))


def _page(found: Venue, form: VenueForm, room_form: RoomForm, status: int = 200) -> Response:
    who = actor()
    return draw(
        "places/venue.html",
        status,
        venue=found,
        form=form,
        room_form=room_form,
        levels=queries.levels_of(found.id),
        mine=who.structure_id in (None, found.structure_id),
    )


@bp.post("/<int(max=2147483647):venue_id>")
@allow(*KEEPERS)
def change_venue(venue_id: int) -> AnyResponse:
    form = _form()
    if not form.validate():
        return _page(queries.venue(venue_id), form, RoomForm(formdata=None, prefix="room-"), 422)
    knowingly = request.form.get("knowingly") == "yes"
    try:
        in_transaction(lambda: service.change_venue(venue_id, _details(form), actor(), clock.now(), strand=knowingly))
    except Unknown:
        raise
    except SomethingStands as refused:
        return _ask_to_close(refused, queries.venue(venue_id))
    except Refused as refused:
        refuse(form, refused)
        return _page(queries.venue(venue_id), form, RoomForm(formdata=None, prefix="room-"), refused.status)
    flash(_("Saved."), "good")
    return see_other("places.venue", venue_id=venue_id)


def _ask_to_close(refused: SomethingStands, found: Venue) -> Response:
    """What is to come there, and all that was typed, to be sent once more, knowingly."""
    return draw(
        "places/stranded.html",
        refused.status,
        refused=refused,
        days=refused.by_day(),
        carried=[one for one in request.form.items(multi=True) if one[0] not in {"csrf_token", "knowingly"}],
        back=url_for("places.venue", venue_id=found.id),
        back_label=found.name,
    )


def _room_details(form: RoomForm) -> service.RoomDetails:
    return service.RoomDetails(
        name=(form.name.data or "").strip(),
        seats=form.seats.data,
        access_notes=(form.access_notes.data or "").strip(),
    )


@bp.post("/<int(max=2147483647):venue_id>/salles")
@allow(*KEEPERS)
def add_room(venue_id: int) -> AnyResponse:
    form = RoomForm(prefix="room-")
    found = queries.venue(venue_id)
    if not form.validate():
        return _page(found, _unsent(found), form, 422)
    try:
        in_transaction(lambda: service.add_room(venue_id, _room_details(form), actor()))
    except Refused as refused:
        refuse(form, refused)
        found = queries.venue(venue_id)
        return _page(found, _unsent(found), form, refused.status)
    flash(_("This room can be booked now."), "good")
    return see_other("places.venue", venue_id=venue_id)


def _unsent(found: Venue) -> VenueForm:
    """The form of the venue as it is stored: what was sent was about a room."""
    form = VenueForm(formdata=None, obj=found).offer(_structures(actor()))
    form.structure_id.data = found.structure_id or NONE
    return form


@bp.get("/salles/<int(max=2147483647):room_id>")
@allow(*KEEPERS)
def room(room_id: int) -> Response:
    found = queries.room(room_id)
    check_scope(actor(), found.venue.structure_id)
    return draw("places/room.html", room=found, form=RoomForm(obj=found))


@bp.post("/salles/<int(max=2147483647):room_id>")
@allow(*KEEPERS)
def change_room(room_id: int) -> AnyResponse:
    form = RoomForm()
    if not form.validate():
        return draw("places/room.html", 422, room=queries.room(room_id), form=form)
    try:
        in_transaction(lambda: service.change_room(room_id, _room_details(form), actor()))
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return draw("places/room.html", refused.status, room=queries.room(room_id), form=form)
    flash(_("Saved."), "good")
    return see_other("places.venue", venue_id=queries.room(room_id).venue_id)


@bp.post("/salles/<int(max=2147483647):room_id>/fermer")
@allow(*KEEPERS)
def close_room(room_id: int) -> AnyResponse:
    """What is booked there is shown first, and stands."""
    knowingly = request.form.get("knowingly") == "yes"
    try:
        in_transaction(lambda: service.close_room(room_id, actor(), strand=knowingly))
    except WouldStrand as refused:
        return _ask(refused, queries.room(room_id))
    flash(_("This room is closed. What was booked there stands; presences there offer nothing any more."), "good")
    return see_other("places.venue", venue_id=queries.room(room_id).venue_id)


def _ask(refused: WouldStrand, found: Room) -> Response:
    return draw(
        "agenda/stranded.html",
        refused.status,
        refused=refused,
        days=agenda_queries.booked_by_day(refused.holds),
        carried=[],
        back=url_for("places.room", room_id=found.id),
        back_label=found.name,
    )


@bp.post("/salles/<int(max=2147483647):room_id>/rouvrir")
@allow(*KEEPERS)
def reopen_room(room_id: int) -> AnyResponse:
    in_transaction(lambda: service.reopen_room(room_id, actor()))
    flash(_("This room can be booked now."), "good")
    return see_other("places.venue", venue_id=queries.room(room_id).venue_id)
