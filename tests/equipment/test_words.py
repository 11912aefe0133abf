"""Every value of an enumeration of equipment has its own words, in order, and is said in French."""

from __future__ import annotations

import pytest

from equipment.models import (
    Approval,
    Borrowers,
    Condition,
    Destination,
    Direction,
    Handing,
    IncidentState,
    ItemEventKind,
    Purchase,
    ReservationEventKind,
    ReservationState,
)
from equipment.rules import labels
from tests.words import check_said_in_french, check_whole_and_in_order

TABLES = [
    (Condition, labels.CONDITIONS),
    (Purchase, labels.PURCHASES),
    (Destination, labels.DESTINATIONS),
    (Borrowers, labels.BORROWERS),
    (Approval, labels.APPROVALS),
    (Handing, labels.OUTWARD),
    (Handing, labels.HOMEWARD),
    (Direction, labels.DIRECTIONS),
    (ReservationState, labels.RESERVATION_STATES),
    (ReservationEventKind, labels.RESERVATION_EVENTS),
    (IncidentState, labels.INCIDENT_STATES),
    (ItemEventKind, labels.ITEM_EVENTS),
]


@pytest.mark.parametrize(("kind", "words"), TABLES)
def test_every_value_has_its_words(kind, words):
    check_whole_and_in_order(kind, words)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_they_are_said_in_french(app):
    for _kind, words in TABLES:
        check_said_in_french(app, words)


def test_nobody_finds_a_device_out_of_use():
    assert Condition.RETIRED not in labels.SEEN_CONDITIONS
    assert len(labels.SEEN_CONDITIONS) == len(Condition) - 1
