"""CHECKs as migrations write them. What released migrations mean by these never changes: add, do not edit."""

from __future__ import annotations


def among(column: str, *values: str) -> str:
    """The CHECK of an enumeration that may be NULL only where the column may."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
