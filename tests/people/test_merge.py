"""Two records of one resident become one, and are parted again exactly as they were."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from foundation import audit
from foundation.codes import spoken
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from people import queries, service
from people import references as registry
from people.models import (
    Companion,
    ConsentTopic,
    ContactMeans,
    Person,
    PersonConsent,
    PersonMerge,
    PersonToken,
    Relation,
    Residence,
)
from people.rules.details import AlreadyErased, AlreadyMerged, NoSuchPerson
from people.rules.merging import AlreadyUndone, LaterMergeFirst, SamePerson
from tests.cast import sign_in
from tests.people.residents import read, write


def merge(kept: Person, gone: Person) -> int:
    with transaction():
        return service.merge(kept.id, gone.id, None).id


def undo(merge_id: int) -> None:
    with transaction():
        service.undo_merge(merge_id, None)


def consent(person: Person, topic: ConsentTopic = ConsentTopic.MESSAGES) -> int:
    with transaction():
        return service.record_consent(person.id, topic, granted=True, actor_id=None).id


def owner(consent_id: int) -> int:
    return db.session.scalar(select(PersonConsent.person_id).where(PersonConsent.id == consent_id))


class TestRule:
    """What can not be merged, or parted."""

    def test_a_record_with_itself(self, app):
        one = write("Roux")
        with pytest.raises(SamePerson):
            merge(one, one)

    def test_a_record_that_was_merged(self, app):
        kept, gone, third = write("Roux"), write("Rous"), write("Rou")
        merge(kept, gone)
        with pytest.raises(AlreadyMerged):
            merge(third, gone)
        with pytest.raises(AlreadyMerged):
            merge(gone, third)

    def test_a_record_that_was_erased(self, app):
        kept, gone = write("Roux"), write("Rous")
        with transaction():
            service.erase(gone.id, None)
        with pytest.raises(AlreadyErased):
            merge(kept, gone)

    def test_a_record_that_is_not_there(self, app):
        with pytest.raises(NoSuchPerson), transaction():
            service.merge(write("Roux").id, 99_999, None)

    def test_a_merge_is_undone_once(self, app):
        merge_id = merge(write("Roux"), write("Rous"))
        undo(merge_id)
        with pytest.raises(AlreadyUndone):
            undo(merge_id)

    def test_an_earlier_merge_waits_for_the_later_one(self, app):
        first, second, third = write("Roux"), write("Rous"), write("Rou")
        early, late = merge(second, third), merge(first, second)
        with pytest.raises(LaterMergeFirst):
            undo(early)
        undo(late)
        undo(early)
        assert read(third.id).merged_into_id is None

    def test_an_unknown_merge_is_not_found(self, app):
        with pytest.raises(NoSuchPerson):
            undo(99_999)

    def test_a_merged_record_is_not_changed(self, app):
        kept, gone = write("Roux"), write("Rous")
        merge(kept, gone)
        with pytest.raises(AlreadyMerged), transaction():
            service.edit(gone.id, service.Details("Autre"), None)


class TestFill:
    """What the kept record takes over."""

    def test_what_it_lacks(self, cast):
        kept = write("Roux")
        gone = write(
            "Roux", "Nadia", birth_year=1957, phone="+33639980044", email="n@example.org",
            residence=Residence.INSIDE, neighbourhood_id=cast.mills.id,
        )  # fmt: skip
        merge_id = merge(kept, gone)
        now = read(kept.id)
        assert (now.given_name, now.birth_year, now.phone, now.email) == ("Nadia", 1957, gone.phone, gone.email)
        assert (now.residence, now.neighbourhood_id) == (Residence.INSIDE, cast.mills.id)
        assert now.contact_means is ContactMeans.SMS
        undo(merge_id)
        now = read(kept.id)
        assert (now.given_name, now.birth_year, now.phone, now.email) == ("", None, None, None)
        assert (now.residence, now.neighbourhood_id) == (Residence.UNKNOWN, None)
        assert now.contact_means is ContactMeans.NONE

    def test_nothing_that_it_has(self, cast):
        kept = write("Roux", "Nadia", birth_year=1957, phone="+33639980044", residence=Residence.OUTSIDE)
        gone = write("Rous", "Nadja", birth_year=1958, phone="+33639980045")
        merge(kept, gone)
        now = read(kept.id)
        assert (now.name, now.birth_year, now.phone, now.residence) == (
            "Nadia Roux", 1957, "+33639980044", Residence.OUTSIDE,
        )  # fmt: skip

    def test_what_was_corrected_since_stays_when_parted(self, app):
        kept, gone = write("Roux"), write("Roux", phone="+33639980044")
        merge_id = merge(kept, gone)
        with transaction():
            service.edit(kept.id, service.Details("Roux", phone="+33639980099"), None)
        undo(merge_id)
        assert read(kept.id).phone == "+33639980099"

    def test_a_means_of_contact_never_loses_its_number(self, app):
        kept, gone = write("Roux"), write("Roux", phone="+33639980044")
        merge_id = merge(kept, gone)
        details = service.Details("Roux", phone="+33639980044", contact_means=ContactMeans.PHONE_CALL)
        with transaction():
            service.edit(kept.id, details, None)
        undo(merge_id)
        assert (read(kept.id).phone, read(kept.id).contact_means) == (None, ContactMeans.NONE)

    def test_a_means_of_contact_is_not_taken_over_without_its_number(self, app):
        kept = write("Roux", phone="+33639980044", contact_means=ContactMeans.NONE)
        merge(kept, write("Roux", phone="+33639980045", contact_means=ContactMeans.PHONE_CALL))
        assert read(kept.id).contact_means is ContactMeans.NONE

    def test_nobody_is_left_without_a_name(self, app):
        kept, gone = write("Roux"), write("", "Nadia")
        merge_id = merge(kept, gone)
        with transaction():
            service.edit(kept.id, service.Details("", "Nadia"), None)
        undo(merge_id)
        assert read(kept.id).name == "Nadia"

    def test_the_later_contact_counts(self, app):
        kept, gone = write("Roux"), write("Rous")
        later = gone.last_contact_at.replace(year=gone.last_contact_at.year + 1)
        with transaction():
            service.touch(gone.id, later)
        merge(kept, gone)
        assert read(kept.id).last_contact_at == later


class TestRows:
    """What pointed to the one points to the other."""

    def test_move_and_come_back(self, app):
        kept, gone = write("Roux"), write("Rous")
        ours, theirs = consent(kept), consent(gone)
        merge_id = merge(kept, gone)
        assert (owner(ours), owner(theirs)) == (kept.id, kept.id)
        undo(merge_id)
        assert (owner(ours), owner(theirs)) == (kept.id, gone.id)

    def test_added_since_stay_with_the_kept_record(self, app):
        kept, gone = write("Roux"), write("Rous")
        merge_id = merge(kept, gone)
        since = consent(kept)
        undo(merge_id)
        assert owner(since) == kept.id

    def test_removed_since_stay_removed(self, app):
        kept, gone = write("Roux"), write("Rous")
        with transaction():
            companion_id = service.add_companion(gone.id, "Léa", None, Relation.CHILD, None).id
        merge_id = merge(kept, gone)
        with transaction():
            service.remove_companion(kept.id, companion_id, None)
        undo(merge_id)
        assert db.session.get(Companion, companion_id) is None

    def test_a_row_that_would_double_another_stays(self, app, monkeypatch):
        monkeypatch.setattr(registry, "_references", dict(registry._references))
        registry.follows_merge(PersonConsent.person_id, unique_with=("topic",))
        kept, gone = write("Roux"), write("Rous")
        consent(kept, ConsentTopic.IMAGES)
        double, single = consent(gone, ConsentTopic.IMAGES), consent(gone, ConsentTopic.RECORD)
        merge_id = merge(kept, gone)
        assert (owner(double), owner(single)) == (gone.id, kept.id)
        undo(merge_id)
        assert (owner(double), owner(single)) == (gone.id, gone.id)

    def test_of_every_table_that_points_to_people_are_known(self, app):
        told = {one.column for one in registry.references()}
        search_and_merges = {"person_token", "person_merge"}
        pointing = {
            column
            for table in Person.metadata.tables.values()
            if table.name not in search_and_merges
            for column in table.columns
            if any(key.column is Person.__table__.c.id for key in column.foreign_keys)
        }
        assert pointing == told

    def test_more_than_one_statement_can_take_are_moved(self, app):
        kept, gone = write("Roux"), write("Rous")
        rows = [{"person_id": gone.id, "topic": ConsentTopic.RECORD, "granted": True, "at": gone.created_at}] * 1201
        with transaction():
            db.session.execute(PersonConsent.__table__.insert(), rows)
        merge_id = merge(kept, gone)
        assert len(db.session.get(PersonMerge, merge_id).moved["person_consent.person_id"]) == 1201
        assert len(db.session.scalars(select(PersonConsent).where(PersonConsent.person_id == kept.id)).all()) == 1201


def snapshot(people: list[Person]) -> dict[str, Any]:
    """All that a merge may touch, but the last contact."""
    ids = [person.id for person in people]
    skipped = {"last_contact_at"}
    table = Person.__table__
    rows = db.session.execute(select(table).where(table.c.id.in_(ids)).order_by(table.c.id)).mappings()
    tokens = PersonToken.__table__
    found = db.session.execute(
        select(tokens).where(tokens.c.person_id.in_(ids)).order_by(tokens.c.kind, tokens.c.token, tokens.c.person_id)
    )
    said = PersonConsent.__table__
    consents = db.session.execute(
        select(said.c.id, said.c.person_id).where(said.c.person_id.in_(ids)).order_by(said.c.id)
    )
    return {
        "people": [{name: value for name, value in row.items() if name not in skipped} for row in rows],
        "tokens": [tuple(row) for row in found],
        "consents": [tuple(row) for row in consents],
    }


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "family_name": st.sampled_from(["Roux", "Rous", "Le Roux"]),
            "given_name": st.sampled_from(["", "Nadia", "Nadja"]),
            "birth_year": st.sampled_from([None, 1957]),
            "phone": st.sampled_from([None, "+33639980044", "+33639980045"]),
            "email": st.sampled_from([None, "n@example.org"]),
        }
    ),
    min_size=3,
    max_size=5,
)
PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6)
ON_A_DATABASE = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def merge_if_allowed(people: list[Person], pair: tuple[int, int]) -> int | None:
    kept, gone = (people[at % len(people)] for at in pair)
    try:
        return merge(kept, gone)
    except (SamePerson, AlreadyMerged):
        return None


@ON_A_DATABASE
@given(PEOPLE, PAIRS)
def test_undoing_in_reverse_brings_back_each_state(app, described, pairs):
    people = [write(**one) for one in described]
    for person in people:
        consent(person)
    states = []
    for pair in pairs:
        before = snapshot(people)
        merge_id = merge_if_allowed(people, pair)
        if merge_id:
            states.append((merge_id, before))
    for merge_id, before in reversed(states):
        undo(merge_id)
        assert snapshot(people) == before


@ON_A_DATABASE
@given(PEOPLE, PAIRS, st.randoms(use_true_random=False))
def test_whatever_the_order_all_can_be_undone_and_every_row_is_back(app, described, pairs, chance):
    people = [write(**one) for one in described]
    owners = {consent(person): person.id for person in people}
    merges = [merge_id for pair in pairs if (merge_id := merge_if_allowed(people, pair))]
    assert all(
        owner(one) in {person.id for person in people if read(person.id).merged_into_id is None} for one in owners
    )
    while merges:
        chosen = chance.choice(merges)
        try:
            undo(chosen)
        except LaterMergeFirst:
            continue
        merges.remove(chosen)
    assert {one: owner(one) for one in owners} == owners
    assert all(read(person.id).merged_into_id is None for person in people)


class TestPages:
    @pytest.fixture
    def pair(self, cast):
        return write("Roux", "Nadia", phone="+33639980044"), write("Rous", "Nadia", birth_year=1957)

    def test_records_that_look_alike_are_offered(self, cast, client, pair):
        sign_in(client, cast.mediator)
        page = client.get(f"/equipe/habitants/{pair[0].id}/doublons").get_data(as_text=True)
        assert f"/equipe/habitants/{pair[0].id}/doublons/{pair[1].id}" in page

    def test_another_can_be_searched(self, cast, client, pair):
        sign_in(client, cast.mediator)
        page = client.get(f"/equipe/habitants/{pair[0].id}/doublons?q=haddad").get_data(as_text=True)
        assert f"/equipe/habitants/{pair[0].id}/doublons/{cast.neighbour.id}" in page

    def test_seen_side_by_side_joined_and_parted(self, cast, client, pair):
        first, second = pair
        sign_in(client, cast.mediator)
        target = f"/equipe/habitants/{first.id}/doublons/{second.id}"
        page = client.get(target).get_data(as_text=True)
        assert "1957" in page
        assert "Année de naissance" in page
        for one in pair:
            assert page.count(f'data-label="{spoken(one.code)}"') == 8
            assert f"{one.name} · {spoken(one.code)}" in page
        response = client.post(target, data={"kept": str(second.id)})
        assert response.location == f"/equipe/habitants/{second.id}"
        assert client.get(f"/equipe/habitants/{first.id}").location == f"/equipe/habitants/{second.id}"
        (done,) = queries.merges_of(second.id)
        assert done.by_id == cast.mediator.id
        assert f"fusions/{done.id}/annuler" in client.get(response.location).get_data(as_text=True)
        assert client.post(f"/equipe/habitants/fusions/{done.id}/annuler").location == f"/equipe/habitants/{first.id}"
        assert client.get(f"/equipe/habitants/{first.id}").status_code == 200

    def test_one_of_the_two_must_be_chosen(self, cast, client, pair):
        sign_in(client, cast.mediator)
        target = f"/equipe/habitants/{pair[0].id}/doublons/{pair[1].id}"
        client.get(target)
        for data in ({}, {"kept": "99999"}, {"kept": "x"}):
            refused = client.post(target, data=data)
            assert refused.status_code == 422
            assert "Choisissez la fiche à garder." in refused.get_data(as_text=True)
        assert queries.merges_of(pair[0].id) == []

    def test_a_second_press_is_told_what_happened(self, cast, client, pair):
        sign_in(client, cast.mediator)
        target = f"/equipe/habitants/{pair[0].id}/doublons/{pair[1].id}"
        client.get(target)
        client.post(target, data={"kept": str(pair[0].id)})
        assert client.post(target, data={"kept": str(pair[0].id)}).status_code == 409
        assert client.get(target).status_code == 409

    @pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER])
    def test_are_not_for_all(self, cast, client, pair, role):
        merge_id = merge(*pair)
        sign_in(client, cast.account_of(role))
        client.get("/equipe/mon-compte")
        assert client.post(f"/equipe/habitants/fusions/{merge_id}/annuler").status_code == 403
        assert client.get(f"/equipe/habitants/{pair[0].id}/doublons").status_code == 403

    @pytest.mark.parametrize("other", [99_999, 2**31, 10**30])
    def test_unknown_records_are_not_found(self, cast, client, pair, other):
        sign_in(client, cast.mediator)
        assert client.get(f"/equipe/habitants/{pair[0].id}/doublons/{other}").status_code == 404
        assert client.post(f"/equipe/habitants/fusions/{other}/annuler").status_code == 404


def test_the_audit_names_nobody(cast):
    kept, gone = write("Roux"), write("Rous")
    merge_id = merge(kept, gone)
    entry = audit.history(f"person:{kept.id}")[0]
    assert (entry.action, entry.details) == ("person.merged", {"gone_id": gone.id, "merge_id": merge_id})


def test_of_two_merges_at_once_one_wins(cast, app):
    """Two desks join the same record to two others: it goes to one, and the other is told."""
    first, second, gone = write("Roux"), write("Rous"), write("Rou")
    ids, gone_id = [first.id, second.id], gone.id
    together = Barrier(2)

    def join(kept_id: int) -> bool:
        with app.app_context():
            together.wait()
            try:
                in_transaction(lambda: service.merge(kept_id, gone_id, None))
            except AlreadyMerged:
                return False
            return True

    for _ in range(5):
        db.session.rollback()
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(join, ids)) == [False, True]
        kept_id = read(gone_id).merged_into_id
        assert kept_id in ids
        undo(queries.merges_of(kept_id)[0].id)
