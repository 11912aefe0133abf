"""Who notes what came of a referral, of which ones it is asked, and when people are asked whether it helped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import ActivityKind, Helped, Referral
from activity.rules.outcomes import NotReferredThere, OnlyOfOnePerson, check_note, may_note
from activity.rules.satisfaction import (
    ANSWERED_WITHIN,
    Asking,
    NotAskedHere,
    TooLateToAnswer,
    UnreadableAnswer,
    read_answer,
)
from tests.moments import TEN, minutes

ENDS = TEN + minutes(45)
LAST = ENDS + ANSWERED_WITHIN - timedelta(microseconds=1)


def asking(*, asks=True, took_part=True):
    return Asking(asks, took_part, TEN, ENDS)


@pytest.mark.parametrize(
    ("author", "actor", "manages", "may"), [(1, 1, False, True), (1, 2, False, False), (1, 2, True, True)]
)
def test_the_author_or_a_manager_says_what_came_of_it(author, actor, manages, may):
    assert may_note(author, actor, manages=manages) is may


def test_of_a_group_of_nobody_named_and_of_a_referral_that_is_not_there_nothing_is_noted():
    check_note(ActivityKind.INDIVIDUAL, 1, ["social_aid"], Referral.SOCIAL_AID)
    for kind, people in ((ActivityKind.GROUP, 1), (ActivityKind.INDIVIDUAL, 0)):
        with pytest.raises(OnlyOfOnePerson):
            check_note(kind, people, ["social_aid"], Referral.SOCIAL_AID)
    with pytest.raises(NotReferredThere):
        check_note(ActivityKind.INDIVIDUAL, 1, ["operator"], Referral.SOCIAL_AID)


@pytest.mark.parametrize("now", [TEN, ENDS, LAST])
def test_from_the_beginning_until_thirty_days_after_the_end_it_is_asked(now):
    asking().check(now)
    assert asking().is_open(now)


@pytest.mark.parametrize(
    ("wanted", "now", "refusal"),
    [
        (asking(), TEN - minutes(1), NotAskedHere),
        (asking(asks=False), ENDS, NotAskedHere),
        (asking(took_part=False), ENDS, NotAskedHere),
        (asking(), ENDS + ANSWERED_WITHIN, TooLateToAnswer),
        (asking(took_part=False), ENDS + ANSWERED_WITHIN, NotAskedHere),
    ],
)  # fmt: skip
def test_otherwise_it_is_not(wanted, now, refusal):
    assert not wanted.is_open(now)
    with pytest.raises(refusal):
        wanted.check(now)


def test_what_buttons_send_is_read_and_nothing_else():
    assert [read_answer(one) for one in ("fully", "partly", "not_really", "none")] == [*Helped, None]
    for sent in (None, "", "yes", "FULLY"):
        with pytest.raises(UnreadableAnswer):
            read_answer(sent)
