"""The calendar of the territory, for managers: what closes, school holidays, what was removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Flask, Response, flash, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from agenda import queries, service
from agenda.commands import group
from agenda.forms import CalendarDayForm, NewCalendarDayForm
from agenda.models import CalendarDay, CalendarKind
from agenda.queries.calendar import CLOSING, school_calendar_reaches
from agenda.service import WouldStrand
from agenda.words import CALENDAR_KINDS
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Forbidden, Refused
from foundation.i18n import _, _l
from foundation.pages import add_to_menu
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other

bp = Blueprint("agenda", __name__)
add_to_menu("agenda.calendar", _l("Calendar"), 70, lights_on=("agenda",), setting=True)
NOT_BEFORE, NOT_AFTER = 1990, 2100


def init_app(app: Flask) -> None:
    """Pages and commands of this room."""
    app.register_blueprint(bp)
    app.cli.add_command(group)


class NotForOneStructure(Forbidden):
    """The calendar closes every structure at once."""

    def __init__(self) -> None:
        super().__init__(_l("The calendar is shared by all structures. Ask a manager of the whole territory."))


def _may_change() -> bool:
    return current_user.account.structure_id is None


def _actor_id() -> int:
    if not _may_change():
        raise NotForOneStructure
    return int(current_user.account.id)


@bp.get("/equipe/calendrier")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def calendar() -> Response:
    return _page(NewCalendarDayForm())


def _year() -> int:
    year = request.args.get("annee", type=int) or clock.today().year
    return min(max(year, NOT_BEFORE), NOT_AFTER)


def _page(form: NewCalendarDayForm, status: int = 200) -> Response:
    year = _year()
    span = date(year, 1, 1), date(year, 12, 31)
    days = queries.calendar_days(*span)
    return draw(
        "agenda/calendar.html",
        status,
        form=form,
        year=year,
        closing=[day for day in days if day.kind in CLOSING],
        school=[day for day in days if day.kind not in CLOSING],
        removed=queries.calendar_days(*span, removed=True),
        school_known_until=school_calendar_reaches(),
        kinds=CALENDAR_KINDS,
        may_change=_may_change(),
    )


@bp.post("/equipe/calendrier")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def add_day() -> AnyResponse:
    form = NewCalendarDayForm()
    if not form.validate() or form.first_day.data is None:
        return _page(form, 422)
    first, last, label = form.first_day.data, form.last_day.data or form.first_day.data, form.label.data or ""
    kind, strand = CalendarKind(form.kind.data), form.knowingly.data == "yes"
    actor_id = _actor_id()
    try:
        in_transaction(lambda: service.add_calendar_day(kind, first, last, label, strand=strand, actor_id=actor_id).id)
    except WouldStrand as refused:
        return _ask(refused, form)
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    flash(_("Added to the calendar."), "good")
    return see_other("agenda.calendar", annee=first.year)


def _ask(refused: WouldStrand, form: CalendarDayForm | None = None) -> Response:
    """The page that shows what is booked and sends the same once more, knowingly."""
    carried = [(one.name, one._value() if hasattr(one, "_value") else one.data) for one in form or ()]
    kept = [(name, value) for name, value in carried if name not in {"csrf_token", "knowingly"}]
    return draw(
        "agenda/stranded.html",
        refused.status,
        refused=refused,
        days=queries.booked_by_day(refused.holds),
        carried=kept,
        back=url_for("agenda.calendar"),
        back_label=_("Calendar"),
    )


@bp.get("/equipe/calendrier/<int(max=2147483647):day_id>")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def show_day(day_id: int) -> Response:
    day = _day(day_id)
    return _day_page(CalendarDayForm(obj=day), day)


def _day(day_id: int) -> CalendarDay:
    day = queries.calendar_day(day_id)
    if day is None:
        raise service.NoSuchRecord
    return day


def _day_page(form: CalendarDayForm, day: CalendarDay, status: int = 200) -> Response:
    return draw("agenda/day.html", status, form=form, day=day, kinds=CALENDAR_KINDS, may_change=_may_change())


@bp.post("/equipe/calendrier/<int(max=2147483647):day_id>")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def change_day(day_id: int) -> AnyResponse:
    form = CalendarDayForm()
    if not form.validate() or form.first_day.data is None:
        return _day_page(form, _day(day_id), 422)
    first, last, label = form.first_day.data, form.last_day.data or form.first_day.data, form.label.data or ""
    strand, actor_id = form.knowingly.data == "yes", _actor_id()
    try:
        in_transaction(
            lambda: service.change_calendar_day(day_id, first, last, label, strand=strand, actor_id=actor_id).id
        )
    except WouldStrand as refused:
        return _ask(refused, form)
    except Refused as refused:
        refuse(form, refused)
        return _day_page(form, _day(day_id), refused.status)
    flash(_("Saved."), "good")
    return see_other("agenda.calendar", annee=first.year)


@bp.post("/equipe/calendrier/<int(max=2147483647):day_id>/retirer")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def remove_day(day_id: int) -> AnyResponse:
    actor_id = _actor_id()
    return _pressed(
        lambda: service.remove_calendar_day(day_id, actor_id=actor_id).first_day.year,
        _("Removed. It can be put back from the list at the foot of the page."),
    )


@bp.post("/equipe/calendrier/<int(max=2147483647):day_id>/remettre")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def restore_day(day_id: int) -> AnyResponse:
    actor_id, strand = _actor_id(), request.form.get("knowingly") == "yes"
    try:
        return _pressed(
            lambda: service.restore_calendar_day(day_id, strand=strand, actor_id=actor_id).first_day.year,
            _("Back in the calendar."),
        )
    except WouldStrand as refused:
        return _ask(refused)


def _pressed(act: Callable[[], int], done: str) -> AnyResponse:
    year = in_transaction(act)
    flash(done, "good")
    return see_other("agenda.calendar", annee=year)
