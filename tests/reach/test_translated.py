"""A report in a second language: the figures that were published, in other words, whatever happened in between."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foundation import clock
from foundation.db import db, in_transaction, transaction
from places.models import Neighbourhood, Structure
from reach.models import ReportKind, ReportState
from reach.queries import published
from reach.rules import periods
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.reporting import Wanted
from reach.rules.suppression.tables import Figure
from reach.service import publishing
from tests.reach.came import came

MAY = datetime(2025, 5, 6, 10, tzinfo=UTC)
LATER = datetime(2026, 2, 1, 9, tzinfo=UTC)
YEAR = periods.year(2025)
PEOPLE = Figure("people", YEAR)
FRENCH, ENGLISH = (Wanted(ReportKind.YEAR, YEAR, language) for language in ("fr", "en"))


@pytest.fixture
def town(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    came(cast, 40, at=MAY)
    return cast


def made(wanted, town):
    report_id = in_transaction(lambda: publishing.publish(wanted, town.administrator, now=LATER)).id
    assert publishing.publish_next(LATER) == 1
    return read(report_id)


def revised(report, town):
    new_id = in_transaction(lambda: publishing.revise(report.id, "Des retards.", town.administrator, now=LATER)).id
    assert publishing.publish_next(LATER) == 1
    return read(new_id)


def read(report_id):
    db.session.rollback()
    db.session.expire_all()
    return published.by_id(report_id)


def people(report):
    return published.content_of(report).published.figures[PEOPLE]


def test_figures_inhabitants_and_names_are_those_of_the_first_and_words_are_its_own(town):
    french = made(FRENCH, town)
    came(town, 30, at=MAY)
    with transaction():
        db.session.get(Neighbourhood, town.ids["harbour"]).name = "Le Vieux Port"
        db.session.get(Neighbourhood, town.ids["harbour"]).population = 1
        db.session.get(Structure, town.ids["town"]).name = "Un autre nom"
    english = made(ENGLISH, town)
    one, other = (published.content_of(report) for report in (read(french.id), english))

    assert other.published == one.published
    assert (other.plain, other.areas) == (one.plain, one.areas)
    for by in (Dimension.NEIGHBOURHOOD, Dimension.STRUCTURE, Dimension.AGE_BAND):
        assert list(other.names[by]) == list(one.names[by]), "lines stand in the same order"
    assert other.names[Dimension.NEIGHBOURHOOD][town.ids["harbour"]] == "Le Port"
    assert other.names[Dimension.NEIGHBOURHOOD][UNKNOWN] == "Neighbourhood not known"
    assert one.names[Dimension.NEIGHBOURHOOD][UNKNOWN] == "Quartier inconnu"
    assert (one.scope == other.scope, one.definitions == other.definitions) == (False, False)
    assert (read(french.id).position, english.position, english.version) == (1, 2, 1)


def test_a_revision_is_taken_over_by_the_other_language_when_it_is_asked_for(town):
    french, english = made(FRENCH, town), made(ENGLISH, town)
    came(town, 30, at=MAY)
    second = revised(french, town)
    came(town, 30, at=MAY)
    other = revised(english, town)
    assert [people(one) - people(french) for one in (second, read(english.id), other)] == [30, 0, 30]
    assert published.content_of(other).published == published.content_of(read(second.id)).published
    assert [one.id for one in published.in_other_languages(other)] == [second.id]


def test_the_last_word_is_the_revision_though_the_first_version_is_translated_after_it(town):
    french = made(FRENCH, town)
    came(town, 30, at=MAY)
    second = revised(french, town)
    english = made(ENGLISH, town)
    assert people(english) == people(french)
    assert published.latest().id == second.id


def test_where_the_first_language_was_refused_the_second_counts_for_itself(town):
    french = made(FRENCH, town)
    with transaction():
        row = db.session.get(type(french), french.id)
        row.state, row.content, row.position, row.published_at = ReportState.REFUSED, None, None, None
    came(town, 30, at=MAY)
    english = made(ENGLISH, town)
    assert people(english) == 70
    assert published.in_other_languages(english) == []


def test_a_sheet_of_another_place_or_period_is_no_translation(town):
    kinds = [
        Wanted(ReportKind.NEIGHBOURHOOD, YEAR, "fr", town.ids["harbour"]),
        Wanted(ReportKind.NEIGHBOURHOOD, YEAR, "en", town.ids["mills"]),
        Wanted(ReportKind.QUARTER, periods.quarter(2025, 2), "en"),
        Wanted(ReportKind.STRUCTURE, YEAR, "en", town.ids["town"]),
    ]
    for wanted in kinds:
        assert published.in_other_languages(made(wanted, town)) == []


def test_all_that_is_counted_for_a_report_is_of_one_moment(town, database):
    """On PostgreSQL each statement would else see what was written since the one before."""
    publishing.begin_reading()
    before = publishing.compiled(FRENCH).published.figures[PEOPLE]
    with db.engine.connect() as other:
        other.exec_driver_sql("UPDATE neighbourhood SET population = 5")
        other.commit()
    areas = publishing.compiled(FRENCH).areas
    assert (before, {area.population for area in areas} == {5}) == (40, False)
    publishing.begin_reading()
    assert {area.population for area in publishing.compiled(FRENCH).areas} == {5}
