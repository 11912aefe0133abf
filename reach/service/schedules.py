"""Reports that are published and sent by themselves: two weeks after a quarter or a year, as a link, once."""

from __future__ import annotations

from datetime import date, datetime

import structlog
from sqlalchemy import Select, select

from accounts.models import Account
from foundation import audit, clock
from foundation.db import db
from foundation.errors import Refused, Unknown
from foundation.i18n import _, _l, in_language
from foundation.links import absolute
from foundation.outbox import service as outbox
from foundation.outbox.models import Channel
from reach.models import PublishedReport, Repeat, ReportKind, ReportSchedule, ReportState
from reach.rules import reporting
from reach.rules.reporting import Wanted
from reach.service import publishing

log = structlog.get_logger()


class NoSuchSchedule(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This report is not sent by itself any more. Load the page again."))


def schedule(
    kind: ReportKind, subject_id: int | None, language: str, recipients: str, actor: Account, *, now: datetime
) -> ReportSchedule:
    """From now on, two weeks after each quarter or, for a yearly report and for sheets, after each year.

    The same report, in the same language, to the same recipients is sent once, however often it is asked for.

    Args:
        recipients: e-mail addresses, one a line.

    Raises:
        MayNotPublish, WithoutSubject, UnreadableRecipients
    """
    reporting.check_may_publish(actor)
    told = reporting.recipients(recipients)
    repeat = Repeat.QUARTER if kind is ReportKind.QUARTER else Repeat.YEAR
    settled = _settled(now)
    wanted = Wanted(kind, reporting.ended_before(settled, repeat), language, subject_id)
    publishing.check_subject(wanted)
    publishing.lock_territory()
    if (there := _same(wanted, told)) is not None:
        return there
    made = ReportSchedule(
        kind=kind, neighbourhood_id=wanted.neighbourhood_id, structure_id=wanted.structure_id, repeats=repeat,
        language=language, recipients="\n".join(told), next_on=reporting.next_day(settled, repeat), by_id=actor.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    audit.record("report_schedule.created", made.reference, actor_id=actor.id, kind=kind.value, repeats=repeat.value)
    return made


def _same(wanted: Wanted, recipients: list[str]) -> ReportSchedule | None:
    return db.session.scalar(
        select(ReportSchedule).filter_by(
            active=True, kind=wanted.kind, neighbourhood_id=wanted.neighbourhood_id, structure_id=wanted.structure_id,
            language=wanted.language, recipients="\n".join(recipients),
        )
    )  # fmt: skip


def stop(schedule_id: int, actor: Account) -> None:
    """It is sent no more; what was sent stays where it is.

    Raises:
        MayNotPublish, NoSuchSchedule
    """
    reporting.check_may_publish(actor)
    found = db.session.get(ReportSchedule, schedule_id, with_for_update=True)
    if found is None or not found.active:
        raise NoSuchSchedule
    found.active, found.recipients, found.sending_id = False, "", None
    audit.record("report_schedule.ended", found.reference, actor_id=actor.id)


def active() -> list[ReportSchedule]:
    """In the order in which they are due."""
    return list(
        db.session.scalars(
            select(ReportSchedule).filter_by(active=True).order_by(ReportSchedule.next_on, ReportSchedule.id)
        )
    )


def send_due(now: datetime) -> int:
    """One step of one schedule: ask for the report that is due, or send the one that is there. Call it until 0.

    A report that somebody published by hand is the one that is sent. Each recipient has one message for each report:
    its key is that of their place among them.
    """
    return _send_one() or _ask_one(now)


def _ask_one(now: datetime) -> int:
    settled = _settled(now)
    due = select(ReportSchedule).where(
        ReportSchedule.active, ReportSchedule.sending_id.is_(None), ReportSchedule.next_on <= settled
    )
    one = _first(due)
    if one is None:
        return 0
    subject = one.neighbourhood_id or one.structure_id
    wanted = Wanted(one.kind, reporting.ended_before(settled, one.repeats), one.language, subject)
    one.next_on = reporting.next_day(settled, one.repeats)
    try:
        there = publishing.standing(wanted) or publishing.ask(wanted, now=now, actor_id=None)
    except Refused as refused:
        log.warning("scheduled report refused", schedule=one.id, why=type(refused).__name__)
        _tell_refused(one, f"{one.reference}:{wanted.span.last}", publishing.title_of(wanted), refused)
        audit.record("report_schedule.not_sent", one.reference, why=type(refused).__name__)
        return 1
    one.sending_id = there.id
    db.session.flush()
    return 1


def _settled(now: datetime) -> date:
    return reporting.settled(now.astimezone(clock.territory_zone()).date())


def _send_one() -> int:
    ended = (
        select(ReportSchedule)
        .join(PublishedReport, PublishedReport.id == ReportSchedule.sending_id)
        .where(ReportSchedule.active, PublishedReport.state != ReportState.WAITING)
    )
    one = _first(ended)
    if one is None:
        return 0
    report = db.session.get_one(PublishedReport, one.sending_id)
    one.sending_id = None
    if report.state is ReportState.PUBLISHED:
        _queue(one, report)
        audit.record("report_schedule.sent", one.reference, report=report.id)
    elif (before := publishing.standing(publishing.wanted_of(report))) is not None:
        one.sending_id = before.id  # A revision was refused: the version before it stands, and is what is sent.
    else:
        _tell_refused(one, f"{report.reference}:{one.id}", report.title, report.refusal)
        audit.record("report_schedule.not_sent", one.reference, report=report.id)
    db.session.flush()
    return 1


def _tell_refused(one: ReportSchedule, key: str, title: str, why: str | Refused) -> None:
    """Whoever had it sent learns that it was not: nobody looks at a page for what does not come.

    Args:
        key: of what was to be sent: it is told once.
        why: said in the language of who reads it, where it can be.
    """
    author = db.session.get_one(Account, one.by_id)
    with in_language(author.locale):
        outbox.queue(
            key=f"{key}:refused", reference=one.reference, channel=Channel.EMAIL,
            recipient=author.email, subject=_("A report was not sent"), locale=author.locale,
            body=_(
                "Hello,\n\nThis report could not be published, and was not sent: %(title)s\n%(why)s\n\nTo ask for it "
                "again: %(address)s",
                title=title, why=why, address=absolute("reports.new"),
            ),
        )  # fmt: skip


def _first(query: Select[ReportSchedule]) -> ReportSchedule | None:
    ordered = query.order_by(ReportSchedule.id).limit(1)
    return db.session.scalar(ordered.with_for_update(of=ReportSchedule).execution_options(populate_existing=True))


def _queue(one: ReportSchedule, report: PublishedReport) -> None:
    with in_language(report.language):
        for number, recipient in enumerate(one.recipients.splitlines()):
            outbox.queue(
                key=f"{report.reference}:{one.id}:{number}", reference=one.reference, channel=Channel.EMAIL,
                recipient=recipient, subject=report.title, locale=report.language,
                body=_(
                    "Hello,\n\nThis report has been published: %(title)s\n%(address)s\n\nIts figures stay as they are. "
                    "A correction is published as a revision.",
                    title=report.title, address=absolute("reports.paper", report_id=report.id),
                ),
            )  # fmt: skip
