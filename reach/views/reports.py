"""Reports: what was published and what waits, each at its own address; publishing and revising."""

from __future__ import annotations

from flask import Blueprint, Response, request
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
from reach.reports.report import pdf
from reach.rules import periods, reporting
from reach.rules.indicators import INDICATORS
from reach.rules.publishing import told
from reach.rules.revisions import changed
from reach.rules.scope import TERRITORY
from reach.service import publishing

bp = Blueprint("reports", __name__)
ROOT = "/equipe/portee/rapports"
ONE = f"{ROOT}/<int(max=2147483647):report_id>"
MANAGERS = (Role.MANAGER, Role.ADMINISTRATOR)
EVERY_SECONDS = 3


@bp.get(ROOT)
@allow(*MANAGERS)
def index() -> Response:
    """All reports; managers of a structure read what everybody may, and publish nothing."""
    return draw(
        "reach/reports/index.html", reports=published.listed(), kinds=KINDS, may_publish=_may_publish(), said=_span,
    )  # fmt: skip


@bp.get(f"{ROOT}/nouveau")
@allow(*MANAGERS)
def new() -> Response:
    """Raises: MayNotPublish"""
    reporting.check_may_publish(staff())
    last = periods.year(clock.today().year - 1)
    return _new(ReportForm(data={"span": periods.written(last), "language": "fr"}))


@bp.post(f"{ROOT}/nouveau")
@allow(*MANAGERS)
def publish() -> AnyResponse:
    """Ask for it; the page of the report tells when it is there."""
    form, actor_id = ReportForm(), staff().id
    form.offer(choices(TERRITORY))
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


def _new(form: ReportForm, status: int = 200) -> Response:
    form.offer(choices(TERRITORY))
    return draw("reach/reports/new.html", status, form=form)


@bp.get(f"{ROOT}/apercu.pdf")
@allow(*MANAGERS)
def preview() -> AnyResponse:
    """The team's own version, of the figures of this moment; nothing is kept, and nothing protected.

    Without a report that can be read from the address, the form.

    Raises:
        MayNotPublish, UnreadablePeriod, WithoutSubject
    """
    reporting.check_may_publish(staff())
    form = ReportForm(request.args, meta={"csrf": False})
    form.offer(choices(TERRITORY))
    if not form.validate():
        return see_other("reports.new")
    wanted = form.wanted
    report = publishing.unpublished(wanted)
    with in_language(wanted.language):
        content = drafts.draft(wanted.kind, publishing.filters_of(wanted)).unprotected()
    return download(pdf(report, content, full=True), PDF, "apercu.pdf")


@bp.get(ONE)
@allow(*MANAGERS)
def open_one(report_id: int) -> Response:
    """Raises: NoSuchReport"""
    return _one(published.by_id(report_id), RevisionForm())


@bp.post(f"{ONE}/reviser")
@allow(*MANAGERS)
def revise(report_id: int) -> AnyResponse:
    """Raises: NoSuchReport, MayNotPublish"""
    form, actor_id, now = RevisionForm(), staff().id, clock.now()
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
    waits = report.state is ReportState.WAITING
    first = published.by_id(report.revises_id) if report.revises_id else None
    differences = []
    if first is not None and not waits and report.content is not None:
        differences = changed(published.content_of(first), published.content_of(report))
    page = draw(
        "reach/reports/one.html", status, report=report, form=form, waits=waits, seconds=EVERY_SECONDS, kinds=KINDS,
        tongues=TONGUES, first=first, revision=published.revision_of(report), differences=differences, told=told,
        labels={key: one.label for key, one in INDICATORS.items()}, may_publish=_may_publish(), said=_span(report),
    )  # fmt: skip
    if waits:
        page.headers["Refresh"] = str(EVERY_SECONDS)
    page.headers["Cache-Control"] = "no-store"
    return page


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
    """The team's own version, in which nothing is hidden.

    Raises:
        NoSuchReport, MayNotPublish
    """
    reporting.check_may_publish(staff())
    report = published.by_id(report_id)
    return download(pdf(report, published.content_of(report), full=True), PDF, f"rapport-{report.id}-equipe.pdf")


def _may_publish() -> bool:
    return staff().structure_id is None


def _span(report: PublishedReport) -> str:
    return periods.said(publishing.wanted_of(report).span)
