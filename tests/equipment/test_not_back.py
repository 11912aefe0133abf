"""A kit that should be back and is not: said wherever it is chosen, offered after those that are here, still lent."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from equipment.models import Condition, Reservation, ReservationState
from equipment.queries.kits import alternatives, lendable, offered
from equipment.queries.late import late_by_kit
from equipment.queries.swaps import swaps
from equipment.rules.late import Late, awaited, may_come_too_late
from equipment.rules.lending import Wish
from foundation.db import db
from foundation.outbox.models import Message
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.borrowing import ASK, HOME, asked, chosen, reservations, send
from tests.equipment.given import TUESDAY, host_of_school, kit, morning, reserved
from tests.equipment.handed import DUE, back, items_of, lent, loan, out
from tests.equipment.lent import RESERVE, WEEK, form, one, sent
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = DUE + 2 * DAY
SINCE = "Pas encore rendue, attendue depuis le mardi 17 mars à 12 h 00."
UNSURE = "On ne peut pas savoir si elle sera rendue d’ici là."
IN_A_WEEK = (TUESDAY + timedelta(days=7)).isoformat()
TOMORROW = (LATER + DAY).date().isoformat()


@pytest.fixture(autouse=True)
def _two_days_late(stopped_clock):
    """Thursday noon; the kits lent on Tuesday were due at noon on that day."""
    with time_machine.travel(LATER, tick=False):
        yield


def late_kit(cast, name="Mallette bleue", **changes):
    return lent(cast, name=name, **changes)


def choice_page(client, day=IN_A_WEEK, **more):
    key = asked(client, day=day, **more)
    return main_of(client.get(f"{ASK}/choisir?d={key}"))


def test_a_borrower_is_told_and_offered_first_what_is_here(client, cast):
    late_kit(cast, "Alpha")
    kit("Zoulou")
    sign_in(client, host_of_school(cast))
    page = choice_page(client)
    assert "1 mallette est libre" in page
    assert page.index("Zoulou") < page.index("Libre, mais pas encore rendue") < page.index("Alpha")
    assert SINCE in page
    assert "Nous vous écrivons si elle risque de tarder." in page
    assert "Prendre quand même Alpha" in page
    assert UNSURE not in page


def test_for_tomorrow_nobody_knows(client, cast):
    late_kit(cast, lead_hours=0)
    sign_in(client, host_of_school(cast))
    assert f"{SINCE} {UNSURE}" in choice_page(client, day=TOMORROW)


def test_the_calendars_of_borrowers_and_team_say_so(client, cast):
    late_kit(cast)
    sign_in(client, host_of_school(cast))
    page = main_of(client.get(f"{HOME}/calendrier?semaine={IN_A_WEEK}"))
    assert SINCE in page
    assert page.count("libre si rendue") == 9  # nobody has school on Wednesday afternoon
    page = main_of(sign_in(client, cast.manager).get(f"{WEEK}?semaine={IN_A_WEEK}"))
    assert "Pas encore rendue attendue depuis le mardi 17 mars à 12 h 00" in page
    assert page.count("libre si rendue") == 12
    assert "Matin libre" not in page.replace("Matin libre si", "")


def test_it_is_lent_all_the_same_and_the_next_borrower_is_told_at_once(client, cast):
    late = late_kit(cast)
    sign_in(client, host_of_school(cast))
    key = chosen(client, late.kit_id, day=IN_A_WEEK)
    assert SINCE in main_of(client.get(f"{ASK}/verifier?d={key}"))
    page = client.get(send(client, key).location)
    assert SINCE in main_of(page)
    made = reservations()[-1]
    (message,) = db.session.query(Message).filter_by(reference=made.reference)
    assert "attendue depuis le mardi 17 mars à 12 h 00 ; nous vous écrivons" in " ".join(message.body.split())
    page = main_of(sign_in(client, cast.manager).get(one(made)))
    assert SINCE in page
    assert "Le prêt en retard" in page
    assert "Pas encore rendue" in main_of(client.get("/equipe/materiel/reservations"))


def test_the_team_is_told_where_it_reserves_and_where_it_looks_through_kits(client, cast):
    late = late_kit(cast)
    sign_in(client, cast.manager)
    asked_for = f"/equipe/materiel/reserver?mallette={late.kit_id}&jour={IN_A_WEEK}&quand=matin"
    assert SINCE in main_of(client.get(asked_for))
    page = main_of(sent(client, cast, RESERVE, **form(day=IN_A_WEEK)))
    assert f"libre si rendue {SINCE}" in page
    assert "Pas encore rendue" in main_of(client.get("/equipe/materiel/mallettes"))


def test_where_another_kit_is_looked_for_it_comes_last_or_is_not_proposed(cast):
    late = late_kit(cast, "Alpha")
    here, own = kit("Zoulou"), kit("Mienne")
    wanted = reserved(own.id, morning(1), cast.ids["host"], Wish(units_wanted=3), now=LATER)
    found = swaps(cast.host, db.session.get(Reservation, wanted.id), wanted.period, LATER)
    assert [(each.kit.id, bool(each.late), each.unsure) for each in found] == [
        (here.id, False, False), (late.kit_id, True, False),
    ]  # fmt: skip
    assert [each.id for each in alternatives(cast.host, lendable(own.id), wanted.period)] == [here.id]
    rows = offered(cast.manager, wanted.period, ignoring=wanted.reference)
    assert [each.kit.id for each in rows] == [own.id, here.id, late.kit_id]


def test_one_of_which_enough_came_back_in_a_part_serves_others(cast):
    late = late_kit(cast)
    assert late_by_kit(LATER) == {late.kit_id: Late(late.id, DUE)}
    first, *_others = items_of(late)
    back(cast, late, conditions={first: Condition.WORKING})
    assert late_by_kit(LATER) == {}


def test_what_is_late_is_asked_for_in_as_many_queries_however_much_it_is(cast):
    late_kit(cast)
    with statements() as few:
        late_by_kit(LATER)
    for name in ("Verte", "Rouge"):
        other = loan(cast, name=name)
        out(cast, other)
        back(cast, other, conditions={items_of(other)[0]: Condition.MISSING})
    with statements() as many:
        late_by_kit(LATER)
    assert len(many) == len(few) + 2


def test_whether_it_may_come_too_late():
    assert may_come_too_late([morning(1), morning()], morning().start - DAY + HOUR)
    assert not may_come_too_late([morning()], morning().start - DAY)


def test_only_what_is_to_come_waits_for_it():
    row, late = Reservation(id=7, kit_id=1, state=ReservationState.APPROVED), Late(9, NOW)
    assert awaited(row, {1: late}) == late
    assert awaited(row, {1: Late(7, NOW)}) is None
    assert awaited(row, {2: late}) is None
    row.state = ReservationState.CANCELLED
    assert awaited(row, {1: late}) is None
