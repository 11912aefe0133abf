"""The team of a workshop is told that the kit of its session is blocked, and nothing of what changed since."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from equipment.models import Condition, Reservation
from equipment.queries.kits import lendables_for
from equipment.queries.warned import warned
from foundation.db import db, in_transaction
from foundation.outbox.service import is_still_wanted
from tests.cast import NOW
from tests.equipment.given import kit
from tests.equipment.told import breaks, mails, sent
from tests.workshops.given import planned, programme, reread, weekly
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")
TEAM = "salima@rives.example"


def blocked_session(cast):
    """A session whose kit lost a device that it needs to go out."""
    blue = kit(minimum_units=3)
    (session,) = planned(cast, programme(cast), weekly(1), kits={"Tablettes": 1})
    breaks(blue.id, 1)
    return session, blue


def to_the_team():
    return [one for one in mails() if one.recipient == TEAM and one.reference.startswith("reservation:")]


def test_its_mediator_is_told_what_works_and_where_to_change_it(cast):
    session, _blue = blocked_session(cast)
    (mail,) = to_the_team()
    assert "2 de ses 3 appareils" in mail.body
    assert reread(session).programme.title in mail.body
    assert "la séance" in mail.body
    loan = db.session.scalars(select(Reservation)).one()
    assert f"/equipe/materiel/reservations/{loan.id}" in mail.body


def test_it_is_listed_until_the_session_is_called_off(cast):
    session, _blue = blocked_session(cast)
    (row,) = warned(lendables_for(cast.mediator), NOW)
    assert (row.reservation.purpose_of, row.told_at, row.to_call) == (session.reference, NOW, False)
    db.session.rollback()
    in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    assert warned(lendables_for(cast.mediator), NOW) == []
    assert not is_still_wanted(to_the_team()[0])


def test_a_session_that_moves_leaves_the_warning_behind(cast):
    session, _blue = blocked_session(cast)
    green = kit("Mallette verte")
    in_transaction(lambda: changing.move(session.id, weekly(2)[1], now=NOW, actor_id=None))
    loans = db.session.scalars(select(Reservation).order_by(Reservation.id))
    assert [one.kit_id for one in loans if one.state.holds] == [green.id]
    assert not is_still_wanted(to_the_team()[0])


def test_its_team_is_told_when_the_kit_goes_out_again(cast):
    _session, blue = blocked_session(cast)
    sent()
    breaks(blue.id, 0, Condition.WORKING)
    assert [one.key.split(":")[2] for one in to_the_team()] == ["short", "whole"]
