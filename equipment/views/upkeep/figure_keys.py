"""The figures that stand on top: what the council asks first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equipment.queries.figures.whole import Figures
from equipment.rules.spans import Span
from equipment.views.upkeep.amounts import Shape, written
from foundation.i18n import _, ngettext


@dataclass(frozen=True)
class Key:
    """One figure that stands on top."""

    label: str
    value: Any
    shape: Shape
    hint: str = ""

    @property
    def words(self) -> str:
        return written(self.value, self.shape)


def keys(found: Figures) -> list[Key]:
    """What the council asks first."""
    sum_, fleet = found.total, found.fleet
    told = _("told of %(told)s loans, not told of %(untold)s", told=sum_.told, untold=sum_.untold)
    costs = _("%(known)s repairs, cost of %(unknown)s not known", known=found.costs.known, unknown=found.costs.unknown)
    late = _("of %(back)s brought back; %(out)s out and late now", back=sum_.back, out=sum_.out_late)
    batteries = _("%(known)s measured, %(unknown)s not", known=fleet.batteries.good + fleet.batteries.worn,
                  unknown=fleet.batteries.unknown)  # fmt: skip
    return [
        Key(_("Loans"), sum_.loans, Shape.COUNT),
        Key(_("Use of the kits"), found.rate, Shape.SHARE, _("time lent, of the working time in which they could be")),
        Key(_("Hours in people’s hands"), sum_.person_minutes, Shape.HOURS, told),
        Key(_("Incidents per 100 loans"), found.incidents_per_hundred, Shape.TENTHS,
            ngettext("%(num)s incident", "%(num)s incidents", found.incidents)),
        Key(_("Cost of repairs"), found.costs.cents, Shape.MONEY, costs),
        Key(_("Late returns"), sum_.late, Shape.COUNT, late),
        Key(_("Devices"), fleet.devices, Shape.COUNT, _("in use on the last day")),
        Key(_("Bought refurbished"), fleet.refurbished_share, Shape.SHARE, _("of the devices whose purchase is known")),
        Key(_("Mean age in years"), fleet.ages.mean, Shape.TENTHS,
            _("date of purchase not known of %(count)s", count=fleet.ages.unknown)),
        Key(_("Batteries, mean in percent"), fleet.batteries.mean, Shape.TENTHS, batteries),
    ]  # fmt: skip


def title_of(span: Span) -> str:
    return _("Figures of equipment: %(when)s", when=span.words)
