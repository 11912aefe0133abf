"""Column types that every feature shares."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Enum


def enum_type(kind: type[StrEnum], name: str | None = None) -> Enum:
    """A column of `kind`, stored as its text value with a named CHECK, the same on both databases."""
    return Enum(
        kind,
        name=name or _snake(kind.__name__),
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
