"""What a checklist finds otherwise than the register says: one incident each, settled when it works, one warning."""

from __future__ import annotations

import pytest

from accounts.models import Account
from equipment.models import Condition, Destination, Incident, IncidentState, ItemEvent
from equipment.rules.lending import Wish
from equipment.service import found, items
from foundation.db import db, in_transaction
from foundation.outbox.models import Message
from tests.cast import NOW
from tests.equipment.faults import devices, reported
from tests.equipment.given import host_of_school, kit, morning, reserved
from tests.equipment.handed import WORKING, condition_of
from tests.workshops.given import count, reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
DAMAGED, MISSING = Condition.DAMAGED, Condition.MISSING


def report(cast, kit_id, seen, words="", **more):
    """The labels of what was otherwise."""
    actor_id = cast.ids["mediator"]
    return in_transaction(
        lambda: [
            one.code
            for one in found.report(kit_id, seen, words, db.session.get_one(Account, actor_id), NOW, **more)
        ]
    )  # fmt: skip


def messages(word):
    found_ = [one.key for one in db.session.query(Message).order_by(Message.id) if word in one.key]
    db.session.rollback()
    return found_


def test_as_the_register_says_nothing_is_written(cast):
    blue = kit(broken=1)
    ids = devices(blue.id)
    before = count(ItemEvent)
    assert report(cast, blue.id, dict(zip(ids, (DAMAGED, WORKING, WORKING), strict=True))) == []
    assert (count(Incident), count(ItemEvent)) == (0, before)


def test_each_device_has_an_incident_of_its_own_and_the_managers_one_message(cast):
    blue = kit(units=4)
    one, two, three, _four = devices(blue.id)
    codes = report(cast, blue.id, {three: MISSING, one: DAMAGED, two: WORKING}, "Vu au retour.")
    assert codes == [f"{blue.code}-0", f"{blue.code}-2"]
    rows = db.session.query(Incident).order_by(Incident.item_id).all()
    assert [(row.item_id, row.condition, row.description) for row in rows] == [
        (one, DAMAGED, "Vu au retour."), (three, MISSING, "Vu au retour."),
    ]  # fmt: skip
    db.session.rollback()
    managers = {key.rsplit(":", 1)[-1] for key in messages(":fewer:")}
    assert len(messages(":fewer:")) == len(managers)


def test_the_next_borrower_is_warned_once_of_all_of_it(cast):
    blue = kit(units=4)
    made = reserved(blue.id, morning(), host_of_school(cast).id, Wish(units_wanted=4))
    one, two, three, _four = devices(blue.id)
    report(cast, blue.id, {one: DAMAGED, two: MISSING, three: MISSING})
    assert len([key for key in messages("short") if key.startswith(made.reference)]) == 1


def test_what_works_again_settles_its_incident(cast):
    blue = kit()
    first = devices(blue.id)[0]
    incident = reported(blue.id, cast.ids["manager"], item_id=first)
    assert report(cast, blue.id, {first: WORKING}) == [f"{blue.code}-0"]
    again = reread(incident)
    assert (again.state, again.outcome, condition_of(first)) == (IncidentState.CLOSED, "Vu en état de marche.", WORKING)


def test_what_works_again_without_an_incident_is_noted(cast):
    blue = kit(broken=1)
    first = devices(blue.id)[0]
    report(cast, blue.id, {first: WORKING}, "Écran changé.")
    assert (condition_of(first), count(Incident)) == (WORKING, 0)
    assert db.session.query(ItemEvent).order_by(ItemEvent.id.desc()).first().note == "Écran changé."


def test_worse_than_known_is_one_more_step_of_the_same_incident(cast):
    blue = kit()
    first = devices(blue.id)[0]
    incident = reported(blue.id, cast.ids["manager"], item_id=first)
    report(cast, blue.id, {first: MISSING}, "Plus dans la mallette.")
    assert (count(Incident), condition_of(first), reread(incident).state) == (1, MISSING, IncidentState.OPEN)


def test_what_has_left_for_good_stays_so(cast):
    blue = kit()
    first = devices(blue.id)[0]
    manager_id = cast.ids["manager"]
    in_transaction(lambda: items.retire(first, Destination.PARTS, "", db.session.get_one(Account, manager_id), now=NOW))
    assert report(cast, blue.id, {first: WORKING}) == []
    assert condition_of(first) is Condition.RETIRED


def test_in_another_kit_by_now_it_is_noted_without_an_incident_of_this_one(cast):
    blue, red = kit(), kit("Mallette rouge")
    stray = devices(red.id)[0]
    assert report(cast, blue.id, {stray: DAMAGED}) == [f"{red.code}-0"]
    assert (condition_of(stray), count(Incident)) == (DAMAGED, 0)
