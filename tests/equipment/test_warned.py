"""The list of loans that their kit no longer serves: for whom it is, and who has to be telephoned."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from equipment.models import Reservation
from equipment.queries.kits import lendables_for
from equipment.queries.warned import warned
from equipment.rules.lending import Wish
from equipment.service import lending
from foundation.db import db, transaction
from foundation.outbox.models import Message, MessageState
from tests.cast import NOW
from tests.counting import statements
from tests.equipment.given import done, host_of_home, host_of_school, kit, morning, reserved
from tests.equipment.told import breaks

pytestmark = pytest.mark.usefixtures("stopped_clock")
ALL = Wish(units_wanted=3)


def rows(cast, who="mediator"):
    found = [
        (one.reservation.id, one.kit.working, one.told_at, one.to_call, one.phone)
        for one in warned(lendables_for(getattr(cast, who)), NOW)
    ]
    db.session.rollback()
    return found


def test_it_lists_who_was_told_and_when(cast):
    blue = kit()
    made = reserved(blue.id, morning(), host_of_school(cast).id, ALL)
    assert rows(cast) == []
    breaks(blue.id, 1)
    assert rows(cast) == [(made.id, 2, NOW, False, "")]


def test_it_is_empty_once_they_took_another_kit(cast):
    host, blue, green = host_of_school(cast), kit(), kit("Mallette verte")
    made = reserved(blue.id, morning(), host.id, ALL)
    breaks(blue.id, 1)
    done(lending.move, made.id, morning(), by=host.id, kit_id=green.id)
    assert rows(cast) == []


def test_whom_nobody_could_write_to_is_to_be_called_with_the_number_left(cast):
    host_of_home(cast)
    blue = kit()
    school = Wish(school_id=cast.ids["school"], units_wanted=3)
    made = reserved(blue.id, morning(), cast.ids["mediator"], school)
    breaks(blue.id, 1)
    with transaction():
        db.session.execute(update(Reservation).values(contact_phone="+33612345678"))
    assert rows(cast) == [(made.id, 2, None, True, "+33612345678")]


def test_whose_message_did_not_arrive_is_to_be_called(cast):
    host, blue = host_of_school(cast, phone="+33612345699"), kit()
    made = reserved(blue.id, morning(), host.id, ALL)
    breaks(blue.id, 1)
    with transaction():
        db.session.execute(update(Message).values(state=MessageState.FAILED))
    assert rows(cast) == [(made.id, 2, NOW, True, "+33612345699")]


def test_another_structure_does_not_see_it(cast):
    blue = kit(structure_id=cast.ids["town"])
    reserved(blue.id, morning(), host_of_school(cast).id, ALL)
    breaks(blue.id, 1)
    assert len(rows(cast)) == 1
    assert rows(cast, "other_mediator") == []
    assert len(rows(cast, "manager")) == 1


def test_it_asks_the_database_as_often_for_one_as_for_many(cast):
    host = host_of_school(cast)
    counts = []
    for some in (1, 4):
        for number in range(some):
            one = kit(f"Mallette {some} {number}")
            reserved(one.id, morning(days=some % 4 + number), host.id, ALL)
            breaks(one.id, 1)
        mediator = cast.mediator
        with statements() as seen:
            found = warned(lendables_for(mediator), NOW)
        counts.append(len(seen))
        db.session.rollback()
    assert len(found) == 5
    assert counts[0] == counts[1] <= 6
