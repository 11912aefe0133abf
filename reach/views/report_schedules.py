"""Which reports are published and sent by themselves, to whom, and when next."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.outbox.queries import unreached
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from reach.forms.reports import KINDS, TONGUES, ScheduleForm
from reach.models import ReportKind
from reach.queries import drafts
from reach.queries.choices import choices
from reach.rules import reporting
from reach.rules.scope import TERRITORY
from reach.service import schedules

bp = Blueprint("report_schedules", __name__, url_prefix="/equipe/portee/rapports/envois")
MANAGERS = (Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@allow(*MANAGERS)
def index() -> Response:
    """Raises: MayNotPublish"""
    return _index(ScheduleForm(data={"language": "fr"}))


@bp.post("")
@allow(*MANAGERS)
def add() -> AnyResponse:
    """Raises: MayNotPublish"""
    form, actor_id, now = ScheduleForm(), staff().id, clock.now()
    form.offer(choices(TERRITORY), drafts.receiving())
    if not form.validate():
        return _index(form, 422)
    kind, recipients = ReportKind(form.kind.data), form.recipients.data or ""
    try:
        in_transaction(
            lambda: schedules.schedule(
                kind, form.subject_id, form.language.data, recipients, db.session.get_one(Account, actor_id), now=now
            )
        )
    except Refused as refused:
        refuse(form, refused)
        return _index(form, refused.status)
    return see_other("report_schedules.index")


@bp.post("/<int(max=2147483647):schedule_id>/arreter")
@allow(*MANAGERS)
def stop(schedule_id: int) -> AnyResponse:
    """Raises: MayNotPublish, NoSuchSchedule"""
    actor_id = staff().id
    in_transaction(lambda: schedules.stop(schedule_id, db.session.get_one(Account, actor_id)))
    return see_other("report_schedules.index")


def _index(form: ScheduleForm, status: int = 200) -> Response:
    reporting.check_may_publish(staff())
    known, receiving, made = choices(TERRITORY), drafts.receiving(), schedules.active()
    form.offer(known, receiving)
    return draw(
        "reach/reports/schedules.html", status, form=form, schedules=made, kinds=KINDS, tongues=TONGUES,
        neighbourhoods=dict(known.neighbourhoods), structures=dict(known.structures), receiving=receiving,
        sent_on=reporting.sent_on, unreached=unreached([one.reference for one in made]),
    )  # fmt: skip
