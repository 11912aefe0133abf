"""Calendars kept elsewhere, on the mediator's page: bring one in, read it again, remove it."""

from __future__ import annotations

from flask import flash
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from agenda import service as agenda
from agenda.refreshing import refresh_feed
from agenda.rules.ics import Imported
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.i18n import _, _l, ngettext
from foundation.security import Role, allow
from foundation.web import refuse, see_other
from mediation.forms.calendars import BusyForm
from mediation.queries.busy import calendar_of
from mediation.views.calendars.blueprint import bp, own_resource
from mediation.views.calendars.page import show

MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 255


class NothingGiven(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Give the address of a calendar, or a file."), "url")


class NotACalendar(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This file is not a calendar. Its name usually ends in .ics."), "file")


class TooBig(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This file is too big: 5 MB at most."), "file")


@bp.post("/equipe/mes-calendriers/exterieurs")
@allow(Role.MEDIATOR)
def add_calendar() -> AnyResponse:
    """From an address, read at once and then every half hour; or from a file, read now."""
    form = BusyForm()
    if not form.validate():
        return show(422, busy_form=form)
    _account, resource_id = own_resource()
    label, url = (form.name.data or "").strip() or _("Busy"), (form.url.data or "").strip()
    try:
        if url:
            _add_address(resource_id, label, url)
        else:
            _add_file(resource_id, label, form.file.data)
    except Refused as refused:
        db.session.rollback()
        refuse(form, refused)
        return show(refused.status, busy_form=form)
    return see_other("calendars.mine", _anchor="elsewhere")


def _add_address(resource_id: int, label: str, url: str) -> None:
    actor_id = staff().id
    feed_id = in_transaction(lambda: agenda.add_feed(resource_id, label, url=url, actor_id=actor_id).id)
    _say(read=refresh_feed(feed_id, url))


def _say(*, read: bool) -> None:
    if read:
        flash(_("The calendar was read."), "good")
    else:
        flash(_("The calendar could not be read: see why below."), "warn")


def _add_file(resource_id: int, label: str, given: FileStorage | None) -> None:
    if given is None or not given.filename:
        raise NothingGiven
    data, name, actor_id = given.read(MOST_BYTES + 1), given.filename[-LONGEST_NAME:], staff().id
    if len(data) > MOST_BYTES:
        raise TooBig

    def act() -> Imported:
        feed = agenda.add_feed(resource_id, label, file_name=name, actor_id=actor_id)
        read = agenda.import_busy_time(feed.id, data)
        if not read.is_calendar:
            raise NotACalendar
        return read

    read = in_transaction(act)
    flash(ngettext("%(num)s busy time was read.", "%(num)s busy times were read.", len(read.periods)), "good")
    if count := len(read.misunderstood):
        flash(
            ngettext(
                "%(num)s entry of the file could not be understood whole: check your week.",
                "%(num)s entries of the file could not be understood whole: check your week.",
                count,
            ),
            "warn",
        )


@bp.post("/equipe/mes-calendriers/exterieurs/<int(max=2147483647):feed_id>/relire")
@allow(Role.MEDIATOR)
def read_again(feed_id: int) -> AnyResponse:
    """Read it now instead of within half an hour."""
    calendar = calendar_of(own_resource()[1], feed_id)
    url = calendar.url
    db.session.rollback()
    if url:
        _say(read=refresh_feed(feed_id, url))
    return see_other("calendars.mine", _anchor="elsewhere")


@bp.post("/equipe/mes-calendriers/exterieurs/<int(max=2147483647):feed_id>/retirer")
@allow(Role.MEDIATOR)
def remove_calendar(feed_id: int) -> AnyResponse:
    """Forget it, with the busy time that it gave."""
    account, resource_id = own_resource()
    calendar_of(resource_id, feed_id)
    actor_id = account.id
    in_transaction(lambda: agenda.remove_feed(feed_id, actor_id=actor_id))
    flash(_("The calendar is removed: people can book then again."), "good")
    return see_other("calendars.mine", _anchor="elsewhere")
