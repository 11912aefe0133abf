"""Which structure's records somebody of the staff works on. Staff without a structure work on all of them."""

from __future__ import annotations

from foundation.errors import Forbidden, Unknown
from foundation.i18n import _l


class NotInYourStructure(Unknown):
    """A record of another structure: it is as if it did not exist."""

    def __init__(self) -> None:
        super().__init__(_l("There is no such record in your structure."))


class OfTheTerritory(Forbidden):
    """Everybody sees what the whole territory shares; only its own staff change it."""

    def __init__(self) -> None:
        super().__init__(_l("The whole territory shares this. Ask its managers to change it."))


def check_scope(viewer_structure_id: int | None, structure_id: int | None) -> None:
    """Refuse a record of another structure.

    Raises:
        NotInYourStructure
    """
    if viewer_structure_id is not None and structure_id != viewer_structure_id:
        raise NotInYourStructure


def check_may_change(viewer_structure_id: int | None, structure_id: int | None) -> None:
    """Refuse to change what another structure, or the whole territory, decides.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    if viewer_structure_id is not None and structure_id is None:
        raise OfTheTerritory
    check_scope(viewer_structure_id, structure_id)
