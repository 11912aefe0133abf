"""Of which kit, school or home somebody may have the calendar, and what it says of a group."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accounts.models import Account
from equipment.rules.kits import within_reach, works_here
from foundation.errors import Unknown
from foundation.i18n import _l

KIT, SCHOOL, HOME = "mallette", "ecole", "ehpad"
_CLASS = re.compile(r"\b(?:TPS|PS|MS|GS|CP|CE[12]|CM[12]|ULIS|[3-6](?:e|ème))\b(?:[ -]?[A-F]\b)?")


class NoSuchFeed(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This calendar address opens nothing any more. Ask for a new one."))


@dataclass(frozen=True)
class Subject:
    """What a calendar is about: exactly one of these."""

    kit_id: int | None = None
    school_id: int | None = None
    care_home_id: int | None = None


def subject_of(text: str) -> Subject:
    """`mallette-3`, `ecole-1` or `ehpad-2` of a form.

    Raises:
        NoSuchFeed
    """
    kind, _dash, number = text.partition("-")
    field = {KIT: "kit_id", SCHOOL: "school_id", HOME: "care_home_id"}.get(kind)
    if field is None or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NoSuchFeed
    return Subject(**{field: int(number)})


def check_may_read(subject: Subject, account: Account, kit_structure_id: int | None) -> None:
    """The team reads kits within reach and all places; a host their own place alone. Asked at each reading.

    Args:
        kit_structure_id: of the kit, when the subject is one.

    Raises:
        NoSuchFeed
    """
    if works_here(account):
        may = subject.kit_id is None or within_reach(account.structure_id, kit_structure_id)
    else:
        mine = (account.school_id, account.care_home_id)
        may = subject.kit_id is None and mine == (subject.school_id, subject.care_home_id)
    if not may:
        raise NoSuchFeed


def classes_in(group_label: str) -> str:
    """`CM1 B` of « Le CM1 B de Mme Roux »: a secret address gets about, so it says the level of a class alone."""
    return "-".join(_CLASS.findall(group_label))
