"""Who looks after kits: the team sees and counts, managers and administrators write the register."""

from __future__ import annotations

from accounts.models import Account
from equipment.rules.kits import within_reach, works_here
from equipment.rules.refusals import NoSuchKit
from foundation.errors import Forbidden, Unknown
from foundation.i18n import _l
from foundation.scope import check_may_change
from foundation.security import Role

KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)


class NoSuchItem(Unknown):
    """There is none, or it is another structure's."""

    def __init__(self) -> None:
        super().__init__(_l("There is no such device here. Check what is written on its label."))


class ForKeepers(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Managers write the register of equipment. Ask one of them."))


def sees(actor: Account, structure_id: int | None) -> bool:
    """Whether somebody of the team works with what belongs to `structure_id` (None: the whole territory)."""
    return works_here(actor) and within_reach(actor.structure_id, structure_id)


def check_sees_kit(actor: Account, structure_id: int | None) -> None:
    """Raises: NoSuchKit"""
    if not sees(actor, structure_id):
        raise NoSuchKit


def check_sees_item(actor: Account, structure_id: int | None) -> None:
    """Raises: NoSuchItem"""
    if not sees(actor, structure_id):
        raise NoSuchItem


def check_keeps(actor: Account, structure_id: int | None) -> None:
    """Refuse to write the register for a mediator, or of what others decide.

    Raises:
        ForKeepers, NotInYourStructure, OfTheTerritory
    """
    if not actor.has(*KEEPERS):
        raise ForKeepers
    check_may_change(actor.structure_id, structure_id)


def keeps(actor: Account, structure_id: int | None) -> bool:
    """Whether `check_keeps` lets pass."""
    return actor.has(*KEEPERS) and actor.structure_id in {None, structure_id}
