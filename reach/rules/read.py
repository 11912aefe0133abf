"""What was read of a period, as columns of whole numbers, and the rows of contacts that it makes. No database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from people.models import Gender
from reach.rules.cube import CODES, MOST_TICKED, NOBODY, Contacts, Numbers, code_of
from reach.rules.dimensions import NONE, NOT_TOLD, OUTSIDE, UNKNOWN, Dimension
from reach.rules.filters import Priority, Side

OF_RESIDENCE = frozenset({Dimension.NEIGHBOURHOOD, Dimension.AGE_BAND, Dimension.GENDER, Dimension.STATUS})
"""Dimensions of who took part; `PRIORITY` and `COMMUNE` are too, seen from the side of residence."""


@dataclass(frozen=True)
class Records:
    """Activity records of the period and scope; 0 stands for no structure, venue or neighbourhood."""

    id: Numbers
    minutes: Numbers
    channel: Numbers
    month: Numbers
    mediator: Numbers
    structure: Numbers
    venue: Numbers
    neighbourhood: Numbers
    heads: Numbers
    feminine: Numbers
    masculine: Numbers


@dataclass(frozen=True)
class Participations:
    """Residents by name in records of the period, of any scope; each once in a record."""

    record: Numbers
    person: Numbers
    neighbourhood: Numbers
    is_outside: NDArray[np.bool_]
    age_band: Numbers
    gender: Numbers
    status: Numbers


@dataclass(frozen=True)
class Areas:
    """Neighbourhoods: in which commune (0: none), and the place of what they are in `Priority`."""

    id: Numbers
    commune: Numbers
    priority: Numbers


@dataclass(frozen=True)
class Read:
    """All of it, of one moment.

    Attributes:
        newcomers: whose first contact ever lies in the period, or after it.
        began: of each of them, the place of the month of that contact among those of the span, or the number of
            months if it is later; empty where nobody asked for months.
    """

    records: Records
    participations: Participations
    newcomers: Numbers
    areas: Areas
    began: Numbers


def rows(read: Read, side: Side, dimensions: Collection[Dimension]) -> Contacts:
    """One row for each resident by name in a record, and one for each gender of its heads.

    Of heads only the gender is told: what else concerns a person is "not known" of them.
    """
    named, heads, gender = read.participations, *_heads(read.records)
    at, inside = found_in(read.records.id, named.record)
    record = np.concatenate([at, *heads])
    told = _Told(read, side, record, inside, at.size, gender)
    unnamed = record.size - at.size
    newcomer, is_new = found_in(read.newcomers, named.person[inside])
    counts = (read.records.feminine, read.records.masculine, _other(read.records))
    return Contacts(
        record=record,
        person=np.concatenate([named.person[inside], np.full(unnamed, NOBODY)]),
        heads=np.concatenate([np.zeros_like(at), *(count[of] for count, of in zip(counts, heads, strict=True))]),
        minutes=read.records.minutes[record],
        is_new=np.concatenate([is_new, np.zeros(unnamed, dtype=bool)]),
        codes={one: told.codes(one) for one in dimensions},
        newly=_newly(read, record, newcomer, is_new) if Dimension.MONTH in dimensions else None,
    )


def _newly(read: Read, record: Numbers, newcomer: Numbers, is_new: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each row is of somebody by name, and of the month of their first contact ever.

    Args:
        newcomer: of each row that is of a newcomer, their place among them.
        is_new: which of the rows of residents by name these are.
    """
    newly = np.zeros(record.size, dtype=bool)
    at = np.flatnonzero(is_new)
    newly[at] = read.began[newcomer] == read.records.month[record[at]]
    return newly


