"""What contacts were about, how much help people needed at first and at last; and a second way to count both."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.models import (
    ActivityAspect,
    ActivityKind,
    ActivityRecord,
    AgeBand,
    Aspect,
    Autonomy,
    Channel,
    Equipment,
    Procedure,
    Referral,
    Theme,
)
from foundation.db import db, transaction
from people import service as people
from people.models import Gender
from reach.queries.contacts import counted
from reach.queries.topics import topics
from reach.rules.about import Told
from reach.rules.dimensions import Dimension
from reach.rules.filters import Filters, Side
from reach.rules.periods import Span
from reach.rules.scope import Scope
from tests.activity.drafts import write
from tests.counting import statements
from tests.moments import TEN
from tests.reach import plainly
from tests.reach.asking import asked, of
from tests.reach.lives import STEPS, Town
from tests.reach.test_contacts_property import NARROWED, SPANS, kept, scopes

GUIDED, PARTLY, ALONE = Autonomy
DAY = timedelta(days=1)


def met(cast, day=0, *, who="mediator", **more):
    """A record of a day after the tenth of March, by the verb."""
    at = TEN + day * DAY
    return write(cast, who=who, now=at + timedelta(hours=1), **{"started_at": at} | more)


def meeting(cast, heads, **more):
    return met(cast, kind=ActivityKind.GROUP, anonymous_count=heads, **more)


def test_a_record_with_two_themes_counts_in_both_and_once_in_the_total(cast):
    met(cast, themes=frozenset({Theme.EMAIL, Theme.WEB}))
    meeting(cast, 5, themes=frozenset({Theme.EMAIL}))
    found = asked(topics)
    assert found.total == Told(records=2, contacts=7)
    assert found.themes == {Theme.WEB: Told(1, 1), Theme.EMAIL: Told(2, 7)}
    assert list(found.themes) == [Theme.WEB, Theme.EMAIL]
    assert {type(one.contacts) for one in (found.total, *found.themes.values())} == {int}


def test_procedures_devices_and_referrals_are_told_apart(cast):
    met(
        cast, themes=frozenset({Theme.PROCEDURES}), procedures=frozenset({Procedure.HOUSING, Procedure.JUSTICE}),
        equipment=frozenset({Equipment.PHONE}), referrals=frozenset({Referral.SOCIAL_AID}),
    )  # fmt: skip
    found = asked(topics)
    assert found.procedures == {Procedure.HOUSING: Told(1, 1), Procedure.JUSTICE: Told(1, 1)}
    assert (found.equipment, found.referrals) == ({Equipment.PHONE: Told(1, 1)}, {Referral.SOCIAL_AID: Told(1, 1)})


def test_without_contacts_there_is_nothing(cast):
    found = asked(topics)
    assert (found.total, found.themes, found.autonomy.twice, found.autonomy.untold) == (Told(), {}, 0, 0)


def test_the_first_and_the_last_contact_that_tell_it_are_compared(cast):
    for day, told in enumerate((None, GUIDED, PARTLY, ALONE, None)):
        met(cast, day, autonomy=told)
    found = asked(topics).autonomy
    assert (found.matrix, found.once, found.untold, found.grew) == ({(GUIDED, ALONE): 1}, {}, 0, 1)


def test_people_of_one_contact_are_apart_and_unknown_is_a_value(cast):
    met(cast, autonomy=PARTLY)
    met(cast, person_ids=(cast.ids["neighbour"],))
    found = asked(topics).autonomy
    assert (found.matrix, found.once, found.untold) == ({}, {PARTLY: 1}, 1)


def test_what_is_told_of_a_group_is_told_of_none_of_its_people(cast):
    met(cast, autonomy=GUIDED)
    meeting(cast, 4, day=1, autonomy=ALONE)
    assert asked(topics).autonomy.once == {GUIDED: 1}


def test_what_lies_outside_the_period_is_neither_first_nor_last(cast):
    met(cast, -10, autonomy=GUIDED)
    met(cast, 1, autonomy=PARTLY)
    met(cast, 2, autonomy=PARTLY)
    found = asked(topics).autonomy
    assert found.matrix == {(PARTLY, PARTLY): 1}


def test_two_records_of_one_person_are_one_way(cast):
    met(cast, autonomy=GUIDED)
    met(cast, 1, autonomy=ALONE, person_ids=(cast.ids["neighbour"],))
    assert asked(topics).autonomy.once == {GUIDED: 1, ALONE: 1}
    with transaction():
        people.merge(cast.ids["resident"], cast.ids["neighbour"], None)
    assert asked(topics).autonomy.matrix == {(GUIDED, ALONE): 1}


def contacts(scope=Scope(), **chosen):  # noqa: B008
    found = asked(topics, scope, **chosen)
    assert found.unapplied == frozenset()
    return found.themes.get(Theme.DEVICE_START, Told()).contacts


def two_of_each(cast):
    """One of the town with the resident, one of the association with nine heads, five of them women."""
    met(cast)
    meeting(
        cast, 9, who="other_mediator", person_ids=(), venue_id=cast.ids["workshop"], anonymous_feminine=5,
    )  # fmt: skip


def test_a_scope_shows_its_own_and_no_filter_widens_it(cast):
    two_of_each(cast)
    town = Scope(structure_id=cast.ids["town"])
    assert (contacts(), contacts(town), contacts(Scope(mediator_id=cast.ids["other_mediator"]))) == (10, 1, 9)
    assert contacts(town, mediator_id=cast.ids["other_mediator"]) == 0


def test_all_filters_are_obeyed_and_of_heads_only_the_gender_is_known(cast):
    two_of_each(cast)
    assert [contacts(gender=one) for one in Gender] == [5, 0, 5]
    assert [contacts(age_band=one) for one in (AgeBand.FROM_70, AgeBand.NOT_COMMUNICATED)] == [1, 9]
    assert [contacts(neighbourhood_id=cast.ids[name]) for name in ("harbour", "mills")] == [1, 0]
    assert [contacts(side=Side.PLACE, neighbourhood_id=cast.ids[name]) for name in ("harbour", "mills")] == [1, 9]
    assert [contacts(venue_id=cast.ids["library"]), contacts(channel=Channel.PHONE)] == [1, 0]


def test_it_is_one_statement_however_many_there_are(cast):
    two_of_each(cast)
    with statements() as sent:
        topics(of(), Scope())
    assert sum(not one.startswith("BEGIN") for one in sent) == 1


@pytest.mark.long
def test_two_computations_agree_in_random_worlds(cast):
    @settings(max_examples=12, deadline=None, derandomize=True, database=None)
    @given(
        STEPS, SPANS, st.lists(st.tuples(NARROWED, st.integers(0, 60)), min_size=2, max_size=2), st.booleans(),
        st.randoms(use_true_random=False),
    )  # fmt: skip
    def agree(steps, span, narrowed, by_place, chance):
        town = Town(cast)
        town.live(steps)
        _tell_more(chance)
        rows, told = plainly.exported(), _aspects()
        side = Side.PLACE if by_place else Side.RESIDENCE
        for name, number in [("nothing", 0), *narrowed]:
            chosen, keeps = kept(town, cast, name, number)
            if by_place and Dimension.NEIGHBOURHOOD in keeps:
                keeps = {Dimension.PLACE_NEIGHBOURHOOD: keeps[Dimension.NEIGHBOURHOOD]}
            filters = Filters(span=span, side=side, **chosen)
            for scope, within in scopes(cast):
                found = topics(filters, scope)
                total = counted(filters, scope).total
                assert found.total == Told(total.records, total.contacts)
                assert_same(found, told, list(_kept(rows, span, by_place, keeps, within)))

    agree()


def _tell_more(chance):
    """What records tell besides, as forms let people tell it."""
    with transaction():
        for record in db.session.query(ActivityRecord).order_by(ActivityRecord.id):
            record.autonomy = chance.choice([None, *Autonomy])
            values = {Aspect.THEME: Theme, Aspect.EQUIPMENT: Equipment, Aspect.REFERRAL: Referral}
            record.aspects = [
                ActivityAspect(aspect=aspect, value=value.value)
                for aspect, kind in values.items()
                for value in chance.sample(list(kind)[:4], chance.randint(0, 3))
            ]


def _aspects():
    """Record → what it tells."""
    found = defaultdict(list)
    for row in db.session.query(ActivityAspect):
        found[row.record_id].append((row.aspect, row.value))
    db.session.rollback()
    return found


def _kept(rows, span: Span, by_place, keeps, within):
    records = {row["id"]: row for row in rows["activity_record"]}
    took_part = plainly.once_a_record(rows["activity_participant"])
    for contact in plainly.contacts(took_part, records, rows["neighbourhood"], by_place):
        day: date = contact.record["started_at"].astimezone(plainly.PARIS).date()
        wanted = all(contact.values[dimension] == value for dimension, value in keeps.items())
        if span.first <= day <= span.last and within(contact.record) and wanted:
            yield contact


def assert_same(found, told, kept_contacts):
    weights, whole = Counter(), {}
    for contact in kept_contacts:
        weights[contact.record["id"]] += contact.heads or 1
    for aspect, kind, mine in (
        (Aspect.THEME, Theme, found.themes), (Aspect.EQUIPMENT, Equipment, found.equipment),
        (Aspect.REFERRAL, Referral, found.referrals),
    ):  # fmt: skip
        whole = {}
        for record_id, weight in weights.items():
            for one, value in told[record_id]:
                if one is aspect:
                    before = whole.get(kind(value), Told())
                    whole[kind(value)] = Told(before.records + 1, before.contacts + weight)
        assert mine == whole
    ways = defaultdict(list)
    for contact in sorted(kept_contacts, key=lambda one: (one.record["started_at"], one.record["id"])):
        if contact.person is not None:
            told_of_one = contact.record["autonomy"] and contact.record["kind"] is ActivityKind.INDIVIDUAL
            ways[contact.person] += [contact.record["autonomy"]] if told_of_one else []
    matrix = Counter((way[0], way[-1]) for way in ways.values() if len(way) > 1)
    once = Counter(way[0] for way in ways.values() if len(way) == 1)
    assert (found.autonomy.matrix, found.autonomy.once) == (dict(matrix), dict(once))
    assert found.autonomy.untold == sum(not way for way in ways.values())
