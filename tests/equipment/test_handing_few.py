"""A kit that goes out with fewer devices than it is to go out with: that is asked, and may be meant."""

from __future__ import annotations

import pytest
import time_machine

from equipment.models import Condition, ReservationState
from equipment.rules.unhandable import TooFewTicked
from tests.cast import NOW, sign_in
from tests.equipment.handed import START, items_of, loan, out
from tests.workshops.given import reread
from tests.workshops.pages import main_of

WORKING = Condition.WORKING


@pytest.fixture(autouse=True)
def clock(app):
    """Tuesday at nine, when the kit is to be handed over."""
    with time_machine.travel(START, tick=False) as stopped:
        yield stopped


def earlier(cast, **changes):
    """A loan of the morning, reserved a week ago."""
    with time_machine.travel(NOW, tick=False):
        return loan(cast, **changes)


def one_of(made):
    return {items_of(made)[0]: WORKING}


def test_fewer_than_its_minimum_are_not_handed_over_by_mistake(cast):
    made = earlier(cast, minimum_units=2)
    with pytest.raises(TooFewTicked) as refused:
        out(cast, made, conditions=one_of(made))
    assert refused.value.field == "few"
    assert str(refused.value).startswith("1 appareil est coché, et la mallette sort avec 2.")
    assert reread(made).state is ReservationState.APPROVED


def test_when_it_is_meant_they_go(cast):
    made = earlier(cast, minimum_units=2)
    out(cast, made, conditions=one_of(made), few=True)
    assert reread(made).state is ReservationState.HANDED_OVER


@pytest.mark.parametrize("minimum", [0, 1])
def test_its_minimum_is_enough(cast, minimum):
    made = earlier(cast, minimum_units=minimum)
    out(cast, made, conditions=one_of(made))
    assert reread(made).state is ReservationState.HANDED_OVER


def test_what_goes_along_damaged_does_not_count(cast):
    made = earlier(cast, minimum_units=2, units=4)
    first, second, *_rest = items_of(made)
    with pytest.raises(TooFewTicked):
        out(cast, made, conditions={first: WORKING, second: Condition.DAMAGED})


def test_the_page_asks_and_the_second_press_hands_it_over(client, cast):
    made = earlier(cast, minimum_units=2)
    ticked = items_of(made)[0]
    sign_in(client, cast.manager)
    address = f"/equipe/materiel/reservations/{made.id}/remise"
    assert "coché, c’est voulu" not in main_of(client.get(address))
    sent = {f"i{ticked}": "y", "signed_name": "Bruno Lacaze", "request_key": "once"}
    sent |= {f"c{id_}": "working" for id_ in items_of(made)}
    asked = client.post(address, data=sent)
    assert asked.status_code == 422
    assert "Seul ce qui est coché part, c’est voulu" in main_of(asked)
    assert client.post(address, data=sent | {"few": "y"}).status_code == 303
    assert reread(made).state is ReservationState.HANDED_OVER
