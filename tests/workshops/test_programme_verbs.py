"""A programme is described, described anew, published and closed."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from accounts.models import Account
from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.scope import NotInYourStructure, OfTheTerritory
from foundation.security import Role
from tests.cast import NOW
from tests.mediation.planning import account_in
from tests.workshops.given import count, details, planned, programme, published, reread
from workshops.models import (
    Enrolment,
    Origin,
    Priority,
    Programme,
    ProgrammeState,
    Registration,
    RegistrationKind,
    RegistrationState,
)
from workshops.rules.programmes import EnrolmentSettled, NothingToCome, NoTitle
from workshops.service import programmes as verbs


def as_(account_id, act):
    return in_transaction(lambda: act(db.session.get_one(Account, account_id)))


def register(cast, found, state=RegistrationState.REGISTERED):
    with transaction():
        db.session.add(
            Registration(
                code="K7M2P9", programme_id=found.id, kind=RegistrationKind.INDIVIDUAL, state=state, seats=1,
                person_id=cast.ids["resident"], origin=Origin.DESK, created_at=NOW,
            )
        )  # fmt: skip


def test_a_new_one_is_a_draft_with_all_that_was_said(cast):
    found = programme(
        cast, title=" Club Scratch ", goals="Créer un jeu\n\n  Le montrer ", themes=["web", "email"],
        priorities=[Priority.PRIORITY_NEIGHBOURHOOD, Priority.FIRST_TIMER],
        translations={"en": {"title": "Scratch club", "goals": ""}, "ar": {}},
    )  # fmt: skip
    found = reread(found)
    assert (found.title, found.state, found.structure_id) == ("Club Scratch", ProgrammeState.DRAFT, cast.ids["town"])
    assert found.goals == "Créer un jeu\nLe montrer"
    assert found.priorities == ["first_timer", "priority_neighbourhood"]
    assert found.translations == {"en": {"title": "Scratch club"}}
    assert found.said("title", "en") == "Scratch club"
    assert found.said("title", "ar") == "Club Scratch"
    assert [one.action for one in audit.history(f"programme:{found.id}")] == ["programme.created"]


def test_what_is_refused_leaves_nothing(cast):
    with pytest.raises(NoTitle):
        programme(cast, title=" ")
    assert count(Programme) == 0


@pytest.mark.parametrize(("structure", "refusal"), [("association", NotInYourStructure), (None, OfTheTerritory)])
def test_nobody_makes_one_for_others(cast, structure, refusal):
    structure_id = cast.ids[structure] if structure else None
    with pytest.raises(refusal):
        as_(cast.ids["mediator"], lambda actor: verbs.create(details(), structure_id, actor, now=NOW))
    assert count(Programme) == 0


def test_a_change_is_written_and_said_by_field(cast):
    found = programme(cast)
    as_(cast.ids["mediator"], lambda actor: verbs.change(found.id, details(capacity=12, title="Club"), actor))
    found = reread(found)
    assert (found.title, found.capacity) == ("Club", 12)
    last = audit.history(f"programme:{found.id}")[0]
    assert (last.action, last.details["fields"]) == ("programme.changed", ["capacity", "title"])


@pytest.mark.parametrize("act", ["change", "publish", "close"])
def test_one_of_another_structure_does_not_exist(cast, act):
    found = programme(cast, structure="association")
    planned(cast, found)
    acts = {
        "change": lambda actor: verbs.change(found.id, details(), actor),
        "publish": lambda actor: verbs.publish(found.id, actor, now=NOW),
        "close": lambda actor: verbs.close(found.id, actor),
    }
    with pytest.raises(NotInYourStructure):
        as_(cast.ids["mediator"], acts[act])
    assert reread(found).state is ProgrammeState.DRAFT


def test_one_that_the_territory_shares_is_changed_by_its_managers_only(cast):
    found = programme(cast, structure=None)
    own = account_in(cast, "town", Role.MANAGER).id
    with pytest.raises(OfTheTerritory):
        as_(own, lambda actor: verbs.close(found.id, actor))
    as_(cast.ids["manager"], lambda actor: verbs.close(found.id, actor))


def test_one_that_is_not_there_is_unknown(cast):
    with pytest.raises(NotInYourStructure):
        as_(cast.ids["manager"], lambda actor: verbs.close(4711, actor))


@pytest.mark.parametrize("state", [RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.OFFERED])
def test_the_way_to_register_stays_once_somebody_did(cast, state):
    found = programme(cast)
    register(cast, found, state)
    with pytest.raises(EnrolmentSettled):
        as_(cast.ids["mediator"], lambda actor: verbs.change(found.id, details(enrolment=Enrolment.SESSION), actor))
    as_(cast.ids["mediator"], lambda actor: verbs.change(found.id, details(title="Autre"), actor))
    assert (reread(found).enrolment, reread(found).title) == (Enrolment.CYCLE, "Autre")


def test_the_way_to_register_is_free_again_when_all_have_left(cast):
    found = programme(cast)
    register(cast, found, RegistrationState.CANCELLED)
    as_(cast.ids["mediator"], lambda actor: verbs.change(found.id, details(enrolment=Enrolment.SESSION), actor))
    assert reread(found).enrolment is Enrolment.SESSION


def test_without_a_session_to_come_it_is_not_published(cast):
    found = programme(cast)
    with pytest.raises(NothingToCome):
        as_(cast.ids["mediator"], lambda actor: verbs.publish(found.id, actor, now=NOW))
    (session,) = planned(cast, found)
    with pytest.raises(NothingToCome):
        as_(cast.ids["mediator"], lambda actor: verbs.publish(found.id, actor, now=session.ends_at))
    assert reread(found).state is ProgrammeState.DRAFT


def test_it_is_published_closed_and_published_again_each_once(cast):
    found, _sessions = published(cast)
    me = cast.ids["mediator"]
    for act in (
        lambda actor: verbs.publish(found.id, actor, now=NOW),
        lambda actor: verbs.close(found.id, actor),
        lambda actor: verbs.close(found.id, actor),
        lambda actor: verbs.publish(found.id, actor, now=NOW),
    ):
        as_(me, act)
    assert reread(found).state is ProgrammeState.PUBLISHED
    acts = [one.action.partition(".")[2] for one in audit.history(f"programme:{found.id}")]
    assert acts == ["published", "closed", "published", "planned", "created"]


def test_capacity_of_the_programme_leaves_its_sessions_alone(cast):
    found = programme(cast, capacity=8)
    (session,) = planned(cast, found)
    as_(cast.ids["mediator"], lambda actor: verbs.change(found.id, details(capacity=20), actor))
    assert reread(session).capacity == 8


def test_the_table_refuses_what_slips_by(cast):
    """The last word is the database's, whoever writes."""
    found = programme(cast)
    with pytest.raises(Exception, match="ages_in_order"), transaction():
        db.session.execute(update(Programme).where(Programme.id == found.id).values(age_min=12, age_max=8))
