"""Publishing: asked for in a request, counted and protected by the jobs process, kept as it was on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import select

from accounts.models import Account
from foundation import audit, clock
from foundation.db import db, explain_constraint, in_transaction
from foundation.errors import Conflict, Refused
from foundation.i18n import _, _l, in_language
from places import queries as places
from places.models import Neighbourhood, Structure, Territory
from reach.models import PublishedReport, ReportKind, ReportState
from reach.queries import drafts, published, translated
from reach.queries.published import NoSuchReport
from reach.queries.report_blanks import first_day
from reach.rules import frozen, reporting, revisions
from reach.rules.filters import Filters
from reach.rules.frozen import Content
from reach.rules.periods import Span
from reach.rules.reporting import (
    AlreadyThere,
    ChangesNothing,
    NotRevisable,
    NotTellable,
    ReceivesNobody,
    Wanted,
    WithoutSubject,
)

log = structlog.get_logger()


class _Overtaken(Conflict):
    """Another report was published since the earlier ones were read: protect against that one too."""

    def __init__(self) -> None:
        super().__init__(_l("Another report was published at the same moment."))


explain_constraint("uq_published_report_position", _Overtaken)
explain_constraint("uq_published_report_revision", NotRevisable)
explain_constraint("uq_published_report_request_key", AlreadyThere)


def publish(wanted: Wanted, actor: Account, *, now: datetime, request_key: str | None = None) -> PublishedReport:
    """Ask for a report; it waits until `publish_next` has made it.

    Args:
        request_key: the same one asks once.

    Raises:
        MayNotPublish, NotOver, UnfitSpan, WithoutSubject, ReceivesNobody, NothingRecorded, AlreadyThere
    """
    reporting.check_may_publish(actor)
    if request_key and (there := db.session.scalar(select(PublishedReport).filter_by(request_key=request_key))):
        return there
    return ask(wanted, now=now, actor_id=actor.id, request_key=request_key)


def ask(wanted: Wanted, *, now: datetime, actor_id: int | None, request_key: str | None = None) -> PublishedReport:
    """Ask on behalf of a schedule, or of somebody who may. Raises as `publish`."""
    reporting.check_wanted(wanted, clock.today())
    reporting.check_recorded(wanted, first_day())
    lock_territory()
    if standing(wanted) is not None:
        raise AlreadyThere
    report = _waiting(wanted, now, actor_id)
    report.request_key = request_key
    _add(report)
    return report


def standing(wanted: Wanted) -> PublishedReport | None:
    """The last version of such a report, published or waiting."""
    return db.session.scalar(
        select(PublishedReport)
        .filter_by(
            kind=wanted.kind, neighbourhood_id=wanted.neighbourhood_id, structure_id=wanted.structure_id,
            first=wanted.span.first, last=wanted.span.last, language=wanted.language,
        )
        .where(PublishedReport.state != ReportState.REFUSED)
        .order_by(PublishedReport.version.desc())
        .limit(1)
    )  # fmt: skip


def revise(report_id: int, note: str, actor: Account, *, now: datetime) -> PublishedReport:
    """Ask for the same report with the figures of today; the one before stays as it is, and tells of the new one.

    Raises:
        MayNotPublish, NoSuchReport, NotRevisable, WithoutNote, LongNote
    """
    reporting.check_may_publish(actor)
    lock_territory()
    old = db.session.get(PublishedReport, report_id)
    if old is None:
        raise NoSuchReport
    said = reporting.note(note)
    if old.state is not ReportState.PUBLISHED or published.revision_of(old) is not None:
        raise NotRevisable
    new = _waiting(wanted_of(old), now, actor.id)
    new.version, new.revises_id, new.note = old.version + 1, old.id, said
    _add(new)
    return new


def wanted_of(report: PublishedReport) -> Wanted:
    """What was asked for."""
    subject = report.neighbourhood_id or report.structure_id
    return Wanted(report.kind, Span(report.first, report.last), report.language, subject)


def filters_of(wanted: Wanted) -> Filters:
    """What a report counts: of a sheet, those who live in the neighbourhood, or whom the structure received."""
    filters = Filters(span=wanted.span)
    return replace(filters, neighbourhood_id=wanted.neighbourhood_id, structure_id=wanted.structure_id)


def publish_next(now: datetime) -> int:
    """Count, protect and keep the report that was asked for first; call it until 0, outside of any transaction.

    Nothing is locked while it is protected, which may take some seconds: its place in the order of publication is
    taken at the end, and when another report took it meanwhile, all begins anew. A process that dies leaves the report
    waiting, and another goes on. A revision that changes nothing for its readers is refused; and so is what can not be
    counted, which would stop it each time, and all that wait behind it. A database that does not answer is asked again.
    """
    db.session.rollback()
    first = select(PublishedReport.id).filter_by(state=ReportState.WAITING).order_by(PublishedReport.id).limit(1)
    report_id = db.session.scalar(first)
    if report_id is None:
        return 0
    begin_reading()
    report = published.by_id(report_id)
    position = published.last_position() + 1
    try:
        with in_language(report.language):
            content = _content_of(report)
            _check_corrects(report, content)
    except (ArithmeticError, AttributeError, LookupError, Refused, TypeError, ValueError) as error:
        told = isinstance(error, Refused)
        log.warning("report refused", report=report_id, why=type(error).__name__, exc_info=not told)
        why = str(error) if told else ""
        in_transaction(lambda: _refuse(report_id, why))
        return 1
    try:
        in_transaction(lambda: _keep(report_id, content, position, now))
    except _Overtaken:
        log.info("report overtaken by another", report=report_id)
    return 1


def _content_of(report: PublishedReport, *, full: bool = False) -> Content:
    """What a version says, or would say.

    Where it was published in another language, the figures are taken over: in all its languages, a report says the
    same.

    Args:
        full: nothing is protected of what is counted anew.
    """
    if twins := published.in_other_languages(report):
        return translated.content_from(twins[0])
    wanted = wanted_of(report)
    return drafts.draft(wanted.kind, filters_of(wanted)).unprotected() if full else compiled(wanted)


def _check_corrects(report: PublishedReport, content: Content) -> None:
    """Raises: ChangesNothing: it is a revision, and readers would read what they read before."""
    if report.revises_id is not None:
        before = published.content_of(published.by_id(report.revises_id))
        if revisions.says_the_same(before, content):
            raise ChangesNothing


def compiled(wanted: Wanted) -> Content:
    """All that the report says, protected against all published before. Writes nothing."""
    earlier = published.all_in_order()
    draft = drafts.draft(wanted.kind, filters_of(wanted))
    return draft.content(draft.protected(earlier))


def previewed(wanted: Wanted, *, full: bool = False) -> tuple[PublishedReport, Content]:
    """The next version of the report with the figures of this moment, as `publish_next` would protect them, or with
    those of another language in which that version is there already; nothing is written.

    Args:
        full: nothing is protected either: for the team alone.

    Raises:
        WithoutSubject, UnfitSpan, NotTellable
    """
    reporting.check_fits(wanted)
    begin_reading()
    report, there = _waiting(wanted, clock.now(), None), standing(wanted)
    if there is not None:
        report.version = there.version + (there.state is ReportState.PUBLISHED)
    with in_language(wanted.language):
        if not full:
            report.title = _("Preview, not to be passed on: %(title)s", title=report.title)[: reporting.TITLE_LENGTH]
        try:
            return report, _content_of(report, full=full)
        except ValueError as error:
            log.exception("preview refused")
            raise NotTellable from error


def begin_reading() -> None:
    """All that is read from here to the end of the transaction is of one moment: figures that disagree are no report.

    SQLite reads so by itself; PostgreSQL has to be asked.
    """
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _waiting(wanted: Wanted, now: datetime, actor_id: int | None) -> PublishedReport:
    check_subject(wanted)
    return PublishedReport(
        kind=wanted.kind, neighbourhood_id=wanted.neighbourhood_id, structure_id=wanted.structure_id,
        first=wanted.span.first, last=wanted.span.last, filters=filters_of(wanted).to_address(),
        title=title_of(wanted), language=wanted.language, asked_at=now, by_id=actor_id, version=1,
    )  # fmt: skip


def title_of(wanted: Wanted) -> str:
    """In the language of the report. Raises: WithoutSubject"""
    territory = places.territory()
    with in_language(wanted.language):
        return reporting.title(wanted, territory.name if territory else "", _subject_of(wanted))


def check_subject(wanted: Wanted) -> None:
    """Raises: WithoutSubject, ReceivesNobody"""
    _subject_of(wanted)
    if wanted.structure_id is not None and wanted.structure_id not in drafts.receiving():
        raise ReceivesNobody


def _subject_of(wanted: Wanted) -> str:
    """The name of what a sheet is about; empty for the whole territory. Raises: WithoutSubject"""
    if wanted.kind not in {ReportKind.NEIGHBOURHOOD, ReportKind.STRUCTURE}:
        return ""
    model = Neighbourhood if wanted.kind is ReportKind.NEIGHBOURHOOD else Structure
    found = db.session.scalar(select(model.name).where(model.id == wanted.subject_id))
    if found is None:
        raise WithoutSubject
    return found


def _add(report: PublishedReport) -> None:
    db.session.add(report)
    db.session.flush()
    audit.record(
        "published_report.asked", report.reference, actor_id=report.by_id, kind=report.kind.value,
        version=report.version, revises=report.revises_id,
    )  # fmt: skip


def lock_territory() -> None:
    """One asks at a time, so that neither a report nor its sending is asked for twice."""
    db.session.execute(select(Territory.id).with_for_update())


def _taken(report_id: int) -> PublishedReport | None:
    """The report, when it still waits."""
    return db.session.scalar(
        select(PublishedReport)
        .where(PublishedReport.id == report_id, PublishedReport.state == ReportState.WAITING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _keep(report_id: int, content: Content, position: int, now: datetime) -> None:
    report = _taken(report_id)
    if report is None:
        return
    if published.last_position() >= position:
        raise _Overtaken
    report.content = frozen.written(content)
    report.state, report.position, report.published_at = ReportState.PUBLISHED, position, now
    db.session.flush()
    given_away = len(content.published.given_away)
    audit.record(
        "published_report.published", report.reference, position=position, edition=content.edition,
        figures=len(content.published.figures), hidden=len(content.published.hidden), given_away=given_away,
    )  # fmt: skip


def _refuse(report_id: int, why: str) -> None:
    report = _taken(report_id)
    if report is not None:
        report.state = ReportState.REFUSED
        report.refusal = why or _("The figures changed while they were counted, or can not be published together.")
        audit.record("published_report.refused", report.reference)
