"""A report before it is protected: its figures, what they are called, and the words that define them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from foundation.db import db
from places import queries as places
from places.models import Neighbourhood, Structure
from reach.models import ReportKind
from reach.queries import feature_figures
from reach.queries.appointments import appointments
from reach.queries.contacts import counted
from reach.queries.feature_figures import Features
from reach.queries.kits import kits
from reach.queries.naming import names, scope_said
from reach.queries.population import Inhabited, inhabited
from reach.queries.sessions import sessions
from reach.queries.topics import topics
from reach.queries.vouchers import vouchers
from reach.rules import release_tables
from reach.rules.dimensions import LAST, SETTLED, Dimension, Value
from reach.rules.figures import Cube
from reach.rules.filters import Filters, Priority
from reach.rules.frozen import Content, FrozenArea, FrozenDefinition, Plain
from reach.rules.indicators import INDICATORS, SOURCES, UNITS
from reach.rules.scope import TERRITORY, Scope
from reach.rules.suppression.release import Published, Release
from reach.rules.suppression.tables import Hierarchy, Table

Values = Mapping[Dimension, Collection[Value]]
OF_TERRITORY = frozenset({ReportKind.YEAR, ReportKind.QUARTER})


@dataclass(frozen=True)
class Draft:
    """What is counted, before anything is hidden; its words are in the language at hand."""

    tables: Sequence[Table]
    hierarchies: Sequence[Hierarchy]
    plain: Plain
    values: Values
    known: Inhabited
    scope: Scope

    def protected(self, earlier: Sequence[Published]) -> Published:
        """What may be shown after all `earlier` reports.

        Raises:
            NeverPublished, ValueError: see `Release`.
        """
        return Release(tuple(self.tables), tuple(earlier), tuple(self.hierarchies)).protected()

    def unprotected(self) -> Content:
        """All figures, for the team alone: of what is not published yet."""
        figures = {figure: value for table in self.tables for figure, value in table.figures().items()}
        return self.content(Published(figures, frozenset()))

    def content(self, published: Published) -> Content:
        """The whole report, with the words of this day."""
        territory, defined = places.territory(), definitions()
        return Content(
            town=territory.name if territory else "",
            scope=scope_said(self.scope),
            published=published,
            plain=self.plain,
            names={one: names(one, values) for one, values in self.values.items()},
            areas=[
                FrozenArea(area.id, area.name, area.population, area.year, area.is_priority)
                for area in self.known.areas
            ],
            definitions=defined,
            edition=sha256(repr(defined).encode()).hexdigest()[:8],
        )


def draft(kind: ReportKind, filters: Filters) -> Draft:
    """All figures of a report; the whole territory's, whoever asks."""
    known, wanted = inhabited(), release_tables.dimensions(kind)
    now, before = counted(filters, TERRITORY, wanted), counted(filters.before, TERRITORY)
    values = {one: _values(one, filters, known, now) for one in wanted}
    tables = release_tables.contact_tables(kind, filters, now, before, values)
    plain: Plain = {}
    if kind in OF_TERRITORY:
        of = _features(filters), _features(filters.before)
        tables += feature_figures.tables(*of, filters.span)
        plain = feature_figures.plain(*of)
    return Draft(tables, _hierarchies(known), plain, values, known, Scope(structure_id=filters.structure_id))


def definitions() -> list[FrozenDefinition]:
    """Of all indicators, in the language at hand."""
    return [
        FrozenDefinition(
            one.key, str(one.label), str(one.definition), str(one.counts), str(one.does_not_count),
            str(SOURCES[one.records]), str(UNITS[one.unit]),
        )
        for one in INDICATORS.values()
    ]  # fmt: skip


def _features(filters: Filters) -> Features:
    asked = filters, TERRITORY
    return Features(appointments(*asked), sessions(*asked), kits(*asked), vouchers(*asked), topics(*asked))


def _values(dimension: Dimension, filters: Filters, known: Inhabited, cube: Cube) -> list[Value]:
    """All values that a line is told of, those of nobody too: what is left out would say that nobody was there."""
    if dimension in SETTLED:
        return list(SETTLED[dimension])
    if dimension is Dimension.MONTH:
        return [f"{month.first:%Y-%m}" for month in filters.span.months]
    if dimension is Dimension.STRUCTURE:
        there: list[Value] = list(db.session.scalars(select(Structure.id).order_by(Structure.id)))
    else:
        there = [area.id for area in known.areas]
    there += LAST.get(dimension, {})
    return [*there, *(value for value in cube.by[dimension] if value not in set(there))]


def _hierarchies(known: Inhabited) -> list[Hierarchy]:
    """Neighbourhoods in priority ones or not; of one with such a part, nobody knows it of who lives there."""
    parts = set(db.session.scalars(select(Neighbourhood.parent_id).where(Neighbourhood.is_priority)))
    within: dict[Value, Value] = {
        area.id: (Priority.YES if area.is_priority else Priority.UNKNOWN if area.id in parts else Priority.NO).value
        for area in known.areas
    }
    last = dict(zip(LAST[Dimension.NEIGHBOURHOOD], (Priority.NO.value, Priority.UNKNOWN.value), strict=True))
    return [Hierarchy(Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, within | last)]
