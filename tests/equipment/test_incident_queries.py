"""Reads of incidents: those of a kit, of a device, within reach, by state; and what can be reported."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Condition, Destination, Incident, IncidentState
from equipment.queries import incidents as queries
from equipment.queries.incidents import Age, Wanted
from equipment.rules.upkeep import NoSuchIncident
from equipment.service import incidents, items
from foundation.db import db, transaction
from tests.cast import NOW
from tests.counting import statements
from tests.equipment.faults import act, devices, reported
from tests.equipment.given import kit

pytestmark = pytest.mark.usefixtures("stopped_clock")
ALL_STATES = tuple(IncidentState)


@pytest.fixture
def blue(cast):
    return kit(units=4)


def ended(incident, by, days):
    return act(
        incidents.close, incident.id, "Réparé.", by=by, became=Condition.WORKING, now=NOW + timedelta(days=days)
    )  # fmt: skip


def ids(rows):
    found = [one.id for one in rows]
    db.session.rollback()
    return found


@pytest.fixture
def four(cast, blue):
    """Two to deal with, one in repair, one settled; reported on four days."""
    by = cast.ids["mediator"]
    made = [
        reported(blue.id, by, item_id=one, now=NOW - timedelta(days=10 - n))
        for n, one in enumerate(devices(blue.id))
    ]  # fmt: skip
    act(incidents.begin_repair, made[1].id, by=by)
    ended(made[2], by, 1)
    return made


def test_a_kit_tells_what_is_not_settled_then_what_was_settled_last(cast, blue, four):
    first, second, third, fourth = (one.id for one in four)
    assert ids(queries.of_kit(blue.id)) == [first, second, fourth, third]
    ended(four[0], cast.ids["mediator"], 2)
    assert ids(queries.of_kit(blue.id)) == [second, fourth, first, third]
    assert ids(queries.of_kit(blue.id, settled=1)) == [second, fourth, first]
    assert ids(queries.of_kit(blue.id, settled=0)) == [second, fourth]


def test_a_device_tells_its_own_repairs(cast, blue, four):
    device = devices(blue.id)[2]
    again = reported(blue.id, cast.ids["mediator"], item_id=device, words="Encore.", now=NOW + timedelta(days=3))
    assert ids(queries.of_item(device)) == [again.id, four[2].id]
    assert ids(queries.of_item(devices(kit("Mallette rouge").id)[0])) == []


def test_the_list_puts_the_oldest_first_and_what_was_settled_last_before_the_rest(cast, blue, four):
    ended(four[0], cast.ids["mediator"], 2)
    found = queries.listed(cast.manager, Wanted(ALL_STATES), NOW)
    assert ids(found) == [four[1].id, four[3].id, four[0].id, four[2].id]
    assert ids(queries.listed(cast.manager, Wanted(ALL_STATES), NOW, offset=1, limit=2)) == [four[3].id, four[0].id]


@pytest.mark.parametrize(
    ("days", "age"),
    [(0, Age.WEEK), (6, Age.WEEK), (8, Age.MONTH), (29, Age.MONTH), (31, Age.OLDER), (400, Age.OLDER)],
)
def test_each_incident_has_one_age(cast, blue, days, age):
    made = reported(blue.id, cast.ids["mediator"], now=NOW - timedelta(days=days))
    for asked in Age:
        assert ids(queries.listed(cast.manager, Wanted(age=asked), NOW)) == ([made.id] if asked is age else [])


def test_it_is_counted_by_state_within_reach(cast, four):
    theirs = kit("Mallette du bief", structure_id=cast.ids["association"])
    reported(theirs.id, cast.ids["other_mediator"])
    wanted = {IncidentState.OPEN: 2, IncidentState.IN_REPAIR: 1, IncidentState.CLOSED: 1}
    assert queries.counts(cast.mediator) == wanted
    assert queries.counts(cast.manager) == wanted | {IncidentState.OPEN: 3}
    assert queries.counts(cast.other_mediator) == wanted | {IncidentState.OPEN: 3}
    assert set(queries.counts(cast.host).values()) == {0}
    db.session.rollback()


def test_kits_that_never_had_an_incident_are_not_offered_as_a_filter(cast, blue, four):
    kit("Mallette rouge")
    theirs = kit("Mallette du bief", structure_id=cast.ids["association"])
    reported(theirs.id, cast.ids["other_mediator"])
    assert queries.kits_concerned(cast.mediator) == [(blue.id, "Mallette bleue")]
    assert queries.kits_concerned(cast.manager) == [(blue.id, "Mallette bleue"), (theirs.id, "Mallette du bief")]
    assert queries.kits_concerned(cast.prescriber) == []
    db.session.rollback()


def test_what_is_out_of_use_can_not_be_reported_any_more(cast, blue):
    first, *rest = devices(blue.id)
    act(items.retire, first, Destination.PARTS, "", by=cast.ids["manager"])
    assert ids(queries.devices_of(blue.id)) == rest


def test_the_kit_of_the_incident_and_that_of_the_device_are_locked(cast, blue, four):
    red = kit("Mallette rouge", units=0)
    assert queries.resources_of(four[0].id) == {blue.resource_id}
    act(items.move, devices(blue.id)[0], red.id, by=cast.ids["manager"])
    assert queries.resources_of(four[0].id) == {blue.resource_id, red.resource_id}
    act(items.move, four[0].item_id, None, by=cast.ids["manager"])
    assert queries.resources_of(four[0].id) == {blue.resource_id}
    assert queries.resources_of(four[0].id + 1000) == frozenset()
    db.session.rollback()


def test_one_incident_comes_with_all_its_steps_in_few_statements(cast, four):
    for number in range(6):
        act(incidents.add_note, four[0].id, f"Appel {number}.", by=cast.ids["mediator"])
    viewer = cast.mediator
    with statements() as sent:
        found = queries.seen(four[0].id, viewer)
        told = [(one.note, one.actor.name) for one in found.events]
    assert len(told) == 7
    assert told[-1] == ("Appel 5.", "Salima Benali")
    assert len(sent) <= 4
    db.session.rollback()


@pytest.mark.parametrize("who", ["host", "prescriber", "partner", "other_mediator"])
def test_one_incident_is_for_those_within_reach(cast, blue, who):
    with transaction():
        db.session.merge(blue).structure_id = cast.ids["town"]
    made = reported(blue.id, cast.ids["mediator"])
    with pytest.raises(NoSuchIncident):
        queries.seen(made.id, getattr(cast, who))
    assert queries.seen(made.id, cast.mediator).id == made.id
    db.session.rollback()


def test_the_database_itself_keeps_a_device_to_one_incident(cast, blue, four):
    def twice():
        with transaction():
            db.session.add(
                Incident(
                    kit_id=blue.id, item_id=four[0].item_id, condition=Condition.MISSING, description="",
                    state=IncidentState.OPEN, opened_at=NOW, opened_by_id=cast.ids["mediator"],
                )
            )  # fmt: skip

    with pytest.raises(Exception, match=r"même moment|same moment"):
        twice()
    ended(four[0], cast.ids["mediator"], 1)
    twice()
