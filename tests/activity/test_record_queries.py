"""Lists of records: filters, pages, what was done last, and what tells of what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import literal, select

from activity import queries
from activity.models import ActivityKind, ActivityRecord, Theme
from activity.queries import Filter
from foundation.db import db
from tests.activity import drafts
from tests.moments import TEN, at

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def write(cast, **more):
    return drafts.write(cast, **more).id


@pytest.fixture
def four(cast):
    """Two of the mediator, a week apart; a group among them; one of another structure."""
    return {
        "old": write(cast, started_at=TEN - 8 * DAY, themes=frozenset({Theme.WEB})),
        "new": write(cast, started_at=TEN - DAY, themes=frozenset({Theme.WEB, Theme.EMAIL})),
        "group": write(cast, started_at=TEN - 2 * DAY, kind=ActivityKind.GROUP, person_ids=(), anonymous_count=7),
        "other": write(cast, who="other_mediator", started_at=TEN - DAY),
    }


def ids(page):
    return [record.id for record in page.records]


def test_the_newest_comes_first(cast, four):
    page = queries.page(Filter(mediator_id=cast.mediator.id))
    assert ids(page) == [four["new"], four["group"], four["old"]]
    assert (page.count, page.people) == (3, 9)


def test_a_structure_sees_its_own(cast, four):
    assert ids(queries.page(Filter(structure_id=cast.association.id))) == [four["other"]]


def test_the_territory_sees_all(four):
    assert set(ids(queries.page(Filter()))) == set(four.values())


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2026, 3, 9), None, ["new"]),
        (None, date(2026, 3, 8), ["group", "old"]),
        (date(2026, 3, 8), date(2026, 3, 9), ["new", "group"]),
        (date(2026, 3, 9), date(2026, 3, 8), []),
    ],
)
def test_both_days_of_a_period_are_in_it(cast, four, first, last, found):
    page = queries.page(Filter(mediator_id=cast.mediator.id, first=first, last=last))
    assert ids(page) == [four[name] for name in found]


def test_a_day_is_the_towns_day(cast):
    just_after_midnight = TEN.replace(day=9, hour=23, minute=30)
    id_ = write(cast, started_at=just_after_midnight)
    assert ids(queries.page(Filter(first=date(2026, 3, 10)))) == [id_]
    assert ids(queries.page(Filter(last=date(2026, 3, 9)))) == []


def test_a_theme_filters_and_counts_only_its_own(cast, four):
    wanted = Filter(mediator_id=cast.mediator.id, theme=Theme.WEB)
    page = queries.page(wanted)
    assert ids(page) == [four["new"], four["old"]]
    assert page.people == 2
    assert ids(queries.page(replace(wanted, theme=Theme.PARENTING))) == []


def test_pages_follow_each_other_without_gap(cast, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    written = [write(cast, started_at=TEN - n * DAY) for n in range(5)]
    pages = [queries.page(Filter(), number) for number in (1, 2, 3, 4)]
    assert [id_ for page in pages for id_ in ids(page)] == written
    assert [page.has_next for page in pages] == [True, True, False, False]


def test_an_export_reads_everything_once_however_it_is_cut(cast, monkeypatch):
    monkeypatch.setattr(queries, "BATCH", 2)
    written = [write(cast, started_at=TEN - (n // 2) * DAY) for n in range(5)]
    found = [record.id for record in queries.every(Filter())]
    assert sorted(found) == sorted(written)
    starts = [db.session.get_one(ActivityRecord, id_).started_at for id_ in found]
    assert starts == sorted(starts)


def test_the_last_record_of_a_person_stays_within_the_structure(cast, four):
    resident = cast.resident.id
    assert queries.last_with(resident, cast.town.id).id == four["new"]
    assert queries.last_with(resident, cast.association.id).id == four["other"]
    assert queries.last_with(resident, None).id in {four["new"], four["other"]}
    assert queries.last_with(cast.neighbour.id, cast.town.id) is None


def test_the_last_record_of_a_mediator_is_the_newest_activity(cast, four):
    assert queries.last_by(cast.mediator.id).id == four["new"]
    assert queries.last_by(cast.manager.id) is None


def test_who_took_part_before(cast, four):
    people = [cast.resident.id, cast.neighbour.id]
    assert queries.took_part_before(people, TEN) == {cast.resident.id}
    assert queries.took_part_before(people, TEN - 8 * DAY) == set()
    assert queries.took_part_before(people, TEN - 7 * DAY, but=four["old"]) == set()
    assert queries.took_part_before([], TEN) == set()


def test_what_was_told_knows_its_record(cast):
    record_id = write(cast, reference="session:5")
    write(cast)
    assert queries.recorded(["session:5", "session:6"]) == {"session:5": record_id}
    assert queries.recorded([]) == {}
    assert (queries.telling_of("session:5"), queries.telling_of("session:6")) == (record_id, None)


@pytest.mark.parametrize(("reference", "untold"), [("session:5", False), ("session:6", True), ("session:55", True)])
def test_what_is_untold_can_be_asked_for_in_sql(cast, reference, untold):
    write(cast, reference="session:5")
    write(cast)
    assert bool(db.session.scalar(select(queries.is_untold(literal(reference))))) is untold


def test_nobody_was_anywhere_before_the_first_record(cast):
    assert queries.last_venue_id(cast.mediator.id) is None


def test_where_a_mediator_was_last(cast):
    write(cast, started_at=TEN - 2 * DAY, venue_id=cast.ids["workshop"])
    write(cast, started_at=TEN - DAY)
    assert queries.last_venue_id(cast.mediator.id) == cast.library.id
    assert queries.last_venue_id(cast.manager.id) is None
