"""What an activity record may say: each answer at its limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from activity.models import ActivityKind, Channel, Equipment, Procedure, Theme
from activity.rules import records
from activity.rules.records import Draft, check, check_change, may_change, tidied
from foundation.forbidden import Password

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
ONE = Draft(
    kind=ActivityKind.INDIVIDUAL,
    started_at=NOW - timedelta(hours=1),
    duration_minutes=45,
    venue_id=1,
    themes=frozenset({Theme.EMAIL}),
    person_ids=(7,),
)
GROUP = replace(ONE, kind=ActivityKind.GROUP, person_ids=(7, 8), anonymous_count=5)


@pytest.mark.parametrize(
    "draft",
    [
        ONE,
        GROUP,
        replace(ONE, person_ids=(), anonymous_count=1),
        replace(ONE, person_ids=(), anonymous_count=1, anonymous_feminine=1),
        replace(ONE, duration_minutes=1),
        replace(ONE, duration_minutes=1440),
        replace(ONE, started_at=NOW + timedelta(minutes=30)),
        replace(ONE, started_at=NOW - timedelta(days=366)),
        replace(ONE, channel=Channel.PHONE, venue_id=None),
        replace(ONE, venue_id=None, at_host=True),
        replace(ONE, equipment=frozenset({Equipment.NONE})),
        replace(ONE, equipment=frozenset({Equipment.PHONE, Equipment.COMPUTER})),
        replace(ONE, note="x" * 500),
        replace(ONE, themes=frozenset(Theme), procedures=frozenset(Procedure)),
        replace(GROUP, person_ids=(), anonymous_count=1000, anonymous_feminine=500, anonymous_masculine=500),
        replace(GROUP, person_ids=(), anonymous_count=1),
    ],
)
def test_these_can_be_written(draft):
    check(draft, NOW)


@pytest.mark.parametrize(
    ("draft", "refusal", "field"),
    [
        (replace(ONE, themes=frozenset()), records.NoTheme, "themes"),
        (replace(ONE, duration_minutes=0), records.BadDuration, "minutes"),
        (replace(ONE, duration_minutes=1441), records.BadDuration, "minutes"),
        (replace(ONE, started_at=NOW + timedelta(minutes=31)), records.NotYetDone, "day"),
        (replace(ONE, started_at=NOW - timedelta(days=367)), records.TooLongAgo, "day"),
        (replace(ONE, venue_id=None), records.NoPlace, "venue_id"),
        (replace(ONE, person_ids=()), records.NobodyThere, "anonymous_count"),
        (replace(ONE, person_ids=(7, 8)), records.NotOnePerson, None),
        (replace(ONE, anonymous_count=1), records.NotOnePerson, None),
        (replace(GROUP, anonymous_count=1001), records.TooManyPeople, "anonymous_count"),
        (replace(GROUP, anonymous_count=-1), records.TooManyPeople, "anonymous_count"),
        (replace(GROUP, anonymous_feminine=3, anonymous_masculine=3), records.SplitTooBig, "anonymous_feminine"),
        (replace(GROUP, anonymous_feminine=-1), records.SplitTooBig, "anonymous_feminine"),
        (
            replace(ONE, equipment=frozenset({Equipment.NONE, Equipment.TABLET})),
            records.EquipmentAndNone,
            "equipment",
        ),
        (replace(ONE, note="x" * 501), records.NoteTooLong, "note"),
        (replace(ONE, note="mdp : soleil"), Password, "note"),
    ],
)
def test_these_are_refused_beside_their_field(draft, refusal, field):
    with pytest.raises(refusal) as refused:
        check(draft, NOW)
    assert refused.value.field == field


def test_procedures_go_with_the_theme_that_opens_them():
    ticked = replace(ONE, procedures=frozenset({Procedure.HOUSING}))
    assert tidied(ticked).procedures == frozenset()
    opened = replace(ticked, themes=frozenset({Theme.PROCEDURES}))
    assert tidied(opened).procedures == {Procedure.HOUSING}


def test_a_telephone_call_has_no_place():
    assert tidied(replace(ONE, channel=Channel.PHONE)).venue_id is None


def test_a_host_is_where_no_venue_is():
    at_host = replace(ONE, at_host=True, neighbourhood_id=3)
    assert (tidied(at_host).at_host, tidied(at_host).neighbourhood_id) == (False, None)
    elsewhere = tidied(replace(at_host, venue_id=None))
    assert (elsewhere.at_host, elsewhere.neighbourhood_id) == (True, 3)
    assert not tidied(replace(at_host, venue_id=None, channel=Channel.PHONE)).at_host


def test_somebody_named_twice_took_part_once():
    assert tidied(replace(GROUP, person_ids=(8, 7, 8))).person_ids == (8, 7)


@pytest.mark.parametrize(
    ("account_id", "age", "refusal"),
    [
        (1, timedelta(0), None),
        (1, timedelta(days=30) - timedelta(seconds=1), None),
        (1, timedelta(days=30), records.TooLateToChange),
        (2, timedelta(0), records.NotTheAuthor),
        (2, timedelta(days=31), records.NotTheAuthor),
    ],
)
def test_a_record_is_changed_by_its_author_for_thirty_days(account_id, age, refusal):
    written = NOW - age
    assert may_change(1, written, account_id, NOW) is (refusal is None)
    if refusal is None:
        check_change(1, written, account_id, NOW)
    else:
        with pytest.raises(refusal):
            check_change(1, written, account_id, NOW)
