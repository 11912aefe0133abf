"""What may be said of an incident, by whom, and what may still be done with it."""

from __future__ import annotations

from accounts.models import Account
from equipment.models import Condition, Incident, IncidentState, Item, Kit, Reservation
from equipment.rules.items import check_here
from equipment.rules.kits import within_reach, works_here
from equipment.rules.lending import check_sees
from equipment.rules.refusals import NoSuchKit, NoSuchReservation, TooLongText
from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l

FAULTS = (Condition.DAMAGED, Condition.INCOMPLETE, Condition.MISSING)
"""What a device can be found as."""
MOST_CENTS = 10_000_000
LONGEST = {"description": 500, "note": 500, "outcome": 300, "supplier": 120}


class NoSuchIncident(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such incident."))


class NotInThisKit(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("This device is not in the kit any more. Choose another one, or the kit as a whole."), "item"
        )


class NoFault(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say what is wrong: damaged, incomplete or missing."), "condition")


class ReportedAtOnce(Conflict):
    """Two people reported the same device at the same moment."""

    def __init__(self) -> None:
        super().__init__(_l("Somebody reported this device at the same moment. Look at what they wrote first."), "item")


class InRepairMeanwhile(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("Somebody sent it to repair meanwhile. Nothing was changed: look at it again."), "supplier")


class OutcomeMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say how it ended, in a sentence."), "outcome")


class NoteMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what happened, in a sentence."), "note")


class WhereToMissing(Refused):
    """A device that leaves for good goes somewhere."""

    def __init__(self) -> None:
        super().__init__(_l("Say where the device goes."), "destination")


class KitStays(Refused):
    def __init__(self) -> None:
        super().__init__(_l("A whole kit is taken out of use on its own page."), "became")


class BadCost(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write an amount from 0 to 100,000 euros."), "cost")


class ClosedMeanwhile(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("Somebody settled this incident meanwhile. Nothing was changed: look at it again."))


def check_words(**texts: str) -> None:
    """Refuse free text that no column holds, or that must not be kept. Each argument is a field.

    Raises:
        TooLongText, and what `foundation.forbidden.check_text` raises
    """
    for field, text in texts.items():
        if len(text.strip()) > LONGEST[field]:
            raise TooLongText(field, LONGEST[field])
        check_text(text, field)


def check_may_report(actor: Account, kit: Kit, reservation: Reservation | None) -> None:
    """The staff report on kits within reach, a host on the kit of a reservation of their own place.

    Raises:
        NoSuchKit, NoSuchReservation
    """
    if reservation is not None:
        if reservation.kit_id != kit.id:
            raise NoSuchReservation
        check_sees(reservation, actor, kit.structure_id)
    elif not works_here(actor) or not within_reach(actor.structure_id, kit.structure_id):
        raise NoSuchKit


def check_seen(actor: Account, kit: Kit) -> None:
    """Another structure's incident does not exist for its staff.

    Raises:
        NoSuchIncident
    """
    if not works_here(actor) or not within_reach(actor.structure_id, kit.structure_id):
        raise NoSuchIncident


def check_report(condition: Condition, item: Item | None, kit_id: int) -> None:
    """Raises: NoFault, NotInThisKit, ItemGone"""
    if condition not in FAULTS:
        raise NoFault
    if item is None:
        return
    check_here(item)
    if item.kit_id != kit_id:
        raise NotInThisKit


def check_unsettled(state: IncidentState) -> None:
    """Raises: ClosedMeanwhile"""
    if state is IncidentState.CLOSED:
        raise ClosedMeanwhile


def check_cost(cents: int | None) -> None:
    """Raises: BadCost"""
    if cents is not None and not 0 <= cents <= MOST_CENTS:
        raise BadCost


def check_end(incident: Incident, became: Condition, *, goes_somewhere: bool) -> None:
    """Refuse an end that leaves open what became of it. What left for good before stays so.

    Raises:
        KitStays, WhereToMissing
    """
    if became is not Condition.RETIRED:
        return
    if incident.item is None:
        raise KitStays
    if incident.item.condition is not Condition.RETIRED and not goes_somewhere:
        raise WhereToMissing
