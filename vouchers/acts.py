"""What somebody may have to do before they get a voucher: other rooms tell what there is, and who did it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

Did = Callable[[str, Collection[int] | None], set[int]]
"""(reference, person ids or None for everybody) → who of them did it."""


@dataclass(frozen=True)
class Acts:
    """One kind of act.

    Attributes:
        kind: how its references begin, e.g. `programme` of `programme:5`.
        offered: (reference, title) of what a campaign may ask for.
        did: who did it.
    """

    kind: str
    offered: Callable[[], list[tuple[str, str]]]
    did: Did


kinds_of_acts: list[Acts] = []


def offered() -> list[tuple[str, str]]:
    """(reference, title) of all acts that a campaign may ask for."""
    return [one for kind in kinds_of_acts for one in kind.offered()]


def title_of(reference: str) -> str:
    """What the act is called; its reference when nobody knows it any more; empty without one."""
    return dict(offered()).get(reference, reference) if reference else ""


def who_did(reference: str, person_ids: Collection[int] | None = None) -> set[int]:
    """Who of these people, or of all, did it; nobody when no room knows such acts."""
    word = reference.partition(":")[0]
    return {person_id for kind in kinds_of_acts if kind.kind == word for person_id in kind.did(reference, person_ids)}
