"""What may be published, by whom and of which period; who reads what is hidden; to whom a report is sent."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Account, AccountRole
from foundation.security import Role
from reach.models import Repeat, ReportKind
from reach.rules import periods, reporting
from reach.rules.periods import Span
from reach.rules.reporting import (
    MOST_RECIPIENTS,
    NOTE_LENGTH,
    LongNote,
    NotForYou,
    NotOver,
    UnfitSpan,
    UnreadableRecipients,
    Wanted,
    WithoutNote,
)
from tests.reach.drawings import speaking

TODAY = date(2026, 11, 22)


def somebody(role, structure_id=None):
    return Account(structure_id=structure_id, role_rows=[AccountRole(role=role)])


@pytest.mark.parametrize(
    ("kind", "span"),
    [
        (ReportKind.YEAR, periods.year(2025)),
        (ReportKind.YEAR, periods.school_year(2024)),
        (ReportKind.QUARTER, periods.quarter(2025, 4)),
        (ReportKind.QUARTER, periods.quarter(2026, 3)),
    ],
)
def test_a_year_and_a_quarter_that_are_over_are_reports(kind, span):
    reporting.check_wanted(Wanted(kind, span, "fr"), TODAY)


@pytest.mark.parametrize(
    ("kind", "span"),
    [
        (ReportKind.YEAR, Span(date(2024, 3, 1), date(2025, 2, 28))),
        (ReportKind.YEAR, periods.quarter(2025, 1)),
        (ReportKind.QUARTER, Span(date(2025, 2, 1), date(2025, 4, 30))),
        (ReportKind.QUARTER, Span(date(2025, 1, 1), date(2025, 3, 30))),
    ],
)
def test_twelve_or_three_months_that_begin_anywhere_are_not(kind, span):
    with pytest.raises(UnfitSpan):
        reporting.check_wanted(Wanted(kind, span, "fr"), TODAY)


def test_on_its_last_day_a_period_is_not_over_and_on_the_next_it_is():
    wanted = Wanted(ReportKind.QUARTER, periods.quarter(2026, 3), "fr")
    with pytest.raises(NotOver):
        reporting.check_wanted(wanted, date(2026, 9, 30))
    reporting.check_wanted(wanted, date(2026, 10, 1))


def test_what_does_not_fit_is_said_before_that_it_is_not_over():
    with pytest.raises(UnfitSpan):
        reporting.check_wanted(Wanted(ReportKind.YEAR, periods.quarter(2026, 4), "fr"), TODAY)


def test_periods_are_offered_with_the_running_ones_and_the_newest_first():
    years, quarters, schools = 6, 9, 6
    found = reporting.offered(TODAY)
    assert len(found) == years + quarters + schools == len(set(found))
    assert found[:2] == [periods.year(2026), periods.year(2025)]
    assert found[years] == periods.quarter(2026, 4)
    assert found[years + quarters - 1] == periods.quarter(2024, 4)
    assert found[years + quarters] == periods.school_year(2026)


def test_before_september_the_school_year_began_the_year_before():
    assert periods.school_year(2025) in reporting.offered(date(2026, 8, 31))
    assert periods.school_year(2026) not in reporting.offered(date(2026, 8, 31))


def test_whatever_is_offered_is_a_year_or_a_quarter():
    for span in reporting.offered(TODAY):
        fits = [kind for kind in (ReportKind.YEAR, ReportKind.QUARTER) if _fits(kind, span)]
        assert len(fits) == 1
        assert periods.read(periods.written(span)) == span


def _fits(kind, span):
    try:
        reporting.check_fits(Wanted(kind, span, "fr"))
    except UnfitSpan:
        return False
    return True


@pytest.mark.parametrize(
    ("role", "structure_id", "kind", "of", "reads"),
    [
        (Role.MANAGER, None, ReportKind.YEAR, None, True),
        (Role.ADMINISTRATOR, None, ReportKind.STRUCTURE, 5, True),
        (Role.MANAGER, 5, ReportKind.STRUCTURE, 5, True),
        (Role.MANAGER, 5, ReportKind.STRUCTURE, 6, False),
        (Role.MANAGER, 5, ReportKind.YEAR, None, False),
        (Role.MANAGER, 5, ReportKind.NEIGHBOURHOOD, None, False),
        (Role.MEDIATOR, None, ReportKind.YEAR, None, False),
        (Role.MEDIATOR, 5, ReportKind.STRUCTURE, 5, False),
    ],
)
def test_what_is_hidden_is_read_by_managers_of_all_and_of_the_structure_itself(role, structure_id, kind, of, reads):
    actor = somebody(role, structure_id)
    assert reporting.may_read_whole(actor, kind, of) is reads
    if not reads:
        with pytest.raises(NotForYou):
            reporting.check_may_read_whole(actor, kind, of)


def test_recipients_are_told_once_in_order_without_spaces():
    assert reporting.recipients(" b@town.fr\n\na@town.fr \r\nb@town.fr") == ["b@town.fr", "a@town.fr"]


@pytest.mark.parametrize("wrong", ["conseil", "a@b..fr", "a@town.fr, b@town.fr", "@town.fr", "a b@town.fr"])
def test_the_one_that_is_no_address_is_named(wrong):
    with speaking("en"), pytest.raises(UnreadableRecipients) as refused:
        reporting.recipients(f"a@town.fr\n{wrong}")
    assert wrong in str(refused.value)
    assert refused.value.field == "recipients"


def test_none_or_too_many_recipients_are_refused():
    with speaking("en"):
        for text in ("", " \n ", "\n".join(f"a{number}@town.fr" for number in range(MOST_RECIPIENTS + 1))):
            with pytest.raises(UnreadableRecipients, match=str(MOST_RECIPIENTS)):
                reporting.recipients(text)
    most = [f"a{number}@town.fr" for number in range(MOST_RECIPIENTS)]
    assert reporting.recipients("\n".join(most)) == most


@pytest.mark.parametrize("repeat", Repeat)
def test_what_is_sent_next_is_of_the_period_that_ends_the_day_before(repeat):
    day = date(2026, 2, 28)
    for _turn in range(9):
        day = reporting.next_day(day, repeat)
        ended = reporting.ended_before(day, repeat)
        assert (day - ended.last).days == 1
        assert reporting.ended_before(ended.last, repeat) == ended.before


@pytest.mark.parametrize(("text", "refusal"), [("", WithoutNote), (" \n", WithoutNote), ("x" * 2001, LongNote)])
def test_a_note_that_says_nothing_or_too_much_is_refused(text, refusal):
    with pytest.raises(refusal):
        reporting.note(text)


def test_a_note_is_kept_whole():
    assert reporting.note(f" {'x' * NOTE_LENGTH}\n") == "x" * NOTE_LENGTH
