"""A record that must be there."""

from __future__ import annotations

from typing import TypeVar

from foundation.errors import Unknown
from foundation.i18n import _l

Record = TypeVar("Record")


def found(record: Record | None) -> Record:
    """`record` itself.

    Raises:
        Unknown: when it is None.
    """
    if record is None:
        raise Unknown(_l("This is not in the list any more."))
    return record
