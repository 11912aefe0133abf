"""A report before it is protected: its figures, what they are called, and the words that define them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, exists, or_, select

from accounts.models import Account, AccountRole
from activity.models import ActivityRecord
from foundation import clock
from foundation.db import db
from foundation.security import Role
from places import queries as places
from places.geometry import from_text
from places.models import Neighbourhood, Structure
from reach.models import ReportKind
from reach.queries import feature_figures, published
from reach.queries.appointments import appointments
from reach.queries.contacts import counted, kept
from reach.queries.feature_figures import Features
from reach.queries.followed import followed
from reach.queries.kits import kits
from reach.queries.naming import names, scope_said
from reach.queries.population import Inhabited, inhabited
from reach.queries.report_blanks import first_day, report_blanks
from reach.queries.satisfaction import all_answers
from reach.queries.sessions import sessions
from reach.queries.topics import topics
from reach.queries.vouchers import vouchers
from reach.rules import outlines, release_tables
from reach.rules.cube import Contacts, cube
from reach.rules.dimensions import LAST, SETTLED, Dimension, Value
from reach.rules.figures import Cube
from reach.rules.filters import Filters, Priority
from reach.rules.frozen import (
    Content,
    FrozenArea,
    FrozenBlanks,
    FrozenDefinition,
    FrozenOutline,
    Plain,
)
from reach.rules.indicators import INDICATORS, SOURCES, UNITS
from reach.rules.report_words import BLANKS
from reach.rules.scope import TERRITORY, Scope
from reach.rules.suppression.crossing import place_of
from reach.rules.suppression.release import Published, Release
from reach.rules.suppression.tables import Hierarchy, Table

Values = Mapping[Dimension, Collection[Value]]
OF_TERRITORY = frozenset({ReportKind.YEAR, ReportKind.QUARTER})


@dataclass(frozen=True)
class Around:
    """What a report says beside its figures; see `reach.rules.frozen.Content`."""

    begins: date | None
    beside: float | None
    blanks: FrozenBlanks | None


@dataclass(frozen=True)
class Draft:
    """What is counted, before anything is hidden; its words are in the language at hand."""

    tables: Sequence[Table]
    hierarchies: Sequence[Hierarchy]
    plain: Plain
    values: Values
    known: Inhabited
    scope: Scope
    around: Around

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
            areas=_frozen_areas(self.known),
            definitions=defined,
            edition=sha256(repr(defined).encode()).hexdigest()[:8],
            outlines=_frozen_outlines(self.known),
            blanks=self.around.blanks,
            begins=self.around.begins,
            beside=self.around.beside,
        )


def draft(kind: ReportKind, filters: Filters) -> Draft:
    """All figures of a report; the whole territory's, whoever asks."""
    known, wanted = inhabited(), release_tables.dimensions(kind)
    months = [f"{month.first:%Y-%m}" for month in filters.span.months]
    contacts = kept(filters, TERRITORY, [*wanted, Dimension.VENUE])
    now, before = cube(contacts, [*wanted, Dimension.VENUE], months), counted(filters.before, TERRITORY)
    values = {one: _values(one, filters, known, now) for one in wanted}
    tables = release_tables.contact_tables(kind, filters, now, before, values)
    if kind in OF_TERRITORY:
        tables.append(release_tables.crossed(filters, now, _crossings(contacts, values), values))
    features, plain = _feature_tables(kind, filters)
    around = _around(kind, filters, now)
    scope = Scope(structure_id=filters.structure_id)
    return Draft([*tables, *features], _hierarchies(known), plain, values, known, scope, around)


def _crossings(contacts: Contacts, values: Values) -> dict[Value, Cube]:
    """Of the same contacts, so that they add up."""
    first, second = release_tables.CROSSED
    return {one: cube(contacts.kept({second: one}), [first], []) for one in values[second]}


def _feature_tables(kind: ReportKind, filters: Filters) -> tuple[list[Table], Plain]:
    """What the services of the programme gave; to those who live in a neighbourhood, only what it was about."""
    where = place_of(filters)
    if kind is ReportKind.NEIGHBOURHOOD:
        told = feature_figures.themes(topics(filters, TERRITORY), filters.span)
        return [replace(table, where=where) for table in told], {}
    now, before = _features(filters), _features(filters.before)
    tables = feature_figures.tables(now, before, filters.span)
    return [replace(table, where=where) for table in tables], feature_figures.plain(now, before)


