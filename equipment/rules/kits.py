"""A kit as whoever lends it sees it: what it serves, how long it is away, and for whom it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from accounts.models import Account
from equipment.models import Approval, Borrowers
from foundation.period import Period
from foundation.security import Role

WORKERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)


class Lendable(NamedTuple):
    """A kit that has not left for good, with how many of its `units` of `unit_kind` are `working`.

    What is missing or damaged counts among the units until it is retired: "11 of 12 tablets".
    """

    id: int
    resource_id: int
    structure_id: int | None
    home_venue_id: int | None
    code: str
    name: str
    kind: str
    borrowers: Borrowers
    approval: Approval
    lead_hours: int
    longest_loan_days: int
    turnaround_minutes: int
    unit_kind: str
    minimum_units: int
    units: int
    working: int

    @property
    def goes_out(self) -> bool:
        """Whether enough of it works."""
        return self.working >= self.minimum_units

    @property
    def whole(self) -> bool:
        return self.working == self.units

    @property
    def turnaround(self) -> timedelta:
        return timedelta(minutes=self.turnaround_minutes)

    def held(self, period: Period) -> Period:
        """What a loan takes of its time: the loan, then charging and cleaning."""
        return period.padded(timedelta(0), self.turnaround)


@lru_cache(maxsize=256)
def kind_key(kind: str) -> str:
    """What two spellings of one kind have in common."""
    return " ".join(kind.split()).casefold()


def works_here(account: Account) -> bool:
    """Whether this account lends kits, rather than borrows them for a school or a home."""
    return account.has(*WORKERS)


def within_reach(structure_id: int | None, kit_structure_id: int | None) -> bool:
    """Whether a structure uses a kit: its own ones and those of the whole territory; the territory (None) uses all."""
    return structure_id is None or kit_structure_id is None or structure_id == kit_structure_id


def may_borrow(kit: Lendable, account: Account) -> bool:
    """Whether this account reserves the kit: staff those within reach, hosts those that are for places like theirs."""
    return bool(borrowable([kit], account))


def borrowable(kits: Iterable[Lendable], account: Account) -> list[Lendable]:
    """Those of many kits that this account may reserve; its roles are looked up once."""
    if works_here(account):
        structure_id = account.structure_id
        return [kit for kit in kits if within_reach(structure_id, kit.structure_id)]
    if account.school_id is not None:
        return [kit for kit in kits if kit.borrowers in {Borrowers.SCHOOLS, Borrowers.HOSTS}]
    if account.care_home_id is not None:
        return [kit for kit in kits if kit.borrowers in {Borrowers.CARE_HOMES, Borrowers.HOSTS}]
    return []


def serves(kit: Lendable, units: int, kind: str) -> bool:
    """Whether a kit goes out and is enough for a need; no kind means any."""
    return kit.goes_out and kit.working >= units and (not kind or kind_key(kit.kind) == kind_key(kind))


def likeness(kit: Lendable, units: int, kind: str) -> tuple[bool, int, str, int]:
    """Sorts kits for a need: of the kind first, then those with the fewest units to spare."""
    return kind_key(kit.kind) != kind_key(kind), max(0, kit.working - units), kit.name.casefold(), kit.id