def found_in(known: Numbers, wanted: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Of the wanted ids that are known, their places among the known ones; and which of the wanted ones these are."""
    most = max(int(known.max(initial=0)), int(wanted.max(initial=0)))
    if most > MOST_TICKED:
        order = np.argsort(known)
        place = np.searchsorted(known[order], wanted)
        inside = np.isin(wanted, known)
        return order[place[inside]], inside
    where = np.full(most + 1, -1)
    where[known] = np.arange(known.size)
    place = where[wanted]
    inside = place >= 0
    return place[inside], inside


def _other(records: Records) -> Numbers:
    return records.heads - records.feminine - records.masculine


def _heads(records: Records) -> tuple[list[Numbers], Numbers]:
    """The places of the records that have heads of each gender, and the codes of these genders, a row each."""
    counts = (records.feminine, records.masculine, _other(records))
    genders = (Gender.FEMININE, Gender.MASCULINE, Gender.NOT_COMMUNICATED)
    places = [np.flatnonzero(count) for count in counts]
    codes = [
        np.full(place.size, code_of(Dimension.GENDER, gender.value))
        for place, gender in zip(places, genders, strict=True)
    ]
    return places, np.concatenate(codes)


@dataclass(frozen=True)
class _Told:
    """The code of each row in each dimension: `named` rows of residents come first, then those of heads."""

    read: Read
    side: Side
    record: Numbers
    inside: NDArray[np.bool_]
    named: int
    gender: Numbers

    def codes(self, dimension: Dimension) -> Numbers:
        if dimension is Dimension.GENDER:
            return np.concatenate([self.read.participations.gender[self.inside], self.gender])
        if dimension in OF_RESIDENCE:
            return self._with_heads(self._of_person(dimension), dimension)
        if dimension not in {Dimension.PRIORITY, Dimension.COMMUNE}:
            return self._of_record(dimension)[self.record]
        if self.side is Side.PLACE:
            return self._of_area(dimension, self._of_record(Dimension.PLACE_NEIGHBOURHOOD))[self.record]
        return self._with_heads(self._of_area(dimension, self._of_person(Dimension.NEIGHBOURHOOD)), dimension)

    def _with_heads(self, codes: Numbers, dimension: Dimension) -> Numbers:
        heads = np.full(self.record.size - self.named, code_of(dimension, NOT_TOLD[dimension]))
        return np.concatenate([codes, heads])

    def _of_person(self, dimension: Dimension) -> Numbers:
        one = self.read.participations
        if dimension is not Dimension.NEIGHBOURHOOD:
            return {
                Dimension.AGE_BAND: one.age_band,
                Dimension.STATUS: one.status,
            }[dimension][self.inside]
        known = _or(one.neighbourhood, CODES[UNKNOWN])
        return np.where(one.is_outside, CODES[OUTSIDE], known)[self.inside]

    def _of_record(self, dimension: Dimension) -> Numbers:
        one = self.read.records
        match dimension:
            case Dimension.PLACE_NEIGHBOURHOOD:
                return _or(one.neighbourhood, CODES[UNKNOWN])
            case Dimension.STRUCTURE:
                return _or(one.structure, CODES[NONE])
            case Dimension.VENUE:
                return _or(one.venue, CODES[NONE])
            case Dimension.MEDIATOR:
                return one.mediator
            case Dimension.CHANNEL:
                return one.channel
        return one.month

    def _of_area(self, dimension: Dimension, neighbourhood: Numbers) -> Numbers:
        """Of a code of a neighbourhood, that of its commune, or of whether it is a priority one."""
        areas, priority = self.read.areas, dimension is Dimension.PRIORITY
        unknown = code_of(dimension, NOT_TOLD[dimension])
        outside = code_of(dimension, Priority.NO.value) if priority else CODES[OUTSIDE]
        known = areas.priority if priority else _or(areas.commune, unknown)
        order = np.argsort(areas.id)
        # Two places after the last one: what is below nought is outside or not known, and counts from the end.
        answers = np.concatenate([known[order], [outside, unknown]])
        return answers[np.where(neighbourhood > 0, np.searchsorted(areas.id[order], neighbourhood), neighbourhood)]


def _or(ids: Numbers, code: int) -> Numbers:
    """The ids, and `code` where there is none."""
    return np.where(ids > 0, ids, code)
