"""Reports that are sent by themselves: on their day, once, to each recipient, and never after they were stopped."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from accounts.models import Account
from foundation import audit, clock
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message, MessageState
from jobs import JOBS, perform
from places.models import Structure
from reach.models import PublishedReport, Repeat, ReportKind, ReportSchedule, ReportState
from reach.rules import periods, reporting
from reach.rules.reporting import MayNotPublish, UnreadableRecipients, Wanted, WithoutSubject
from reach.service import publishing, schedules
from reach.service.schedules import NoSuchSchedule
from tests.cast import sign_in
from tests.reach.came import came

ASKED = datetime(2026, 2, 10, 9, tzinfo=UTC)
LONG_AGO = datetime(2024, 1, 8, 9, tzinfo=UTC)
STILL_WRITTEN = datetime(2026, 4, 14, 9, tzinfo=UTC)
APRIL = datetime(2026, 4, 14, 22, 30, tzinfo=UTC)
"""Half past midnight of 15 April, on the wall clock: two weeks after the quarter."""
TWO = "maire@valbriac.example\n conseil@valbriac.example \n\nmaire@valbriac.example"
ROOT = "/equipe/portee/rapports/envois"


@pytest.fixture
def at(monkeypatch):
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


@pytest.fixture
def manager(cast, at):
    at(ASKED)
    came(cast, at=LONG_AGO)
    return cast.administrator


def scheduled(actor, kind=ReportKind.QUARTER, subject_id=None, recipients=TWO):
    return in_transaction(lambda: schedules.schedule(kind, subject_id, "fr", recipients, actor, now=ASKED)).id


def work():
    for _turn in range(3):
        perform(JOBS["send-reports"])
        perform(JOBS["publish-reports"])


def rows(model):
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(model).order_by(model.id)))


def letters():
    return [one for one in rows(Message) if one.reference.startswith("report_schedule:")]


def test_it_is_sent_two_weeks_after_the_quarter_and_once(manager, at):
    schedule_id = scheduled(manager)
    at(STILL_WRITTEN)
    work()
    assert rows(PublishedReport) == letters() == []
    at(APRIL)
    work()
    work()
    (report,) = rows(PublishedReport)
    assert (report.state, report.first, report.last) == (ReportState.PUBLISHED, date(2026, 1, 1), date(2026, 3, 31))
    assert report.by_id is None
    sent = letters()
    assert [one.recipient for one in sent] == ["maire@valbriac.example", "conseil@valbriac.example"]
    assert all(f"/rapports/{report.id}.pdf" in one.body for one in sent)
    assert rows(ReportSchedule)[0].next_on == date(2026, 7, 1)
    assert audit.history(f"report_schedule:{schedule_id}")[0].action == "report_schedule.sent"


def test_what_somebody_published_by_hand_is_what_is_sent(manager, at):
    scheduled(manager)
    at(APRIL)
    wanted = Wanted(ReportKind.QUARTER, periods.quarter(2026, 1), "fr")
    by_hand = in_transaction(lambda: publishing.publish(wanted, manager, now=APRIL)).id
    work()
    assert [one.id for one in rows(PublishedReport)] == [by_hand]
    assert len(letters()) == 2


def test_a_process_that_dies_between_two_steps_sends_all_the_same(manager, at):
    scheduled(manager)
    at(APRIL)
    assert in_transaction(lambda: schedules.send_due(APRIL)) == 1
    assert rows(ReportSchedule)[0].sending_id == rows(PublishedReport)[0].id
    assert in_transaction(lambda: schedules.send_due(APRIL)) == 0
    work()
    assert len(letters()) == 2


def broken(_wanted):
    raise ValueError("two tables disagree")


def test_of_a_report_that_is_refused_only_who_had_it_sent_is_told(manager, at, monkeypatch):
    schedule_id = scheduled(manager)
    at(APRIL)
    monkeypatch.setattr(publishing, "compiled", broken)
    work()
    work()
    (report,) = rows(PublishedReport)
    assert report.state is ReportState.REFUSED
    (letter,) = letters()
    assert letter.recipient == manager.email
    assert report.refusal in letter.body
    assert "/equipe/portee/rapports/nouveau" in letter.body
    assert rows(ReportSchedule)[0].sending_id is None
    assert audit.history(f"report_schedule:{schedule_id}")[0].action == "report_schedule.not_sent"


def test_where_a_revision_is_refused_the_version_before_is_what_is_sent(manager, at, monkeypatch):
    scheduled(manager)
    at(APRIL)
    wanted = Wanted(ReportKind.QUARTER, periods.quarter(2026, 1), "fr")
    first = in_transaction(lambda: publishing.publish(wanted, manager, now=APRIL)).id
    assert publishing.publish_next(APRIL) == 1
    in_transaction(lambda: publishing.revise(first, "Une.", manager, now=APRIL))
    monkeypatch.setattr(publishing, "compiled", broken)
    work()
    assert [one.state for one in rows(PublishedReport)] == [ReportState.PUBLISHED, ReportState.REFUSED]
    assert [f"/rapports/{first}.pdf" in one.body for one in letters()] == [True, True]


def test_a_revision_that_changes_nothing_sends_the_version_before(manager, at):
    scheduled(manager)
    at(APRIL)
    wanted = Wanted(ReportKind.QUARTER, periods.quarter(2026, 1), "fr")
    first = in_transaction(lambda: publishing.publish(wanted, manager, now=APRIL)).id
    assert publishing.publish_next(APRIL) == 1
    in_transaction(lambda: publishing.revise(first, "Une.", manager, now=APRIL))
    work()
    assert [one.state for one in rows(PublishedReport)] == [ReportState.PUBLISHED, ReportState.REFUSED]
    assert [f"/rapports/{first}.pdf" in one.body for one in letters()] == [True, True]


def without_mediators(cast, structure):
    with transaction():
        db.session.execute(
            update(Account).where(Account.structure_id == cast.ids[structure]).values(structure_id=cast.ids["town"])
        )


def test_of_a_structure_that_receives_nobody_any_more_who_had_it_sent_is_told_once_and_why(manager, at, cast):
    schedule_id = scheduled(manager, ReportKind.STRUCTURE, cast.ids["association"])
    without_mediators(cast, "association")
    at(datetime(2027, 1, 15, 9, tzinfo=UTC))
    work()
    work()
    assert rows(PublishedReport) == []
    (letter,) = letters()
    assert letter.recipient == manager.email
    assert "n’a reçu personne" in letter.body
    assert db.session.get(Structure, cast.ids["association"]).name in letter.body
    assert rows(ReportSchedule)[0].next_on == date(2028, 1, 1)
    entry = audit.history(f"report_schedule:{schedule_id}")[0]
    assert entry.action == "report_schedule.not_sent"


def test_the_page_says_so_before_anything_is_due(manager, client, cast):
    scheduled(manager, ReportKind.STRUCTURE, cast.ids["association"])
    team = sign_in(client, manager)
    assert "Rien ne sera envoyé" not in team.get(ROOT).text
    without_mediators(cast, "association")
    assert "Rien ne sera envoyé" in team.get(ROOT).text


def test_a_mail_server_that_is_down_loses_no_letter_and_doubles_none(manager, at):
    """The letters wait in the outbox, whose own tests say how it tries again; asking once more adds none."""
    scheduled(manager)
    at(APRIL)
    work()
    waiting = [(one.id, one.key) for one in letters()]
    assert len(waiting) == len({key for _id, key in waiting}) == 2
    at(APRIL + timedelta(days=2))
    work()
    assert [(one.id, one.key) for one in letters()] == waiting


def test_who_was_not_reached_is_told_on_the_page_until_a_later_letter_arrives(manager, at, client):
    scheduled(manager)
    at(APRIL)
    work()
    team = sign_in(client, manager)
    assert "Message non remis" not in team.get(ROOT).text, "what is still tried is not lost"
    first, second = letters()
    ended(first.id, MessageState.FAILED)
    ended(second.id, MessageState.SENT)
    page = team.get(ROOT).text
    assert "Message non remis</span> maire@valbriac.example</td>" in page
    at(datetime(2026, 7, 15, 9, tzinfo=UTC))
    work()
    for one in letters()[2:]:
        ended(one.id, MessageState.SENT)
    assert "Message non remis" not in team.get(ROOT).text


def ended(message_id, state):
    with transaction():
        db.session.get_one(Message, message_id).state = state


def test_the_same_sending_asked_for_twice_is_one(manager):
    first = scheduled(manager)
    assert scheduled(manager) == first
    assert scheduled(manager, recipients="autre@valbriac.example") != first
    in_transaction(lambda: schedules.stop(first, manager))
    assert scheduled(manager) != first, "a stopped one is over"


def test_after_months_of_standstill_only_the_last_quarter_is_sent(manager, at):
    scheduled(manager)
    at(APRIL.replace(month=11, day=5))
    work()
    (report,) = rows(PublishedReport)
    assert (report.first, report.last) == (date(2026, 7, 1), date(2026, 9, 30))
    assert rows(ReportSchedule)[0].next_on == date(2027, 1, 1)


def test_a_letter_is_in_the_language_of_its_report(manager, at):
    in_transaction(lambda: schedules.schedule(ReportKind.QUARTER, None, "en", "a@b.example", manager, now=ASKED))
    at(APRIL)
    work()
    (letter,) = letters()
    assert (letter.locale, letter.body[:5]) == ("en", "Hello")
    assert letter.subject == rows(PublishedReport)[0].title


def test_a_stopped_one_is_sent_no_more_and_forgets_its_recipients(manager, at):
    schedule_id = scheduled(manager)
    in_transaction(lambda: schedules.stop(schedule_id, manager))
    at(APRIL)
    work()
    assert letters() == rows(PublishedReport) == schedules.active() == []
    assert rows(ReportSchedule)[0].recipients == ""
    with pytest.raises(NoSuchSchedule):
        in_transaction(lambda: schedules.stop(schedule_id, manager))


@pytest.mark.parametrize("recipients", ["", " \n", "no address", "a@b.example, c@d.example", "a@b.example\n" * 2 + "x"])
def test_recipients_are_addresses_one_a_line(manager, recipients):
    with pytest.raises(UnreadableRecipients):
        scheduled(manager, recipients=recipients)


def test_a_sheet_needs_its_subject_and_a_mediator_schedules_nothing(manager, cast):
    for kind in (ReportKind.NEIGHBOURHOOD, ReportKind.STRUCTURE):
        with pytest.raises(WithoutSubject):
            scheduled(manager, kind)
    assert scheduled(manager, ReportKind.STRUCTURE, cast.ids["town"])
    with pytest.raises(MayNotPublish):
        scheduled(cast.mediator)


@pytest.mark.parametrize(
    ("day", "repeat", "ended", "following"),
    [
        (date(2026, 1, 1), Repeat.YEAR, periods.year(2025), date(2027, 1, 1)),
        (date(2026, 12, 31), Repeat.YEAR, periods.year(2025), date(2027, 1, 1)),
        (date(2026, 1, 1), Repeat.QUARTER, periods.quarter(2025, 4), date(2026, 4, 1)),
        (date(2026, 6, 30), Repeat.QUARTER, periods.quarter(2026, 1), date(2026, 7, 1)),
        (date(2026, 11, 5), Repeat.QUARTER, periods.quarter(2026, 3), date(2027, 1, 1)),
    ],
)
def test_which_period_is_over_and_when_the_next_one_is(day, repeat, ended, following):
    assert reporting.ended_before(day, repeat) == ended
    assert reporting.next_day(day, repeat) == following


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        (date(2026, 1, 14), date(2026, 1, 15)),
        (date(2026, 1, 15), date(2026, 4, 15)),
        (date(2026, 12, 31), date(2027, 1, 15)),
    ],
)
def test_who_asks_while_a_quarter_is_still_written_has_that_one_first(asked, first):
    assert reporting.sent_on(reporting.next_day(reporting.settled(asked), Repeat.QUARTER)) == first


@pytest.mark.parametrize("first_day", [date(2026, 1, 1), date(2026, 4, 1), date(2028, 1, 1)])
@pytest.mark.parametrize("repeat", Repeat)
def test_what_is_sent_is_the_period_that_was_waited_for(first_day, repeat):
    sent = reporting.settled(reporting.sent_on(first_day))
    assert reporting.ended_before(sent, Repeat.QUARTER).last == first_day - timedelta(days=1)
    assert reporting.next_day(sent, repeat) > first_day


def test_of_a_time_before_the_first_record_nothing_is_published_and_who_had_it_sent_is_told(cast, at):
    at(ASKED)
    actor = cast.administrator
    scheduled(actor)
    at(APRIL)
    work()
    work()
    assert rows(PublishedReport) == []
    (letter,) = letters()
    assert letter.recipient == actor.email
    assert "Rien n’a été saisi avant la fin de cette période" in letter.body
    came(cast, at=APRIL)
    at(datetime(2026, 7, 15, 9, tzinfo=UTC))
    work()
    assert [one.state for one in rows(PublishedReport)] == [ReportState.PUBLISHED]


def test_the_page_adds_lists_and_stops(client, cast, manager):
    team = sign_in(client, manager)
    form = {"kind": "quarter", "subject": "", "language": "en", "recipients": TWO}
    refused = team.post(ROOT, data=form | {"recipients": "a@b.example\nconseil"})
    assert refused.status_code == 422
    assert "conseil" in refused.text
    assert team.post(ROOT, data=form | {"kind": "structure"}).status_code == 422
    assert team.post(ROOT, data=form | {"kind": "structure", "subject": "structure:987654"}).status_code == 422
    assert rows(ReportSchedule) == []
    assert team.post(ROOT, data=form).status_code == 303
    assert team.post(ROOT, data=form).status_code == 303
    page = team.get(ROOT)
    assert "conseil@valbriac.example" in page.text
    assert "15 avril 2026" in page.text
    (one,) = rows(ReportSchedule)
    assert team.post(f"{ROOT}/{one.id}/arreter").status_code == 303
    assert team.post(f"{ROOT}/{one.id}/arreter").status_code == 404, "pressed twice"
    assert "conseil@valbriac.example" not in team.get(ROOT).text
