"""To which school or care home a host belongs: at most one, and nobody else has any."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.errors import Refused
from foundation.i18n import _l
from foundation.security import Role
from places.queries import HostPlace

NAMED = 4
"""How many of several places a refusal names."""


class NoSuchPlace(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("No school and no care home has these words in its name. Write another part of it."), "host_place"
        )


class SeveralPlaces(Refused):
    def __init__(self, found: Sequence[HostPlace]) -> None:
        names = " · ".join(one.label for one in found[:NAMED]) + (" …" if len(found) > NAMED else "")
        super().__init__(
            _l("Several are called so: %(names)s. Write more of the name.", names=names), "host_place", found
        )


class OnlyForHosts(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("Only a host belongs to a school or a care home. Tick the role, or empty this."), "host_place"
        )


class TwoPlaces(Refused):
    """A school and a care home at once; the page can not ask for it."""

    def __init__(self) -> None:
        super().__init__(_l("A host belongs to a school or to a care home, not to both."), "host_place")


class NoSchoolToAnswerFor(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Only somebody of a school answers for it. Choose the school, or untick this."), "approves")


def chosen(text: str, found: Sequence[HostPlace]) -> HostPlace | None:
    """The place that `text` means, given those that it may mean; None when it is empty.

    Raises:
        NoSuchPlace, SeveralPlaces
    """
    if not text.strip():
        return None
    if not found:
        raise NoSuchPlace
    if len(found) > 1:
        raise SeveralPlaces(found)
    return found[0]


def check_host_place(roles: frozenset[Role], school_id: int | None, care_home_id: int | None) -> None:
    """Refuse a place for somebody who is no host, and two places for one who is.

    Raises:
        OnlyForHosts, TwoPlaces
    """
    if school_id is not None and care_home_id is not None:
        raise TwoPlaces
    if (school_id is not None or care_home_id is not None) and Role.HOST not in roles:
        raise OnlyForHosts


def check_approves(school_id: int | None, *, approves: bool) -> None:
    """Raises: NoSchoolToAnswerFor"""
    if approves and school_id is None:
        raise NoSchoolToAnswerFor
