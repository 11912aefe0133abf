"""Correcting and withdrawing a record: by its author, for a while, with its history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import ActivityKind, ActivityRecord, AgeBand, Aspect, Theme
from activity.rules.records import NoSuchRecord, NotTheAuthor, TooLateToChange
from activity.service import records
from foundation.audit import history
from foundation.db import db, in_transaction, transaction
from foundation.forbidden import CardNumber
from tests.activity import drafts
from tests.activity.drafts import count, draft
from tests.moments import TEN, at

MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def write(cast, **more):
    return drafts.write(cast, **more).id


def edit(cast, id_, *, now=TEN, who="mediator", **more):
    wanted = draft(cast, **more)
    return in_transaction(lambda: records.edit(id_, wanted, now=now, actor=getattr(cast, who)))


def withdraw(cast, id_, *, now=TEN, who="mediator"):
    in_transaction(lambda: records.withdraw(id_, now=now, actor=getattr(cast, who)))


def test_what_changed_is_kept_without_the_words_of_the_note(cast):
    id_ = write(cast, note="Premier mot")
    edit(cast, id_, note="Second mot", duration_minutes=90, themes=frozenset({Theme.EMAIL}))
    record = db.session.get_one(ActivityRecord, id_)
    assert (record.duration_minutes, record.note, record.values(Aspect.THEME)) == (90, "Second mot", ["email"])
    entry = history(f"record:{id_}")[0]
    assert entry.action == "record.changed"
    assert entry.details["changed"] == {
        "duration_minutes": [45, 90], "theme": [["device_start"], ["email"]], "note": ["…", "…"],
    }  # fmt: skip


def test_saving_what_is_there_writes_no_history(cast):
    id_ = write(cast)
    edit(cast, id_)
    assert [entry.action for entry in history(f"record:{id_}")] == ["record.written"]


def test_who_stays_is_not_counted_anew(cast):
    id_ = write(cast, kind=ActivityKind.GROUP)
    with transaction():
        cast.resident.birth_year = 2001
    edit(cast, id_, kind=ActivityKind.GROUP, person_ids=(cast.resident.id, cast.neighbour.id))
    bands = {row.person_id: row.age_band for row in db.session.get_one(ActivityRecord, id_).participants}
    assert bands == {cast.resident.id: AgeBand.FROM_70, cast.neighbour.id: AgeBand.NOT_COMMUNICATED}


def test_a_day_of_another_year_is_of_another_age(cast):
    with transaction():
        cast.resident.birth_year = 1956
    id_ = write(cast)
    edit(cast, id_, started_at=TEN - timedelta(days=90))
    assert db.session.get_one(ActivityRecord, id_).participants[0].age_band is AgeBand.FROM_60_TO_69


@pytest.mark.parametrize(
    ("who", "now", "refusal"),
    [
        ("other_mediator", TEN, NoSuchRecord),
        ("manager", TEN, NotTheAuthor),
        ("mediator", TEN + MONTH, TooLateToChange),
    ],
)
def test_others_and_late_comers_change_nothing(cast, who, now, refusal):
    id_ = write(cast)
    with pytest.raises(refusal):
        edit(cast, id_, who=who, now=now, duration_minutes=15)
    with pytest.raises(refusal):
        withdraw(cast, id_, who=who, now=now)
    assert db.session.get_one(ActivityRecord, id_).duration_minutes == 45


def test_a_refused_correction_changes_nothing(cast):
    id_ = write(cast)
    with pytest.raises(CardNumber):
        edit(cast, id_, duration_minutes=15, note="4970100000000154")
    record = db.session.get_one(ActivityRecord, id_)
    assert (record.duration_minutes, record.note) == (45, "")


def test_an_unknown_record_is_unknown(cast):
    with pytest.raises(NoSuchRecord):
        withdraw(cast, 987654)


def test_what_it_tells_of_and_whose_it_is_never_change(cast):
    id_ = write(cast, reference="session:5")
    edit(cast, id_, reference="session:6", duration_minutes=30)
    record = db.session.get_one(ActivityRecord, id_)
    assert (record.reference, record.structure_id, record.duration_minutes) == ("session:5", cast.town.id, 30)


def test_a_withdrawn_record_leaves_a_trace_and_makes_way_for_another(cast):
    id_ = write(cast, reference="session:5")
    withdraw(cast, id_)
    assert db.session.get(ActivityRecord, id_) is None
    assert history(f"record:{id_}")[0].details == {"reference": "session:5", "people": 1}
    write(cast, reference="session:5")
    assert count() == 1
