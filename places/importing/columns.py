"""The columns of one sort of file: our heading of each, and what others call it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from foundation.errors import Refused
from foundation.i18n import LANGUAGES, _, in_language
from places.importing.reading import column_key


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` of the record, its heading, and what other programs and the spreadsheets of towns call it."""

    field: str
    label: Any
    others: tuple[str, ...] = ()


class UnknownColumns(Refused):
    """What a file of this sort needs is not in its first line."""


@dataclass(frozen=True)
class Columns:
    """All columns of one sort of file.

    Attributes:
        needed: the fields without which a file is none of this sort.
        missing: the sentence that says so.
        aliases: fields of refusals and columns of tables that have another name here.
    """

    listed: tuple[Column, ...]
    needed: tuple[str, ...]
    missing: Any
    aliases: Mapping[str, str] = field(default_factory=dict)

    def found(self, present: Collection[str]) -> dict[str, str]:
        """Field → key of the column that tells it, for those that a file has, headed in any of our languages.

        Raises:
            UnknownColumns
        """
        mapped: dict[str, str] = {}
        for name in present:
            told = self._fields.get(name)
            if told:
                mapped.setdefault(told, name)
        if not all(one in mapped for one in self.needed):
            raise UnknownColumns(self.missing, "file")
        return mapped

    def how_many(self, present: Collection[str]) -> int:
        """How many fields the columns of a file tell."""
        return len({told for name in present if (told := self._fields.get(name))})

    @cached_property
    def _fields(self) -> dict[str, str]:
        """Heading, accent-blind → field. Our own headings are stronger than what others say."""
        known = {column_key(name): one.field for one in self.listed for name in (one.field, *one.others)}
        for language in LANGUAGES:
            with in_language(language):
                known |= {column_key(str(one.label)): one.field for one in self.listed}
        return known

    @property
    def headings(self) -> list[str]:
        return [str(one.label) for one in self.listed]

    def heading(self, name: str | None) -> str:
        """Of the column that a refusal is about; empty when it is about the row."""
        wanted = self.aliases.get(name or "", name)
        return next((str(one.label) for one in self.listed if one.field == wanted), "")

    def change(self, name: str, was: str, becomes: str) -> str:
        """`Numéro de série : SN1 → SN2`."""
        return _("%(what)s: %(more)s", what=self.heading(name), more=f"{was or '–'} → {becomes or '–'}")
