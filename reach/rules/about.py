"""What contacts were about, counted from columns of numbers: themes, procedures, equipment, referrals. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np

from activity.models import Aspect, Equipment, Procedure, Referral, Theme
from reach.rules.autonomy import Autonomies
from reach.rules.cube import Contacts, Numbers

KINDS: Mapping[Aspect, type[StrEnum]] = {
    Aspect.THEME: Theme,
    Aspect.PROCEDURE: Procedure,
    Aspect.EQUIPMENT: Equipment,
    Aspect.REFERRAL: Referral,
}
FIRST = dict(zip(KINDS, np.cumsum([0, *map(len, KINDS.values())]).tolist(), strict=False))
"""Aspect → the code of its first value; the others follow in the order of the enumeration."""
CODES = sum(map(len, KINDS.values()))
Named = TypeVar("Named", bound=StrEnum)


@dataclass(frozen=True)
class Told:
    """How many activity records tell of something, and how many contacts these had: people by name and heads."""

    records: int = 0
    contacts: int = 0


@dataclass(frozen=True)
class Topics:
    """What the contacts of the period were about. A record with two themes counts in both: parts add up to more than
    the total. What nobody had is left out.

    Attributes:
        total: all records with a contact that the filters leave, whatever they tell of.
        referrals: to whom people were sent on.
        unapplied: none: records know of all filters.
    """

    total: Told
    themes: Mapping[Theme, Told]
    procedures: Mapping[Procedure, Told]
    equipment: Mapping[Equipment, Told]
    referrals: Mapping[Referral, Told]
    autonomy: Autonomies
    unapplied: frozenset[str] = frozenset()


def contacts_of(contacts: Contacts, records: int) -> Numbers:
    """How many contacts each of so many records has, by its place; none when the filters leave none.

    Args:
        contacts: their `record` is the place.
    """
    weights = np.maximum(contacts.heads, 1)
    return np.bincount(contacts.record, weights=weights, minlength=records).astype(np.int64)


def told(contacts: Numbers) -> Told:
    """All records of which the filters leave a contact."""
    return Told(int(np.count_nonzero(contacts)), int(contacts.sum()))


def told_of(contacts: Numbers, place: Numbers, code: Numbers) -> list[Told]:
    """The same of the records that tell of each code.

    Args:
        contacts: how many each record has, by its place.
        place, code: a row for each value of a record: the record's place, and the value's code under `CODES`.
    """
    weights = contacts[place]
    there = weights > 0
    records = np.bincount(code[there], minlength=CODES)
    summed = np.bincount(code, weights=weights, minlength=CODES)
    return [Told(int(count), int(whole)) for count, whole in zip(records, summed, strict=True)]


def values(found: list[Told], aspect: Aspect, kind: type[Named]) -> dict[Named, Told]:
    """Those of one aspect, in the order of its enumeration, without what nobody had."""
    named = zip(kind, found[FIRST[aspect] :], strict=False)
    return {value: one for value, one in named if one.records}
