"""The report to the school or care home for which a series was: what was agreed, what took place, what comes next."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from foundation import clock
from foundation.db import db
from foundation.document import whole
from foundation.downloads import PDF, download
from foundation.errors import Unknown
from foundation.i18n import _l
from foundation.security import Role, allow
from workshops.models import Programme
from workshops.queries.programmes import programme_seen
from workshops.queries.series import series
from workshops.queries.skills import progress
from workshops.rules.hosts import may_see
from workshops.rules.refusals import NoSuchProgramme
from workshops.views.papers.blueprint import PROGRAMME, WORKERS, bp
from workshops.views.papers.report_drawn import written


class NoClient(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("A report is written for a series that a school or a care home asked for."))


@bp.get(f"{PROGRAMME}/bilan.pdf")
@allow(*WORKERS, Role.HOST)
def report(programme_id: int) -> Response:
    """For the team, and for the host of the place itself. It names nobody who took part."""
    programme = _opened(programme_id)
    if programme.care_home is None and programme.school is None:
        raise NoClient
    told, skills = series(programme.id, clock.now()), progress(programme.id)
    content = whole(lambda total: written(programme, told, skills, clock.today(), total))
    return download(content, PDF, f"bilan-{programme.id}.pdf")


def _opened(programme_id: int) -> Programme:
    """Raises: NotInYourStructure, NoSuchProgramme"""
    reader = staff()
    if reader.has(*WORKERS):
        return programme_seen(programme_id, reader)
    found = db.session.get(Programme, programme_id)
    if found is None or not may_see(reader, found):
        raise NoSuchProgramme
    return found
