"""Who sees which structure, and who may change which account."""

from __future__ import annotations

from typing import Protocol

from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l
from foundation.security import Role


class Member(Protocol):
    """What the rules need to know of an account."""

    @property
    def id(self) -> int: ...
    @property
    def structure_id(self) -> int | None: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def active(self) -> bool: ...


class NotInYourStructure(Unknown):
    """A record of another structure: it is as if it did not exist."""

    def __init__(self) -> None:
        super().__init__(_l("There is no such record in your structure."))


class NoRole(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose at least one role."), "roles")


class LastAdministrator(Refused):
    """Somebody must be left who can let the others in again."""

    def __init__(self) -> None:
        super().__init__(_l("This is the last administrator of the whole territory. Name another one first."), "roles")


class OwnAccount(Refused):
    def __init__(self) -> None:
        super().__init__(_l("You can not close your own account. Ask another administrator."))


class AccountForgotten(Conflict):
    """The account was closed so long ago that nothing of its holder is left in it."""

    def __init__(self) -> None:
        super().__init__(_l("This account was closed more than a year ago. Open a new one."))


def may_see_structure(account: Member, structure_id: int | None) -> bool:
    """Whether a record of `structure_id` (None: of the territory) is in the scope of `account`."""
    return account.structure_id is None or account.structure_id == structure_id


def check_scope(account: Member, structure_id: int | None) -> None:
    """Refuse a record of another structure.

    Raises:
        NotInYourStructure
    """
    if not may_see_structure(account, structure_id):
        raise NotInYourStructure


def check_roles(roles: frozenset[Role]) -> None:
    """Raises: NoRole when there is none."""
    if not roles:
        raise NoRole


def check_closing(actor_id: int | None, account: Member) -> None:
    """Raises: OwnAccount when somebody would lock themselves out."""
    if actor_id == account.id:
        raise OwnAccount


def check_administrator_left(
    others: int, account: Member, roles: frozenset[Role], structure_id: int | None, active: bool
) -> None:
    """Refuse a change that leaves nobody who administers the territory.

    Args:
        others: active administrators of the whole territory beside `account`.
        roles, structure_id, active: what `account` is to become.

    Raises:
        LastAdministrator
    """
    is_one = account.active and account.structure_id is None and Role.ADMINISTRATOR in account.roles
    stays_one = active and structure_id is None and Role.ADMINISTRATOR in roles
    if is_one and not stays_one and others == 0:
        raise LastAdministrator
