"""Writing an activity record: once, with its facts as they are that day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import ActivityKind, ActivityRecord, AgeBand, Aspect, Equipment, Procedure, Theme
from activity.rules.records import AlreadyRecorded, NoTheme
from foundation.audit import history
from foundation.db import db, in_transaction, transaction
from foundation.forbidden import SocialSecurityNumber
from people import service as people
from people.models import Gender, Residence, Status
from tests.activity.drafts import count, write
from tests.moments import TEN, at, together


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def test_what_was_done_is_written(cast):
    record = write(
        cast,
        reference="session:5",
        label="Club de code",
        themes=frozenset({Theme.PROCEDURES, Theme.EMAIL}),
        procedures=frozenset({Procedure.HOUSING}),
        equipment=frozenset({Equipment.PHONE}),
        note="  À rappeler en mai  ",
    )
    assert record.values(Aspect.THEME) == ["email", "procedures"]
    assert record.values(Aspect.PROCEDURE) == ["housing"]
    assert record.values(Aspect.EQUIPMENT) == ["phone"]
    assert record.note == "À rappeler en mai"
    assert (record.reference, record.label, record.structure_id) == ("session:5", "Club de code", cast.town.id)
    assert record.venue_neighbourhood_id == cast.harbour.id
    assert history(f"record:{record.id}")[0].action == "record.written"


@pytest.mark.parametrize("known", [True, False])
def test_what_was_done_at_a_host_counts_for_the_neighbourhood_of_the_host(cast, known):
    where = cast.ids["mills"] if known else None
    record = write(cast, reference="session:5", venue_id=None, at_host=True, neighbourhood_id=where)
    assert (record.venue_id, record.venue_neighbourhood_id) == (None, where)


def test_what_it_tells_of_is_told_once(cast):
    record = write(cast, reference="session:5")
    with pytest.raises(AlreadyRecorded) as refused:
        write(cast, reference="session:5", who="other_mediator", duration_minutes=15)
    assert refused.value.alternatives == [record.id]
    assert count() == 1


def test_what_stands_alone_may_be_written_as_often_as_it_happens(cast):
    write(cast)
    write(cast)
    assert count() == 2


def test_two_colleagues_who_tell_of_one_session_write_one_record(app, cast):
    for number in range(5):
        acts = [
            lambda n=number, w=who: write(cast, reference=f"session:{n}", who=w)
            for who in ("mediator", "other_mediator")
        ]
        assert len([error for error in together(app, acts) if error]) == 1
        assert count() == number + 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [({"themes": frozenset()}, NoTheme), ({"note": "sécu 2 84 05 75 116 001 58"}, SocialSecurityNumber)],
)
def test_a_refused_record_leaves_nothing_behind(cast, more, refusal):
    with pytest.raises(refusal):
        write(cast, reference="session:5", **more)
    assert count() == 0


def test_who_was_there_is_frozen_as_they_were(cast):
    record_id = write(cast).id
    person_id = cast.resident.id
    with transaction():
        person = cast.resident
        person.birth_year, person.gender = 2001, Gender.MASCULINE
        person.residence, person.neighbourhood_id = Residence.OUTSIDE, None
    (there,) = db.session.get_one(ActivityRecord, record_id).participants
    assert there.person_id == person_id
    assert (there.age_band, there.gender, there.status) == (
        AgeBand.FROM_70, Gender.NOT_COMMUNICATED, Status.NOT_COMMUNICATED,
    )  # fmt: skip
    assert (there.residence, there.neighbourhood_id) == (Residence.INSIDE, cast.harbour.id)


def test_the_first_time_is_the_first_time_anywhere(cast):
    later = write(cast)
    earlier = write(cast, started_at=TEN - timedelta(days=9))
    last = write(cast, who="other_mediator", started_at=TEN)
    assert [record.participants[0].first_time for record in (later, earlier, last)] == [True, True, False]


def test_the_same_form_sent_twice_writes_once(cast):
    first, second = (write(cast, request_key="one-form").id for _ in range(2))
    assert first == second
    assert count() == 1


def test_a_double_press_at_the_same_moment_writes_once(app, cast):
    for round_ in range(5):
        acts = [lambda r=round_: write(cast, request_key=f"form-{r}") for _ in range(3)]
        assert together(app, acts) == [None, None, None]
        assert count() == round_ + 1


def test_a_group_keeps_its_head_count_a_head_count(cast):
    record = write(
        cast,
        kind=ActivityKind.GROUP,
        person_ids=(cast.resident.id, cast.neighbour.id),
        anonymous_count=7,
        anonymous_feminine=3,
        anonymous_masculine=2,
    )
    assert len(record.participants) == 2
    assert (record.anonymous_count, record.anonymous_feminine, record.anonymous_masculine) == (7, 3, 2)


def test_somebody_nobody_named_is_counted_and_not_invented(cast):
    record = write(cast, person_ids=(), anonymous_count=1)
    assert (record.kind, record.participants, record.anonymous_count) == (ActivityKind.INDIVIDUAL, [], 1)


def test_a_merged_record_counts_for_the_one_kept(cast):
    merged, kept = cast.neighbour.id, cast.resident.id
    with transaction():
        cast.neighbour.merged_into_id = kept
    record = write(cast, person_ids=(merged,))
    assert [there.person_id for there in record.participants] == [kept]


def test_an_unknown_person_is_refused(cast):
    with pytest.raises(people.NoSuchPerson):
        write(cast, person_ids=(424242,))
    assert count() == 0


def test_forgetting_a_person_empties_the_notes_and_keeps_the_counts(cast):
    record_id = write(cast, note="Vient avec sa fille").id
    in_transaction(lambda: people.erase(cast.resident.id, None))
    record = db.session.get_one(ActivityRecord, record_id)
    assert record.note == ""
    assert len(record.participants) == 1


def test_the_copy_of_a_persons_data_tells_what_records_say_of_them(cast):
    write(cast, note="Vient avec sa fille")
    write(cast, kind=ActivityKind.GROUP, anonymous_count=3, note="De tout le groupe")
    told = in_transaction(lambda: people.export(cast.resident.id, None))["activity_record"]
    assert [one["note"] for one in told] == ["", "Vient avec sa fille"]
    assert told[1]["theme"] == ["device_start"]
