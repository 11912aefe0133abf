"""Self-assessment before and after: who answered twice, in which period, in whose programmes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from activity.models import AgeBand, Channel
from foundation.db import db, transaction
from people import service as people
from reach.queries.progress import progress
from reach.rules.periods import month
from reach.rules.scope import Scope
from reach.views.dashboard.listed import LISTS
from tests.cast import NOW
from tests.counting import statements
from tests.reach.asking import MARCH, ON_A_DATABASE, PLACE, asked, exported, in_march, of
from tests.reach.behind import lines, made
from tests.workshops.learning import AFTER, BEFORE, answered, children, club
from workshops.models import (
    Participant,
    Programme,
    SessionMediator,
    SkillAnswer,
    SkillMoment,
    SkillQuestion,
    SkillTally,
    WorkshopSession,
)
from workshops.queries import skills as their_skills

LATER = NOW + timedelta(days=40)
"""In April."""


def a_club(cast, **changes):
    """Lina answered twice, Noé before only."""
    programme, _questions = club(cast, **changes)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 1, 2, 2)
    answered(programme, AFTER, lina, 3, 4, 2)
    answered(programme, BEFORE, noe, 4)
    return programme, lina, noe


def test_only_those_who_answered_twice_are_compared_and_the_others_are_told(cast):
    a_club(cast)
    found = asked(progress)
    assert (found.change.answered_before, found.change.answered_after, found.change.count) == (2, 1, 1)
    assert (found.change.before, found.change.after, found.change.grew, found.programmes) == (5 / 3, 3, 1, 1)


def test_without_answers_there_are_no_means(cast):
    club(cast)
    found = asked(progress)
    assert (found.change.count, found.change.before, found.change.after, found.programmes) == (0, None, None, 0)


def test_it_says_what_the_page_of_the_programme_says(cast):
    programme, _lina, _noe = a_club(cast)
    assert asked(progress).change == their_skills.progress(programme.id).whole


def test_a_person_counts_in_the_period_of_their_last_answer_with_all_of_them(cast):
    programme, _questions = club(cast)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 1)
    answered(programme, AFTER, lina, 4, now=LATER)
    answered(programme, BEFORE, noe, 2)
    march, april = asked(progress), asked(progress, span=month(2026, 4))
    assert (march.change.count, march.change.answered_before) == (0, 1)
    assert (april.change.count, april.change.before, april.change.after) == (1, 1, 4)


def test_somebody_in_two_programmes_is_compared_in_each(cast):
    a_club(cast)
    a_club(cast)
    found = asked(progress)
    assert (found.change.count, found.programmes) == (2, 2)


def test_two_records_of_one_person_are_one_and_the_latest_answer_counts(cast):
    _programme, lina, noe = a_club(cast)
    with transaction():
        people.merge(lina.person_id, noe.person_id, None)
    found = asked(progress).change
    assert (found.count, found.answered_before, found.before) == (1, 1, (4 + 2 + 2) / 3)


def test_what_was_crossed_on_paper_is_in_no_comparison(cast):
    _programme, (question, *_rest) = club(cast)
    with transaction():
        for moment, value in ((BEFORE, 1), (AFTER, 4)):
            db.session.add(SkillTally(question_id=question.id, moment=moment, value=value, people=9))
    assert asked(progress).change.answered_before == 0


def two_clubs(cast):
    """One of the town at the library led by Salima, one of the association at the school led by Yann."""
    programme, *_rest = a_club(cast)
    other, *_rest = a_club(cast)
    for one, name in ((programme, "mediator"), (other, "other_mediator")):
        with transaction():
            for session in db.session.scalars(select(WorkshopSession).filter_by(programme_id=one.id)):
                session.team = [SessionMediator(account_id=cast.ids[name])]
    with transaction():
        db.session.get_one(Programme, other.id).structure_id = cast.ids["association"]
        for session in db.session.scalars(select(WorkshopSession).filter_by(programme_id=other.id)):
            session.venue_id, session.school_id = None, cast.ids["school"]


def count(scope=Scope(), **chosen):  # noqa: B008
    return asked(progress, scope, **chosen).change.count


def test_a_scope_shows_its_own_and_no_filter_widens_it(cast):
    two_clubs(cast)
    ids = cast.ids
    town = Scope(structure_id=ids["town"])
    assert (count(), count(town), count(Scope(structure_id=ids["association"]))) == (2, 1, 1)
    assert [count(Scope(mediator_id=ids[name])) for name in ("mediator", "other_mediator", "manager")] == [1, 1, 0]
    assert count(town, mediator_id=ids["other_mediator"]) == 0


def test_filters_narrow_by_any_session_of_the_programme(cast):
    two_clubs(cast)
    ids = cast.ids
    assert [count(venue_id=ids[name]) for name in ("library", "workshop")] == [1, 0]
    assert [count(side=PLACE, neighbourhood_id=ids[name]) for name in ("harbour", "mills")] == [1, 1]
    assert [count(channel=one) for one in (Channel.VENUE, Channel.PHONE)] == [2, 0]
    assert count(side=PLACE, neighbourhood_id=ids["harbour"], mediator_id=ids["other_mediator"]) == 0


def test_what_can_not_be_obeyed_is_told(cast):
    two_clubs(cast)
    found = asked(progress, age_band=AgeBand.UNDER_12, neighbourhood_id=cast.ids["harbour"])
    assert (found.change.count, found.unapplied) == (2, {"age_band", "neighbourhood_id"})


def test_it_is_one_statement_however_many_there_are(cast):
    two_clubs(cast)
    with statements() as sent:
        progress(of(MARCH), Scope())
    assert sum(not one.startswith("BEGIN") for one in sent) == 1


ANSWERS = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, 1), st.integers(0, 2), st.sampled_from(SkillMoment), st.integers(1, 4),
        st.integers(-20, 40),
    ),
    unique_by=lambda one: one[:4],
    max_size=16,
)  # fmt: skip


@ON_A_DATABASE
@given(ANSWERS)
def test_comparing_exported_answers_one_by_one_gives_the_same(cast, drawn):
    asking = _two_clubs_with_two_children(cast)
    with transaction():
        db.session.execute(delete(SkillAnswer))
        for which, child, question, moment, value, days in drawn:
            questions, taking_part = asking[which]
            at = datetime(2026, 3, 10, 12, tzinfo=UTC) + timedelta(days=days, minutes=question)
            db.session.add(
                SkillAnswer(
                    question_id=questions[question], participant_id=taking_part[child], moment=moment, value=value,
                    answered_at=at,
                )
            )  # fmt: skip
    found = asked(progress).change
    pairs = _pairs_by_hand()
    both = [(before, after) for before, after in pairs if before is not None and after is not None]
    assert (found.count, found.grew) == (len(both), sum(after > before for before, after in both))
    assert found.answered_before == sum(before is not None for before, _after in pairs)
    assert found.answered_after == sum(after is not None for _before, after in pairs)
    if both:
        assert abs((found.before or 0) - sum(before for before, _after in both) / len(both)) < 1e-9
        grown = sum(after - before for before, after in both) / len(both)
        assert made("progress") == pytest.approx(grown)
    else:
        assert lines(LISTS["progress"]) == []


def _two_clubs_with_two_children(cast):
    """(questions, participants) of each; written once, for all examples."""
    db.session.rollback()
    if not exported(SkillQuestion):
        for _number in range(2):
            programme, _questions = club(cast)
            children(programme)
    questions, participants = exported(SkillQuestion), exported(Participant)
    return [
        ([one["id"] for one in questions[at : at + 3]], [one["id"] for one in participants[way : way + 2]])
        for at, way in ((0, 0), (3, 2))
    ]


def _pairs_by_hand():
    """(mean before, mean after) of each person and programme whose last answer lies in March."""
    programme_of = {one["id"]: one["programme_id"] for one in exported(SkillQuestion)}
    person_of = {one["id"]: one["person_id"] for one in exported(Participant)}
    groups = {}
    for one in exported(SkillAnswer):
        key = programme_of[one["question_id"]], person_of[one["participant_id"]]
        groups.setdefault(key, []).append(one)
    return [_pair(rows) for rows in groups.values() if in_march(max(one["answered_at"] for one in rows))]


def _pair(rows):
    before = {one["question_id"]: one["value"] for one in rows if one["moment"] is BEFORE}
    after = {one["question_id"]: one["value"] for one in rows if one["moment"] is AFTER}
    if both := before.keys() & after.keys():
        before, after = ({one: side[one] for one in both} for side in (before, after))
    elif before:
        after = {}
    return _mean(before), _mean(after)


def _mean(values):
    return sum(values.values()) / len(values) if values else None
