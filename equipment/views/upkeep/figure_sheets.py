"""The figures of equipment as tables: the page, the paper and the spreadsheet are made of the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from equipment.models import Destination
from equipment.queries.figures.places import Place
from equipment.queries.figures.whole import Figures
from equipment.rules.figures import BorrowerKind, KitUse, Sum
from equipment.rules.labels import DESTINATIONS, PURCHASES
from equipment.views.upkeep.amounts import Shape
from foundation.i18n import _, _l, full_day

BORROWER_KINDS = {
    BorrowerKind.SCHOOL: _l("School"),
    BorrowerKind.CARE_HOME: _l("Care home"),
    BorrowerKind.TEAM: _l("Team"),
}


@dataclass(frozen=True)
class Column:
    """`aside`: left out where there is no room for it."""

    label: str
    shape: Shape = Shape.COUNT
    aside: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table. `key` names it in addresses, `hint` says how to read it, `none` what an empty one means.

    `long`: it has a row for each kit or place, and a file of its own.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    hint: str = ""
    none: str = ""

    @property
    def long(self) -> bool:
        return bool(self.none)


def sheets(found: Figures) -> list[Sheet]:
    """All tables, in the order of the page."""
    return [_kits(found.kits), _borrowers(found), _without(found.without), *_fleet(found), *_chain(found)]


def _kits(rows: Sequence[KitUse]) -> Sheet:
    columns = [
        Column(_("Kit"), Shape.TEXT), Column(_("Kind"), Shape.TEXT, aside=True), *_of_loans(),
        Column(_("It could be lent"), Shape.HOURS, aside=True), Column(_("Use"), Shape.SHARE), Column(_("Incidents")),
    ]  # fmt: skip
    hint = _("Working time: Monday to Friday, 8 to 18 h, less holidays, upkeep and absences.")
    values = [
        [row.kit.name, row.kit.kind, *_values(row.sum), row.could_minutes, row.rate, row.incidents] for row in rows
    ]
    return Sheet("mallettes", _("Kits"), columns, values, hint, _("There was no kit then."))


def _borrowers(found: Figures) -> Sheet:
    columns = [
        Column(_("Borrower"), Shape.TEXT), Column(_("Kind"), Shape.TEXT, aside=True), *_of_loans(),
        Column(_("Share of the time lent"), Shape.SHARE), Column(_("Late returns")),
    ]  # fmt: skip
    rows = [
        [row.place.name, str(BORROWER_KINDS[row.place.kind]), *_values(row.sum), row.share, row.sum.late]
        for row in found.borrowers
    ]
    if found.team.lent_minutes or found.team.loans:
        lent = found.total.lent_minutes
        rows.append([_("Workshops of the team"), str(BORROWER_KINDS[BorrowerKind.TEAM]), *_values(found.team),
                     found.team.lent_minutes / lent if lent else None, found.team.late])  # fmt: skip
    return Sheet("emprunteurs", _("Borrowers"), columns, rows, "", _("Nobody borrowed a kit then."))


def _of_loans() -> list[Column]:
    return [
        Column(_("Loans")), Column(_("Lent"), Shape.HOURS), Column(_("In people’s hands"), Shape.HOURS),
        Column(_("Loans not told"), aside=True),
    ]  # fmt: skip


def _values(one: Sum) -> list[Any]:
    return [one.loans, one.lent_minutes, one.person_minutes, one.untold]


def _without(rows: Sequence[Place]) -> Sheet:
    columns = [
        Column(_("School or care home"), Shape.TEXT), Column(_("Kind"), Shape.TEXT, aside=True),
        Column(_("Neighbourhood"), Shape.TEXT), Column(_("Last loan"), Shape.TEXT),
    ]  # fmt: skip
    ordered = sorted(rows, key=lambda one: (one.kind is not BorrowerKind.SCHOOL, one.last is not None))
    values = [
        [one.name, str(BORROWER_KINDS[one.kind]), _where(one), full_day(one.last) if one.last else _("Never")]
        for one in ordered
    ]
    return Sheet(
        "sans-pret", _("Schools and care homes without a loan"), columns, values, "", _("All of them borrowed.")
    )


def _where(place: Place) -> str:
    return f"{place.neighbourhood} (QPV)" if place.is_priority else place.neighbourhood


def _fleet(found: Figures) -> list[Sheet]:
    fleet, devices = found.fleet, found.fleet.devices
    ages, batteries = fleet.ages, fleet.batteries
    parts = [
        ("achats", _("How devices came"), [(str(PURCHASES[one]), number) for one, number in fleet.purchases.items()]),
        ("ages", _("Age of devices"), [
            (_("Under 3 years"), ages.young), (_("3 to 5 years"), ages.middle), (_("5 years and more"), ages.old),
            (_("Not known"), ages.unknown),
        ]),
        ("batteries", _("Batteries"), [
            (_("80 percent of a new one, or more"), batteries.good), (_("Less than 80 percent"), batteries.worn),
            (_("Not measured"), batteries.unknown),
        ]),
    ]  # fmt: skip
    columns = [Column(_("Devices in use on the last day"), Shape.TEXT), Column(_("Number")), Column("%", Shape.SHARE)]
    return [
        Sheet(key, title, columns, [[label, number, number / devices if devices else None] for label, number in rows])
        for key, title, rows in parts
    ]


def _chain(found: Figures) -> list[Sheet]:
    chain = found.chain
    came = [[str(PURCHASES[one]), number] for one, number in chain.came.items()]
    left: list[Sequence[Any]] = []
    for one, count in chain.left.items():
        left.append([str(DESTINATIONS[one]), count])
        if one is Destination.RECYCLING:
            left.append([_("Recycled with a certificate"), chain.certified])
            left.append([_("Recycled without one"), chain.uncertified])
    number = Column(_("Number"))
    return [
        Sheet("arrivees", _("Devices that came"), [Column(_("How devices came"), Shape.TEXT), number], came),
        Sheet("sorties", _("Devices that left for good"), [Column(_("Where they went"), Shape.TEXT), number], left),
    ]
