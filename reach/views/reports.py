"""Reports: what was published and what waits, each at its own address; publishing and revising."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from foundation.downloads import PDF, download
from foundation.errors import Refused
from foundation.i18n import in_language
from foundation.security import Role, allow, public
from foundation.web import draw, refuse, see_other
from reach.forms.reports import KINDS, TONGUES, ReportForm, RevisionForm
from reach.models import PublishedReport, ReportState
from reach.queries import drafts, published
from reach.queries.choices import choices
from reach.queries.published import NoSuchReport
from reach.reports.report import pdf
from reach.rules import periods, reporting
from reach.rules.publishing import MEANING
from reach.rules.scope import TERRITORY
from reach.service import publishing
from reach.views.report_changes import Change, changes

bp = Blueprint("reports", __name__)
ROOT = "/equipe/portee/rapports"
ONE = f"{ROOT}/<int(max=2147483647):report_id>"
MANAGERS = (Role.MANAGER, Role.ADMINISTRATOR)
EVERY_SECONDS = 3


@bp.get(ROOT)
@allow(*MANAGERS)
def index() -> Response:
    """All reports; managers of a structure read what everybody may, and publish nothing."""
    may_publish = _may_publish()
    return draw(
        "reach/reports/index.html", reports=published.listed(outside=not may_publish), kinds=KINDS, tongues=TONGUES,
        may_publish=may_publish, said=_span,
    )  # fmt: skip


@bp.get(f"{ROOT}/nouveau")
@allow(*MANAGERS)
def new() -> Response:
    """Raises: MayNotPublish"""
    reporting.check_may_publish(staff())
    last = periods.year(clock.today().year - 1)
    return _new(_chosen(ReportForm(data={"span": periods.written(last), "language": "fr"})))


@bp.post(f"{ROOT}/nouveau")
@allow(*MANAGERS)
def publish() -> AnyResponse:
    """Ask for it; the page of the report tells when it is there."""
    form, actor_id = _chosen(ReportForm()), staff().id
    if not form.validate():
        return _new(form, 422)
    try:
        wanted, now = form.wanted, clock.now()

        def asked() -> int:
            actor = db.session.get_one(Account, actor_id)
            return publishing.publish(wanted, actor, now=now, request_key=form.request_key.data).id

        report_id = in_transaction(asked)
    except Refused as refused:
        refuse(form, refused)
        return _new(form, refused.status)
    return see_other("reports.open_one", report_id=report_id)


def _chosen(form: ReportForm) -> ReportForm:
    """With what there is to choose from."""
    today = clock.today()
    form.offer(choices(TERRITORY), drafts.receiving())
    form.offer_spans(reporting.offered(today), today)
    return form


def _new(form: ReportForm, status: int = 200) -> Response:
    return draw("reach/reports/new.html", status, form=form)


@bp.post(f"{ROOT}/apercu.pdf")
@allow(*MANAGERS)
def preview() -> AnyResponse:
    """What everybody would read, of the figures of this moment, before it can not be taken back.

    Raises:
        MayNotPublish
    """
    return _preview(full=False)


@bp.post(f"{ROOT}/apercu-equipe.pdf")
@allow(*MANAGERS)
def preview_whole() -> AnyResponse:
    """The same in the team's own version, in which nothing is protected.

    Raises:
        MayNotPublish
    """
    return _preview(full=True)


def _preview(*, full: bool) -> AnyResponse:
    """Nothing is kept. Posted, so that no token stands in an address and a faulty form is shown as it was filled in."""
    reporting.check_may_publish(staff())
    form = _chosen(ReportForm())
    if not form.validate():
        return _new(form, 422)
    try:
        report, content = publishing.previewed(form.wanted, full=full)
    except Refused as refused:
        refuse(form, refused)
        return _new(form, refused.status)
    return download(pdf(report, content, full=full), PDF, "apercu-equipe.pdf" if full else "apercu.pdf")


@bp.get(ONE)
@allow(*MANAGERS)
def open_one(report_id: int) -> Response:
    """Raises: NoSuchReport: for managers of a structure, also of what is not published."""
    report = published.by_id(report_id)
    if report.state is not ReportState.PUBLISHED and not _may_publish():
        raise NoSuchReport
    return _one(report, RevisionForm())


@bp.post(f"{ONE}/reviser")
@allow(*MANAGERS)
def revise(report_id: int) -> AnyResponse:
    """Raises: NoSuchReport, MayNotPublish"""
    reporting.check_may_publish(staff())
    form, actor_id, now = RevisionForm(), staff().id, clock.now()
    if not form.validate():
        return _one(published.by_id(report_id), form, 422)
    try:
        new_id = in_transaction(
            lambda: (
                publishing.revise(report_id, form.note.data or "", db.session.get_one(Account, actor_id), now=now).id
            )
        )
    except Refused as refused:
        refuse(form, refused)
        return _one(published.by_id(report_id), form, refused.status)
    return see_other("reports.open_one", report_id=new_id)


def _one(report: PublishedReport, form: RevisionForm, status: int = 200) -> Response:
    waits, first = report.state is ReportState.WAITING, _corrected(report)
    page = draw(
        "reach/reports/one.html", status, report=report, form=form, waits=waits, seconds=EVERY_SECONDS, kinds=KINDS,
        tongues=TONGUES, others=published.in_other_languages(report), first=first, changes=_changes(first, report),
        revision=published.revision_of(report), may_publish=_may_publish(), said=_span(report),
        meaning=MEANING, may_read_whole=reporting.may_read_whole(staff(), report.kind, report.structure_id),
    )  # fmt: skip
    if waits:
        page.headers["Refresh"] = str(EVERY_SECONDS)
    page.headers["Cache-Control"] = "no-store"
    return page


def _corrected(report: PublishedReport) -> PublishedReport | None:
    return published.by_id(report.revises_id) if report.revises_id else None


def _changes(first: PublishedReport | None, report: PublishedReport) -> list[Change]:
    """Every figure that is read differently in a revision of `first`, once it is published; in the report's language.

    Its words were kept with it: half of a line in another language would be read by nobody.
    """
    if first is None or report.content is None:
        return []
    span = publishing.wanted_of(report).span
    with in_language(report.language):
        return changes(published.content_of(first), published.content_of(report), span)


@bp.get("/rapports/<int(max=2147483647):report_id>.pdf")
@public
def paper(report_id: int) -> Response:
    """What everybody may read: the protected figures alone, at an address that stays.

    Raises:
        NoSuchReport: also while it waits.
    """
    report = published.by_id(report_id)
    return download(pdf(report, published.content_of(report)), PDF, f"rapport-{report.id}.pdf")


@bp.get(f"{ONE}/equipe.pdf")
@allow(*MANAGERS)
def whole(report_id: int) -> Response:
    """The team's own version, in which nothing is hidden; of a structure's sheet, also for its own managers.

    Raises:
        NoSuchReport, NotForYou
    """
    report = published.by_id(report_id)
    reporting.check_may_read_whole(staff(), report.kind, report.structure_id)
    return download(pdf(report, published.content_of(report), full=True), PDF, f"rapport-{report.id}-equipe.pdf")


def _may_publish() -> bool:
    return staff().structure_id is None


def _span(report: PublishedReport) -> str:
    return periods.said(publishing.wanted_of(report).span)
