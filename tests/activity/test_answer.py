"""Whether it helped: one answer for each participation, the person's own before what somebody heard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from activity import queries
from activity.models import ActivityKind, Helped, Satisfaction
from activity.rules.satisfaction import AnsweredThemselves, Asking, NotAskedHere, TooLateToAnswer
from activity.service import satisfaction
from activity.service.retention import forget_counted
from foundation.audit import history
from foundation.db import db, in_transaction, transaction
from people import service as people
from places.models import Territory
from places.queries import asks_satisfaction
from tests.activity.drafts import write
from tests.moments import TEN, minutes

HERE = "appointment:1"
DAY = timedelta(days=1)
ASKED = Asking(True, True, TEN - minutes(60), TEN - minutes(15))  # noqa: FBT003  # the town asks, and they came


def answer(cast, said=Helped.FULLY, who="resident", *, told_by=None, now=TEN, reference=HERE):
    actor = getattr(cast, told_by) if told_by else None
    person_id = cast.ids[who]
    in_transaction(lambda: satisfaction.answer(reference, person_id, said, ASKED, now=now, told_by=actor))


def heard(cast, record_id, said=Helped.PARTLY, who="resident", *, by="mediator", now=TEN):
    actor, person_id = getattr(cast, by), cast.ids[who]
    in_transaction(lambda: satisfaction.note_aloud(record_id, person_id, said, now=now, actor=actor))


def kept():
    """(person, answer, who heard it) of all answers."""
    db.session.rollback()
    rows = db.session.scalars(select(Satisfaction).order_by(Satisfaction.person_id))
    return [(one.person_id, one.answer, one.told_by_id) for one in rows]


def switched_off():
    with transaction():
        db.session.get_one(Territory, 1).asks_satisfaction = False


def test_a_second_answer_takes_the_place_of_the_first_and_none_takes_it_away(cast):
    resident = cast.ids["resident"]
    answer(cast)
    answer(cast, Helped.NOT_REALLY, now=TEN + DAY)
    assert kept() == [(resident, Helped.NOT_REALLY, None)]
    assert queries.answer_of(HERE, [resident, cast.ids["neighbour"]]) is Helped.NOT_REALLY
    answer(cast, None)
    answer(cast, None)
    assert kept() == []
    assert queries.answer_of(HERE, [resident]) is None


def test_too_late_it_stays_as_it_was(cast):
    answer(cast)
    with pytest.raises(TooLateToAnswer):
        answer(cast, None, now=TEN + 30 * DAY)
    assert len(kept()) == 1


def test_what_was_said_aloud_never_takes_the_place_of_a_persons_own_answer(cast):
    record_id = write(cast, reference=HERE).id
    heard(cast, record_id)
    heard(cast, record_id, Helped.FULLY, by="manager")
    resident = cast.ids["resident"]
    assert kept() == [(resident, Helped.FULLY, cast.ids["manager"])]
    answer(cast, Helped.NOT_REALLY)
    assert kept() == [(resident, Helped.NOT_REALLY, None)]
    for said in (Helped.FULLY, None):
        with pytest.raises(AnsweredThemselves):
            heard(cast, record_id, said)
    assert kept() == [(resident, Helped.NOT_REALLY, None)]


def test_the_history_of_the_record_tells_that_and_not_what(cast):
    record_id = write(cast, reference=HERE).id
    heard(cast, record_id)
    entry = history(f"record:{record_id}")[0]
    assert (entry.action, entry.actor_id, entry.details) == ("record.answered", cast.ids["mediator"], {})


def test_it_is_heard_only_of_whoever_took_part_in_what_is_asked_of(cast):
    alone = write(cast).id
    record_id = write(cast, reference=HERE, kind=ActivityKind.GROUP).id
    for wrong in (lambda: heard(cast, alone), lambda: heard(cast, record_id, who="neighbour")):
        with pytest.raises(NotAskedHere):
            wrong()
    with pytest.raises(TooLateToAnswer):
        heard(cast, record_id, now=TEN + 31 * DAY)
    switched_off()
    with pytest.raises(NotAskedHere):
        heard(cast, record_id)
    assert not asks_satisfaction()
    assert kept() == []


def test_it_follows_a_merge_and_comes_back(cast):
    answer(cast, who="neighbour")
    resident, neighbour = cast.ids["resident"], cast.ids["neighbour"]
    merge = in_transaction(lambda: people.merge(resident, neighbour, None)).id
    assert kept() == [(resident, Helped.FULLY, None)]
    in_transaction(lambda: people.undo_merge(merge, None))
    assert kept() == [(neighbour, Helped.FULLY, None)]


def test_two_answers_of_two_who_were_one_stay_two_rows(cast):
    answer(cast)
    answer(cast, Helped.PARTLY, "neighbour")
    resident, neighbour = cast.ids["resident"], cast.ids["neighbour"]
    in_transaction(lambda: people.merge(resident, neighbour, None))
    assert sorted(kept()) == sorted([(resident, Helped.FULLY, None), (neighbour, Helped.PARTLY, None)])


def test_people_get_their_answers_and_when_they_are_forgotten_nobody_heard_them(cast):
    record_id, resident = write(cast, reference=HERE).id, cast.ids["resident"]
    heard(cast, record_id)
    copy = in_transaction(lambda: people.export(resident, None))
    assert "partly" in str(copy)
    in_transaction(lambda: people.erase(resident, None))
    assert kept() == [(resident, Helped.PARTLY, None)]


def test_after_six_years_answers_go(cast):
    answer(cast)
    answer(cast, reference="session:1", now=TEN + DAY)
    assert in_transaction(lambda: forget_counted(TEN + DAY)) == 1
    assert in_transaction(lambda: forget_counted(TEN + DAY)) == 0
    assert len(kept()) == 1