def _around(kind: ReportKind, filters: Filters, now: Cube) -> Around:
    begins = first_day()
    if kind in OF_TERRITORY:
        return Around(begins, None, report_blanks(filters.span, now, clock.now()))
    beside = published.rate_of(filters.span)
    if kind is ReportKind.STRUCTURE:
        return Around(begins, beside, None)
    # A place is open or not for everybody, wherever those live who came.
    everybody = counted(Filters(span=filters.span), TERRITORY, (Dimension.VENUE,))
    return Around(begins, beside, report_blanks(filters.span, everybody, clock.now()))


def _frozen_areas(known: Inhabited) -> list[FrozenArea]:
    drawn = outlines.kept({area.id: from_text(area.geometry) for area in known.areas if area.geometry})
    return [
        FrozenArea(area.id, area.name, area.population, area.year, area.is_priority, drawn.get(area.id))
        for area in known.areas
    ]


def _frozen_outlines(known: Inhabited) -> list[FrozenOutline]:
    """Priority neighbourhoods of a layer of their own."""
    own = {area.id for area in known.areas}
    return [
        FrozenOutline(one.name, outlines.kept_alone(from_text(one.geometry)))
        for one in places.priority_neighbourhoods()
        if one.geometry and one.id not in own
    ]


def definitions() -> list[FrozenDefinition]:
    """Of all indicators, and of what is a blank, in the language at hand."""
    return [
        FrozenDefinition(
            one.key, str(one.label), str(one.definition), str(one.counts), str(one.does_not_count),
            str(SOURCES[one.records]), str(UNITS[one.unit]),
        )
        for one in INDICATORS.values()
    ] + [
        FrozenDefinition(key, str(title), str(words), "", "", "", "") for key, (title, words) in BLANKS.items()
    ]  # fmt: skip


def _features(filters: Filters) -> Features:
    asked = filters, TERRITORY
    return Features(
        appointments(*asked), sessions(*asked), kits(*asked), vouchers(*asked), topics(*asked), all_answers(*asked),
        followed(*asked),
    )  # fmt: skip


def _values(dimension: Dimension, filters: Filters, known: Inhabited, cube: Cube) -> list[Value]:
    """All values that a line is told of, those of nobody too: what is left out would say that nobody was there."""
    if dimension in SETTLED:
        return list(SETTLED[dimension])
    if dimension is Dimension.MONTH:
        return [f"{month.first:%Y-%m}" for month in filters.span.months]
    if dimension is Dimension.STRUCTURE:
        there = receiving()
    else:
        there = [*(area.id for area in known.areas), *LAST.get(dimension, {})]
    return [*there, *(value for value in cube.by[dimension] if value not in set(there))]


def receiving() -> list[Value]:
    """Structures whose mediators receive people, or ever did; the territory's own team last, if it has any.

    That the others received nobody is no secret, and to hide it would hide one of those that did.
    """
    receives = or_(
        exists().where(ActivityRecord.structure_id == Structure.id),
        exists().where(_is_mediator(), Account.structure_id == Structure.id),
    )
    there: list[Value] = list(db.session.scalars(select(Structure.id).where(receives).order_by(Structure.id)))
    own_team = or_(
        exists().where(ActivityRecord.structure_id.is_(None)),
        exists().where(_is_mediator(), Account.structure_id.is_(None)),
    )
    return [*there, *(LAST[Dimension.STRUCTURE] if db.session.scalar(select(own_team)) else ())]


def _is_mediator() -> ColumnElement[bool]:
    return and_(AccountRole.account_id == Account.id, AccountRole.role == Role.MEDIATOR)


def _hierarchies(known: Inhabited) -> list[Hierarchy]:
    """Neighbourhoods in priority ones or not; of one with such a part, nobody knows it of who lives there."""
    parts = set(db.session.scalars(select(Neighbourhood.parent_id).where(Neighbourhood.is_priority)))
    within: dict[Value, Value] = {
        area.id: (Priority.YES if area.is_priority else Priority.UNKNOWN if area.id in parts else Priority.NO).value
        for area in known.areas
    }
    last = dict(zip(LAST[Dimension.NEIGHBOURHOOD], (Priority.NO.value, Priority.UNKNOWN.value), strict=True))
    return [Hierarchy(Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, within | last)]
