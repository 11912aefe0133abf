"""The two figures as they are asked for: what counts, what is hidden, and nothing that was not recorded."""

from __future__ import annotations

from datetime import timedelta

from activity.models import ActivityKind, Channel, Helped, Outcome, Referral, ReferralOutcome, Satisfaction
from foundation.db import db, transaction
from people.models import Gender
from reach.queries.followed import followed
from reach.queries.satisfaction import satisfaction
from reach.rules.outcomes import CameOf, Satisfied, Untold
from reach.rules.scope import Scope
from tests.cast import NOW
from tests.counting import statements
from tests.moments import TEN
from tests.reach.asking import asked, days
from tests.reach.dashboards import met

SOCIAL, OPERATOR = Referral.SOCIAL_AID, Referral.OPERATOR


def sent(cast, day=0, *, outcome=None, to=SOCIAL, **more):
    """Somebody was sent on, so many days before; what came of it, if it was noted."""
    record = met(cast, day, **{"referrals": frozenset({to})} | more)
    if outcome is not None:
        with transaction():
            noted = {"noted_at": NOW, "noted_by_id": cast.ids["mediator"]}
            db.session.add(ReferralOutcome(record_id=record.id, referral=to, outcome=outcome, **noted))
    return record


def said(cast, number, answer=Helped.FULLY, *, aloud=False, who="resident", **more):
    """The record of an appointment of 10 March, and what was answered of it; None: nothing."""
    reference = f"appointment:{number}"
    met(cast, reference=reference, **more)
    if answer is not None:
        answered(cast, reference, answer, aloud=aloud, who=who)


def answered(cast, reference, answer=Helped.FULLY, *, aloud=False, who="resident"):
    heard_by = cast.ids["mediator"] if aloud else None
    with transaction():
        told = {"answered_at": TEN, "told_by_id": heard_by, "person_id": cast.ids[who]}
        db.session.add(Satisfaction(reference=reference, answer=answer, **told))


def test_each_kind_is_told_by_what_came_of_it_and_by_what_nobody_noted(cast):
    sent(cast, outcome=Outcome.HELPED)
    sent(cast, 1, outcome=Outcome.HELPED)
    sent(cast, 2, outcome=Outcome.NOT_KNOWN)
    sent(cast, 3)
    sent(cast, 4, to=OPERATOR, outcome=Outcome.DID_NOT_GO)
    assert asked(followed) == {
        OPERATOR: CameOf({Outcome.DID_NOT_GO: 1}),
        SOCIAL: CameOf({Outcome.HELPED: 2, Outcome.NOT_KNOWN: 1, None: 1}),
    }


def test_it_counts_in_the_days_in_which_somebody_was_sent_on_and_for_whom(cast):
    sent(cast, 40, outcome=Outcome.HELPED)
    sent(cast, outcome=Outcome.NOT_HELPED, who="other_mediator", person_ids=(cast.ids["neighbour"],))
    assert asked(followed) == {SOCIAL: CameOf({Outcome.NOT_HELPED: 1})}
    assert asked(followed, span=days(1, 31, 1)) == {SOCIAL: CameOf({Outcome.HELPED: 1})}
    assert asked(followed, Scope(mediator_id=cast.ids["mediator"])) == {}
    assert asked(followed, gender=Gender.FEMININE, channel=Channel.PHONE) == {}


def test_groups_and_people_without_a_name_are_not_asked(cast):
    sent(cast, kind=ActivityKind.GROUP, anonymous_count=4)
    sent(cast, person_ids=(), anonymous_count=1)
    assert asked(followed) == {}


def test_an_answer_counts_once_its_record_is_written_and_for_whom_it_names(cast):
    for number in range(11):
        said(cast, number, aloud=number < 3)
    said(cast, 11, Helped.NOT_REALLY)
    said(cast, 12, None)
    met(cast)
    answered(cast, "appointment:99")
    answered(cast, "appointment:12", who="neighbour")
    found = asked(satisfaction)
    assert found == Satisfied(
        13, 12, {Helped.FULLY: 11, Helped.PARTLY: 0, Helped.NOT_REALLY: 1}, aloud=3, untold=None
    )  # fmt: skip
    assert asked(satisfaction, span=days(1, 9)) == Satisfied(0, 0, {}, 0, None)


def test_ten_answers_are_told_to_nobody_and_a_mediators_own_not_by_month(cast):
    for number in range(10):
        said(cast, number)
    assert asked(satisfaction) == Satisfied(10, 10, {}, 0, Untold.FEW)
    said(cast, 10)
    assert asked(satisfaction).untold is None
    own = Scope(mediator_id=cast.ids["mediator"])
    assert asked(satisfaction, own) == Satisfied(11, 11, {}, 0, Untold.OWN)
    other = Scope(mediator_id=cast.ids["other_mediator"])
    assert asked(satisfaction, other) == Satisfied(0, 0, {}, 0, Untold.OWN)


def test_each_is_one_statement_however_much_there_is(cast):
    for number in range(3):
        said(cast, number, referrals=frozenset({SOCIAL}))
    for query in (followed, satisfaction):
        with statements() as seen:
            asked(query)
        reads = [one for one in seen if one.lstrip().upper().startswith("SELECT")]
        assert len(reads) == 1, reads


def test_a_session_counts_for_each_who_answered(cast):
    people = (cast.ids["resident"], cast.ids["neighbour"])
    met(cast, reference="session:1", kind=ActivityKind.GROUP, person_ids=people, anonymous_count=6)
    answered(cast, "session:1")
    found = asked(satisfaction)
    assert (found.contacts, found.answered, found.answered_share) == (2, 1, 0.5)
    assert found.untold is Untold.FEW


def test_an_answer_of_long_after_is_of_the_day_it_is_about(cast):
    said(cast, 1)
    with transaction():
        db.session.query(Satisfaction).one().answered_at = NOW + timedelta(days=29)
    assert asked(satisfaction).answered == 1
    assert asked(satisfaction, span=days(1, 30, 4)).answered == 0
