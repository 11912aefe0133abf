"""A session is given another team, another place, other words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agenda import service as agenda
from foundation import audit
from foundation.db import db, in_transaction, transaction
from places.models import Room, Venue
from tests.cast import NOW
from tests.workshops.given import holds, hours, planned, programme, reread
from workshops.models import SessionEventKind
from workshops.rules.planning import Place
from workshops.rules.unplannable import BadKits, NoPlace, NotAMediator, NoTeam, NotFree, NotPlanned, PlaceGone
from workshops.service import changing
from workshops.service.changing import Arrangement


def arrangement(cast, **changes):
    return replace(Arrangement(Place(cast.ids["library"], cast.ids["room"]), [cast.ids["mediator"]]), **changes)


def change(session, wanted, **more):
    return in_transaction(lambda: changing.change(session.id, wanted, now=NOW, actor_id=None, **more))


def test_another_mediator_takes_it_over(cast):
    (session,) = planned(cast, programme(cast))
    change(session, arrangement(cast, team=[cast.ids["other_mediator"]]), reason="Congé")
    session = reread(session)
    assert [one.account_id for one in session.team] == [cast.ids["other_mediator"]]
    held = {resource_id for _reference, resource_id in holds()}
    assert held == {cast.other_mediator.resource_id, cast.room.resource_id}
    event = reread(session).events[-1]
    assert (event.kind, event.reason) == (SessionEventKind.CHANGED, "Congé")
    assert audit.history(session.reference)[0].action == "session.changed"


def test_a_second_mediator_comes_along(cast):
    (session,) = planned(cast, programme(cast))
    change(session, arrangement(cast, team=[cast.ids["other_mediator"], cast.ids["mediator"]]))
    assert len(reread(session).team) == 2
    assert len(holds()) == 3


def test_at_a_school_the_room_is_free_again(cast):
    (session,) = planned(cast, programme(cast))
    change(session, arrangement(cast, place=Place(school_id=cast.ids["school"])))
    session = reread(session)
    assert (session.venue_id, session.room_id, session.school_id) == (None, None, cast.ids["school"])
    assert holds() == [(session.reference, cast.mediator.resource_id)]


def test_words_and_kits(cast):
    (session,) = planned(cast, programme(cast), kits={"tablets": 1, "robots": 1})
    change(session, arrangement(cast, title=" Bilan ", equipment_note=" Écran ", kits={"tablets": 3}))
    session = reread(session)
    assert (session.title, session.equipment_note) == ("Bilan", "Écran")
    assert [(one.kind, one.count) for one in session.kit_needs] == [("tablets", 3)]


def test_a_colleague_who_is_taken_is_named_and_nothing_changes(cast):
    (session,) = planned(cast, programme(cast))
    resource_id = cast.other_mediator.resource_id
    in_transaction(lambda: agenda.hold([resource_id], hours(), "Rendez-vous", "appointment:1"))
    with pytest.raises(NotFree) as refused:
        change(session, arrangement(cast, team=[cast.ids["other_mediator"]], title="X"))
    assert [one.label for one in refused.value.alternatives] == ["Yann Kerdoncuff"]
    session = reread(session)
    assert (session.title, [one.account_id for one in session.team]) == ("", [cast.ids["mediator"]])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"team": []}, NoTeam),
        ({"team": [4711]}, NotAMediator),
        ({"place": Place()}, NoPlace),
        ({"place": Place(4711)}, PlaceGone),
        ({"kits": {"tablets": 0}}, BadKits),
    ],
)
def test_what_can_not_be_is_refused(cast, changes, refusal):
    (session,) = planned(cast, programme(cast))
    before = holds()
    with pytest.raises(refusal):
        change(session, arrangement(cast, **changes))
    assert holds() == before


def test_it_may_stay_in_a_room_that_was_closed_since(cast):
    (session,) = planned(cast, programme(cast))
    with transaction():
        db.session.get_one(Room, cast.ids["room"]).active = False
        db.session.get_one(Venue, cast.ids["library"]).active = False
    change(session, arrangement(cast, title="Bilan"))
    assert reread(session).title == "Bilan"


def test_one_that_was_cancelled_is_not_changed(cast):
    (session,) = planned(cast, programme(cast))
    in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    with pytest.raises(NotPlanned):
        change(session, arrangement(cast, title="X"))
