"""What a checklist shows, and what is read from it: ticks, conditions, counts."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from equipment.forms.handing import BackForm, OutForm, checklist
from equipment.models import Condition, Direction, Item, Reservation, Supply
from equipment.queries import checklists, following, handing
from foundation.db import db, transaction
from tests.counting import statements
from tests.equipment.given import kit, morning, reserved
from tests.equipment.handed import DUE, WORKING, all_of, back, items_of, lent, loan, out

pytestmark = pytest.mark.usefixtures("stopped_clock")
DAMAGED, MISSING = Condition.DAMAGED, Condition.MISSING


def fresh(reservation):
    db.session.rollback()
    return db.session.get_one(Reservation, reservation.id, populate_existing=True)


def codes(listed):
    return [one.item.code for one in listed]


def with_charger(reservation):
    """A charger beside the tablets; its label comes first by the alphabet."""
    with transaction():
        db.session.add(Item(code="A-CHARGEUR", kind="chargeur", kit_id=reservation.kit_id))
    return reservation


def read(app, kind, reservation, sent, *, counted=()):
    """What the form makes of what a page sent."""
    to = checklists.to_go if kind is OutForm else checklists.to_come
    with app.test_request_context(method="POST", data=MultiDict({"signed_name": "Bruno"} | sent)):
        return checklist(kind, to(fresh(reservation)), counted).checked()


def test_what_pupils_hold_comes_first_then_the_rest(cast):
    made = with_charger(loan(cast))
    assert codes(checklists.to_go(fresh(made)))[-1] == "A-CHARGEUR"
    assert len(checklists.to_go(fresh(made))) == 4
    out(cast, made)
    assert codes(checklists.to_come(fresh(made)))[-1] == "A-CHARGEUR"


def test_what_is_broken_or_with_another_loan_does_not_go_by_itself(cast):
    made = lent(cast, broken=1)
    _broken, one, two = items_of(made)
    back(cast, made, conditions={one: WORKING})
    after = reserved(made.kit_id, morning(1), cast.ids["manager"])
    listed = {row.item.id: row for row in checklists.to_go(fresh(after))}
    assert {item_id for item_id, row in listed.items() if row.expected} >= {one}
    assert not listed[two].expected
    assert listed[two].away.id == made.id


def test_what_left_for_good_is_on_no_list_and_what_is_missing_is_found_at_work(cast):
    made = loan(cast)
    with transaction():
        rows = db.session.get_one(Reservation, made.id).kit.items
        rows[0].condition, rows[1].condition = MISSING, DAMAGED
    first, second, third = checklists.to_go(fresh(made))
    assert (first.usual, second.usual, third.usual) == (WORKING, DAMAGED, WORKING)
    assert [row.expected for row in (first, second, third)] == [False, False, True]


def test_what_is_of_no_kit_by_now_has_to_come_back_all_the_same(cast):
    made = lent(cast)
    first = items_of(made)[0]
    with transaction():
        db.session.get_one(Item, first).kit_id = None
    assert first in {row.item.id for row in checklists.to_come(fresh(made))}


def test_supplies_to_go_are_those_of_the_kit_and_to_come_those_that_went(cast):
    made = loan(cast)
    with transaction():
        cups = Supply(kit_id=made.kit_id, label="Casques", count=10)
        db.session.add_all([cups, Supply(kit_id=made.kit_id, label="Piles", count=4)])
    assert [(one.label, one.count) for one in checklists.supplies_to_go(fresh(made))] == [("Casques", 10), ("Piles", 4)]
    out(cast, made, supplies={cups.id: 8})
    assert [(one.label, one.count) for one in checklists.supplies_to_come(fresh(made))] == [("Casques", 8)]
    back(cast, made, conditions={items_of(made)[0]: WORKING}, supplies={cups.id: 8})
    assert checklists.supplies_to_come(fresh(made)) == []


def test_the_newest_list_of_each_direction_is_found(cast):
    made = lent(cast)
    first, *rest = items_of(made)
    assert checklists.last_handover(made.id, Direction.BACK) is None
    back(cast, made, conditions={first: WORKING})
    last = back(cast, made, key="rest", conditions=dict.fromkeys(rest, WORKING))
    assert checklists.last_handover(made.id, Direction.BACK) == last.id
    assert checklists.last_handover(made.id, Direction.OUT) < last.id


def test_everything_goes_but_what_was_changed(app, cast):
    made = loan(cast)
    one, two, three = items_of(made)
    shown = ",".join(f"{item_id}=working" for item_id in (one, two, three))
    got = read(app, OutForm, made, {"everything": "y", "shown": shown, f"c{two}": "damaged"})
    assert (got.conditions, got.staying) == ({one: WORKING, three: WORKING}, {two: DAMAGED})
    got = read(app, OutForm, made, {"everything": "y", "shown": shown, f"c{two}": "damaged", f"i{two}": "y"})
    assert (got.conditions, got.staying) == ({one: WORKING, two: DAMAGED, three: WORKING}, {})


def test_a_page_that_says_nothing_of_what_it_showed_is_read_against_the_register(app, cast):
    made = lent(cast)
    one, two, _three = items_of(made)
    got = read(app, BackForm, made, {f"i{one}": "y", f"c{one}": "working", f"c{two}": "missing", "shown": "what=="})
    assert got.conditions == {one: WORKING, two: MISSING}


def test_everything_is_back_as_the_page_says_it_is(app, cast):
    made = lent(cast)
    one, two, three = items_of(made)
    got = read(
        app, BackForm, made, {"everything": "y", f"c{two}": "incomplete", "minutes_in_use": "", "head_count": ""}
    )
    assert got.conditions == {one: WORKING, two: Condition.INCOMPLETE, three: WORKING}
    assert (got.minutes_in_use, got.head_count, got.rest_missing, got.came_back_flat) == (None, None, False, False)


def test_longer_lists_take_no_more_statements(cast):
    few, many = loan(cast), loan(cast, name="Mallette rouge", units=40)

    def sent(reservation, reader):
        one = fresh(reservation)
        assert one.kit.unit_kind
        with statements() as found:
            reader(one)
        return len(found)

    assert sent(few, checklists.to_go) == sent(many, checklists.to_go)
    out(cast, few)
    out(cast, many)
    assert sent(few, checklists.to_come) == sent(many, checklists.to_come)


def test_what_is_left_out_is_read_for_all_loans_at_once(cast):
    made = [lent(cast, name=name) for name in "ABC"]
    assert handing.left_out([one.id for one in made]) == {}
    for one in made[:2]:
        back(cast, one, conditions={items_of(one)[0]: WORKING})
    ids = [one.id for one in made]
    db.session.rollback()
    with statements() as few:
        one = handing.left_out(ids[:1])
    db.session.rollback()
    with statements() as many:
        two = handing.left_out(ids)
    assert (len(one), len(two), len(few)) == (1, 2, len(many))
    assert all(len(codes_) == 2 for codes_ in two.values())


def test_who_was_promised_the_kit_next(cast):
    made = lent(cast)
    soon = reserved(made.kit_id, morning(1), cast.ids["manager"])
    reserved(made.kit_id, morning(2), cast.ids["manager"])
    reserved(kit("Mallette rouge").id, morning(1), cast.ids["manager"])
    assert [one.id for one in following.promised(fresh(made), DUE, morning(2).start)] == [soon.id]
    assert following.promised(fresh(made), morning(1).end, morning(2).start) == []
    assert following.next_hold(fresh(made)) == morning(1).start
    assert following.next_hold(fresh(soon)) == morning(2).start
    assert len(all_of(made)) == 3
