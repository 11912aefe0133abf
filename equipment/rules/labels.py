"""What the enumerations of equipment are called on pages, in messages, on paper and in exports."""

from __future__ import annotations

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
from foundation.i18n import _l

CONDITIONS = {
    Condition.WORKING: _l("Works"),
    Condition.DAMAGED: _l("Damaged"),
    Condition.INCOMPLETE: _l("Incomplete"),
    Condition.MISSING: _l("Missing"),
    Condition.RETIRED: _l("Out of use for good"),
}
SEEN_CONDITIONS = {one: words for one, words in CONDITIONS.items() if one is not Condition.RETIRED}
"""What somebody who looks at a device may find."""
PURCHASES = {
    Purchase.NEW: _l("Bought new"),
    Purchase.REFURBISHED: _l("Bought refurbished"),
    Purchase.GIVEN: _l("Given to us"),
    Purchase.UNKNOWN: _l("Not known"),
}
DESTINATIONS = {
    Destination.REFURBISHER: _l("To a refurbisher"),
    Destination.PARTS: _l("For spare parts"),
    Destination.RECYCLING: _l("To recycling"),
    Destination.GIVEN_AWAY: _l("Given away"),
    Destination.LOST: _l("Lost or stolen"),
}
BORROWERS = {
    Borrowers.STAFF: _l("The team only"),
    Borrowers.SCHOOLS: _l("Schools"),
    Borrowers.CARE_HOMES: _l("Care homes"),
    Borrowers.HOSTS: _l("Schools and care homes"),
}
APPROVALS = {
    Approval.NONE: _l("Nobody: a reservation counts at once"),
    Approval.HEAD_TEACHER: _l("The head teacher"),
    Approval.MANAGER: _l("A manager of equipment"),
}
OUTWARD = {
    Handing.COLLECTED: _l("The borrower collects it"),
    Handing.DELIVERED: _l("The team brings it"),
}
HOMEWARD = {
    Handing.COLLECTED: _l("The borrower brings it back"),
    Handing.DELIVERED: _l("The team fetches it"),
}
DIRECTIONS = {
    Direction.OUT: _l("Hand-over"),
    Direction.BACK: _l("Return"),
}
RESERVATION_STATES = {
    ReservationState.REQUESTED: _l("Waits for an answer"),
    ReservationState.APPROVED: _l("Reserved"),
    ReservationState.REFUSED: _l("Declined"),
    ReservationState.CANCELLED: _l("Cancelled"),
    ReservationState.HANDED_OVER: _l("Out on loan"),
    ReservationState.RETURNED: _l("Brought back"),
}
RESERVATION_EVENTS = {
    ReservationEventKind.REQUESTED: _l("Reservation asked for"),
    ReservationEventKind.APPROVED: _l("Reservation agreed to"),
    ReservationEventKind.REFUSED: _l("Reservation declined"),
    ReservationEventKind.MOVED: _l("Reservation moved"),
    ReservationEventKind.CHANGED: _l("Reservation changed"),
    ReservationEventKind.CANCELLED: _l("Reservation cancelled"),
    ReservationEventKind.HANDED_OVER: _l("Kit handed over"),
    ReservationEventKind.PARTLY_RETURNED: _l("A part brought back"),
    ReservationEventKind.RETURNED: _l("Kit brought back"),
    ReservationEventKind.WARNED: _l("Borrower warned that devices are missing"),
    ReservationEventKind.REASSURED: _l("Borrower told that all is well again"),
    ReservationEventKind.REMINDED: _l("Borrower reminded of the return"),
    ReservationEventKind.LATE: _l("Not back in time: borrower and managers told"),
}
INCIDENT_STATES = {
    IncidentState.OPEN: _l("To be dealt with"),
    IncidentState.IN_REPAIR: _l("In repair"),
    IncidentState.CLOSED: _l("Settled"),
}
ITEM_EVENTS = {
    ItemEventKind.ADDED: _l("Put into the register"),
    ItemEventKind.MOVED: _l("Device moved"),
    ItemEventKind.CONDITION: _l("Condition noted"),
    ItemEventKind.BATTERY: _l("Battery measured"),
    ItemEventKind.CHANGED: _l("Written anew in the register"),
    ItemEventKind.RETIRED: _l("Out of use for good"),
}
ITEM_FIELDS = {
    "kind": _l("Kind of device"),
    "label": _l("Make and model"),
    "serial_number": _l("Serial number"),
    "price_cents": _l("Price"),
}
"""What events say was written anew, by the column that they name."""
