"""What an import did: nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from places.clean.text import one_line


class Trouble(StrEnum):
    """Why a row was refused, or what was put right or left out of one that was kept."""

    NOT_A_RECORD = "not_a_record"
    NO_NAME = "no_name"
    NO_COMMUNE = "no_commune"
    NO_CODE = "no_code"
    BAD_POSTCODE = "bad_postcode"
    BAD_COORDINATES = "bad_coordinates"
    NO_GEOMETRY = "no_geometry"
    TOO_LONG = "too_long"
    SAME_ID_TWICE = "same_id_twice"
    CODE_ELSEWHERE = "code_elsewhere"
    NOT_A_SCHOOL = "not_a_school"
    NOT_A_CARE_HOME = "not_a_care_home"

    ID_MADE_UP = "id_made_up"
    COORDINATES_SWAPPED = "coordinates_swapped"
    COORDINATES_PROJECTED = "coordinates_projected"
    NO_COORDINATES = "no_coordinates"
    SIRET_WRONG = "siret_wrong"
    PHONE_UNREAD = "phone_unread"
    WEBSITE_UNREAD = "website_unread"
    EMAIL_UNREAD = "email_unread"
    HOURS_UNREAD = "hours_unread"
    DATE_UNREAD = "date_unread"
    LABEL_UNKNOWN = "label_unknown"
    CODE_UNREAD = "code_unread"
    SHORTENED = "shortened"
    POLYGON_REPAIRED = "polygon_repaired"
    POPULATION_UNMATCHED = "population_unmatched"
    ENCODING_GUESSED = "encoding_guessed"


class RowRefusedError(Exception):
    """This row can not be kept; the others can."""

    def __init__(self, trouble: Trouble, value: Any = "", column: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.value = one_line(value)[:200]
        self.column = column


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a row that was kept: what was put right, or left out."""

    trouble: Trouble
    value: str = ""
    column: str = ""
    line: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not kept, whole, with its line and why."""

    line: int
    trouble: Trouble
    value: str
    column: str
    raw: dict[str, Any]


@dataclass(slots=True)
class Report:
    """Counts of rows; `repeated` are rows that only add lines about a record already read in this file.

    Attributes:
        repaired: names of the polygons that were invalid and are kept, repaired.
        absent: names of the places of the same source that are known and not in this file; they stay as they are.
        moved: venues, schools and care homes whose neighbourhood changed because of this import.
        sample: the first rows as they were understood, for a preview.
    """

    source: str = ""
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    moved: int = 0
    sample: list[dict[str, Any]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + self.repeated + len(self.refused)

    @property
    def counts(self) -> dict[str, int]:
        """The four figures that a test or a log compares."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": len(self.refused),
        }

    def refuse(self, line: int, raw: dict[str, Any], refused: RowRefusedError) -> None:
        self.refused.append(RefusedRow(line, refused.trouble, refused.value, refused.column, raw))

    def remark(self, line: int, name: str, remarks: Iterable[Remark]) -> None:
        """Keep what was noticed about the row of `name` at `line`."""
        for remark in remarks:
            self.remarks.append(Remark(remark.trouble, remark.value, remark.column, line, name))

    def plus(self, other: Report) -> Report:
        """The report of this part of a file and of the next one."""
        return Report(
            source=self.source,
            created=self.created + other.created,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
            repeated=self.repeated + other.repeated,
            refused=[*self.refused, *other.refused],
            remarks=[*self.remarks, *other.remarks],
            repaired=[*self.repaired, *other.repaired],
            absent=[*self.absent, *other.absent],
            moved=self.moved + other.moved,
            sample=self.sample,
        )
