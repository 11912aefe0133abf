"""Calendars kept elsewhere: noted, fetched, read again, forgotten."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from agenda import queries, refreshing, service
from agenda.download import DownloadFailed
from agenda.models import Absence, BusyFeed
from agenda.refreshing import refresh_feeds
from agenda.rules.ics import Reason
from agenda.rules.recurrence import Pattern, occurrences
from agenda.service import NoSuchRecord
from agenda.service.feeds import UnusableAddress, on_the_wall
from foundation.db import db, in_transaction
from foundation.period import Period
from tests.agenda.conftest import MONDAY, PARIS, at, free_time, span

URL = "https://calendar.example/secret/ines.ics"


def calendar(*starts, summary="Dentiste"):
    events = "".join(
        f"BEGIN:VEVENT\r\nSUMMARY:{summary}\r\nDTSTART;TZID=Europe/Paris:{start}\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
        for start in starts
    )
    return f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n".encode()


NINE = calendar("20261123T090000")
TEN = calendar("20261123T100000", "20261124T100000")


@pytest.fixture
def feed(people):
    people.feed = in_transaction(lambda: service.add_feed(people.ines, "Agenda du CCAS", url=URL).id)
    return people


def imported(feed, data):
    return in_transaction(lambda: service.import_busy_time(feed.feed, data))


def busy():
    rows = db.session.scalars(select(Absence).order_by(Absence.first_day, Absence.starts)).all()
    found = [(row.first_day, row.starts, row.ends, row.label) for row in rows]
    db.session.rollback()
    return found


def row_of(feed):
    row = db.session.get(BusyFeed, feed.feed, populate_existing=True)
    db.session.rollback()
    return row


def test_an_event_becomes_busy_time_under_the_name_of_its_calendar(feed):
    """What the event is about stays where it was."""
    assert imported(feed, NINE).ignored == []
    assert busy() == [(MONDAY, time(9), time(10), "Agenda du CCAS")]
    assert row_of(feed).fetched_at is not None


def test_reading_again_replaces_what_was_read_before(feed):
    imported(feed, NINE)
    imported(feed, TEN)
    assert [(day, starts) for day, starts, _, _ in busy()] == [
        (MONDAY, time(10)),
        (MONDAY + timedelta(days=1), time(10)),
    ]


def test_absences_noted_by_hand_are_left_alone(feed):
    by_hand = in_transaction(
        lambda: service.add_absence(feed.ines, Pattern.once(MONDAY, time(14), time(15)), "Réunion").id
    )
    imported(feed, NINE)
    imported(feed, calendar())
    assert [label for *_, label in busy()] == ["Réunion"]
    in_transaction(lambda: service.remove_feed(feed.feed))
    assert db.session.get(Absence, by_hand) is not None


def test_busy_time_of_a_feed_is_changed_at_its_source_only(feed):
    imported(feed, NINE)
    absence = db.session.scalars(select(Absence.id)).one()
    db.session.rollback()
    with pytest.raises(NoSuchRecord):
        in_transaction(lambda: service.delete_absence(absence))


def test_it_takes_slots_away(feed):
    in_transaction(lambda: service.add_opening(feed.ines, Pattern.weekly([0], time(9), time(12), MONDAY)))
    imported(feed, NINE)
    assert free_time(feed.ines) == [span("10:00", "12:00")]


def test_what_is_not_a_calendar_changes_nothing_but_the_error(feed):
    imported(feed, NINE)
    assert imported(feed, b"<html>Sign in</html>").ignored[0].reason == Reason.NOT_A_CALENDAR
    assert len(busy()) == 1
    assert row_of(feed).error == "not_a_calendar"
    imported(feed, NINE)
    assert row_of(feed).error is None


def test_only_from_yesterday_to_four_hundred_days_ahead(feed):
    imported(feed, calendar("20261101T090000", "20281101T090000", "20261123T090000"))
    assert [day for day, *_ in busy()] == [MONDAY]


def test_forgetting_a_calendar_forgets_its_address_and_its_time(feed):
    imported(feed, NINE)
    in_transaction(lambda: service.remove_feed(feed.feed))
    assert (busy(), queries.feeds_of(feed.ines)) == ([], [])


@pytest.mark.parametrize("url", ["file:///etc/passwd", "calendar.example", "javascript:x", "https://"])
def test_an_address_that_can_not_be_fetched_is_refused(people, url):
    with pytest.raises(UnusableAddress) as refused:
        in_transaction(lambda: service.add_feed(people.ines, "x", url=url))
    assert refused.value.field == "url"


def test_a_file_given_once(people):
    feed = in_transaction(lambda: service.add_feed(people.ines, "Vacances", file_name="vacances.ics").id)
    in_transaction(lambda: service.import_busy_time(feed, NINE))
    assert [row.file_name for row in queries.feeds_of(people.ines)] == ["vacances.ics"]
    assert len(busy()) == 1


def test_a_feed_needs_a_resource_and_a_verb_needs_a_feed(people):
    with pytest.raises(NoSuchRecord):
        in_transaction(lambda: service.add_feed(999_999, "x", url=URL))
    for verb in (service.remove_feed, lambda id_: service.import_busy_time(id_, NINE)):
        with pytest.raises(NoSuchRecord):
            in_transaction(lambda verb=verb: verb(999_999))


def test_refreshing_reads_every_address_and_notes_what_fails(feed, monkeypatch):
    other = in_transaction(lambda: service.add_feed(feed.marc, "Perso", url="https://down.example/x.ics").id)
    sign_in = in_transaction(lambda: service.add_feed(feed.marc, "Pro", url="https://login.example/x.ics").id)
    in_transaction(lambda: service.add_feed(feed.marc, "Fichier", file_name="x.ics"))

    def answer(url, *, allow_private):
        assert not allow_private
        assert not db.session().in_transaction(), "nobody waits for a slow server with the database open"
        if "down" in url:
            raise DownloadFailed("http_503")
        return b"<html>" if "login" in url else NINE

    monkeypatch.setattr(refreshing, "download", answer)
    done = refresh_feeds()
    assert (done.read, done.failed) == (1, 2)
    assert len(busy()) == 1
    errors = dict(db.session.execute(select(BusyFeed.id, BusyFeed.error)).all())
    assert (errors[feed.feed], errors[other], errors[sign_in]) == (None, "http_503", "not_a_calendar")


def test_a_feed_removed_while_it_was_fetched_is_passed_over(feed, monkeypatch):
    def answer(_url, *, allow_private):
        in_transaction(lambda: service.remove_feed(feed.feed))
        return NINE

    monkeypatch.setattr(refreshing, "download", answer)
    assert refresh_feeds().read == 0
    assert busy() == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-23 09:00", "2026-11-23 10:00"),
        ("2026-11-23 00:00", "2026-11-25 00:00"),
        ("2026-11-23 22:00", "2026-11-24 02:30"),
        ("2027-03-27 23:00", "2027-03-28 04:00"),
    ],
    ids=["an hour", "whole days", "a night", "a night of spring"],
)
def test_a_period_on_the_wall_comes_back_as_it_was(start, end):
    period = Period(at(start), at(end))
    pattern = on_the_wall(period, PARIS)
    assert occurrences(pattern, date(2026, 11, 1), date(2027, 12, 31), PARIS) == [period]


def test_in_the_hour_that_autumn_repeats_more_is_busy_never_less():
    """A wall clock shows 2 h 30 twice on 25 October; both readings of it are covered."""
    first = at("2026-10-25 00:00")
    for begin in range(0, 300, 15):
        for length in range(15, 300, 15):
            period = Period(first + timedelta(minutes=begin), first + timedelta(minutes=begin + length))
            day = date(2026, 10, 25)
            (kept,) = occurrences(on_the_wall(period, PARIS), day, day + timedelta(days=1), PARIS)
            assert kept.contains(period)
            assert kept.length - period.length <= timedelta(hours=2)
