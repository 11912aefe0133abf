"""What a map shows, as plain data, and the words and the table that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from foundation.i18n import _, ngettext
from reach.drawing.beside import Beside
from reach.drawing.classes import Classes, classes_of
from reach.drawing.words import figure


@dataclass(frozen=True, slots=True)
class Area:
    """One neighbourhood.

    Attributes:
        geometry: valid polygon or polygons in degrees, longitude first; None when nobody drew it: the table has it.
        value: None when it is not known or not told; `note` then says why.
        label: a name short enough for the map, where there is one; else the map takes `name`.
        priority: whether it is a priority neighbourhood; None when nobody knows.
        note: stands in the table in the place of a value that is None, and beside one that is known.
    """

    id: int
    name: str
    geometry: BaseGeometry | None
    value: float | None
    label: str = ""
    priority: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A polygon of another layer, drawn as a line over the map."""

    name: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the map, drawn as a mark without a name."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Choropleth:
    """A map of areas by a figure.

    Attributes:
        title: of the picture.
        measure: what the figures count, with their unit; the heading of the legend and of the column.
        areas: in the order of their numbers.
        decimals: figures are rounded to so many before they are put into classes, so that both always agree.
        asides: sentences under the map, such as the share of people whose neighbourhood is not known.
        source: where figures and polygons come from.
        outlined: what outlines and areas with `priority` are.
        placed: what the marks are.
    """

    title: str
    measure: str
    areas: Sequence[Area]
    source: str
    decimals: int = 1
    asides: Sequence[str] = ()
    outlines: Sequence[Outline] = ()
    places: Sequence[Place] = ()
    outlined: str = field(default_factory=lambda: _("Priority neighbourhood (QPV)"))
    placed: str = field(default_factory=lambda: _("Place"))

    def rounded(self, area: Area) -> float | None:
        """The value that is shown."""
        return None if area.value is None else round(area.value, self.decimals)

    def figure(self, area: Area) -> str:
        """The figure on the map, or the short form of "not known"."""
        value = self.rounded(area)
        return _("n.c.") if value is None else figure(value, self.decimals)

    @cached_property
    def classes(self) -> Classes:
        return classes_of([value for area in self.areas if (value := self.rounded(area)) is not None])

    @property
    def has_polygons(self) -> bool:
        """Whether there is a map to draw."""
        return any(area.geometry is not None for area in self.areas)

    @property
    def only_in_table(self) -> str:
        """A sentence on the areas without a polygon; empty when there are none."""
        names = ", ".join(area.name for area in self.areas if area.geometry is None)
        return _("No polygon is known, so that the map leaves out: %(names)s.", names=names) if names else ""

    @property
    def unknown(self) -> int:
        """Areas without a value."""
        return sum(area.value is None for area in self.areas)


def description(choropleth: Choropleth) -> str:
    """What the picture says, for those who do not see it."""
    count = sum(area.geometry is not None for area in choropleth.areas)
    said = [
        ngettext("Map of %(num)s neighbourhood.", "Map of %(num)s neighbourhoods.", count),
        f"{choropleth.measure}.",
    ]
    known = sorted((a for a in choropleth.areas if a.value is not None), key=lambda a: (choropleth.rounded(a), a.name))
    if known:
        low, high = known[0], known[-1]
        said.append(_("Lowest: %(name)s, %(value)s.", name=low.name, value=choropleth.figure(low)))
        said.append(_("Highest: %(name)s, %(value)s.", name=high.name, value=choropleth.figure(high)))
    if choropleth.unknown:
        said.append(_("Not known or not told: %(count)s.", count=choropleth.unknown))
    said += filter(None, [choropleth.only_in_table, *choropleth.asides])
    return " ".join([*said, _("All figures stand in the table.")])


def table(choropleth: Choropleth) -> Beside:
    """A row for each area, in the order of their numbers."""
    header = (_("No."), _("Neighbourhood"), _("Priority neighbourhood"), choropleth.measure, _("Range"))
    return Beside(header, tuple(_row(choropleth, number, area) for number, area in enumerate(choropleth.areas, 1)))


def _row(choropleth: Choropleth, number: int, area: Area) -> tuple[str, ...]:
    priority = {True: _("yes"), False: _("no"), None: _("not known")}[area.priority]
    value = choropleth.rounded(area)
    if value is None:
        told = area.note or _("not known")
        return str(number), area.name, priority, told, _("no range")
    shown = choropleth.figure(area) + (f" ({area.note})" if area.note else "")
    return str(number), area.name, priority, shown, choropleth.classes.label(choropleth.classes.of(value))
