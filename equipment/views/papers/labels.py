"""Labels of a kit, or of what is named by its codes: what to print, then the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request

from accounts.current import staff
from equipment.forms.labels import ChosenLabelsForm, KitLabelsForm, SheetForm
from equipment.models import Item, Kit
from equipment.queries import items as item_queries
from equipment.queries import kept
from equipment.queries import labels as queries
from equipment.rules.kits import WORKERS
from equipment.rules.sheets import UnknownCodes, check_sheet
from equipment.views.papers.blueprint import bp
from equipment.views.papers.label_drawn import Label, drawn
from foundation.downloads import PDF, download
from foundation.errors import Refused
from foundation.i18n import _
from foundation.links import absolute
from foundation.pages import town_helpline, town_name
from foundation.security import allow
from foundation.web import draw, refuse


@bp.get("/mallettes/<int(max=2147483647):kit_id>/etiquettes")
@allow(*WORKERS)
def labels(kit_id: int) -> Response:
    kit = kept.seen(kit_id, staff())
    units = queries.units_of(kit_id)
    form = KitLabelsForm(data={"case": True, "items": [one.id for one in units]})
    return _kit_page(kit, units, form)


@bp.post("/mallettes/<int(max=2147483647):kit_id>/etiquettes")
@allow(*WORKERS)
def print_labels(kit_id: int) -> Response:
    kit = kept.seen(kit_id, staff())
    units = queries.units_of(kit_id)
    form = KitLabelsForm()
    form.items.choices = _choices(units)
    if not form.validate():
        return _kit_page(kit, units, form, 422)
    wanted = [one for one in units if one.id in (form.items.data or ())]
    case = [_of_kit(kit, units)] if form.case.data else []
    try:
        return _printed(form, [*case, *map(_of_item, wanted)], f"etiquettes-{kit.code}", "items", case=bool(case))
    except Refused as refused:
        refuse(form, refused)
        return _kit_page(kit, units, form, refused.status)


@bp.get("/etiquettes")
@allow(*WORKERS)
def chosen_labels() -> Response:
    """`?code=`, as often as one likes, are codes to begin with; without any, those of what is in reserve."""
    named = request.args.getlist("code") or [one.code for one in item_queries.reserve_of(staff())]
    return draw("equipment/papers/chosen.html", form=ChosenLabelsForm(data={"codes": "\n".join(named)}))


@bp.post("/etiquettes")
@allow(*WORKERS)
def print_chosen() -> Response:
    form = ChosenLabelsForm()
    if not form.validate():
        return draw("equipment/papers/chosen.html", 422, form=form)
    try:
        return _printed(form, _of_codes(form.wanted()), "etiquettes", "codes", case=False)
    except Refused as refused:
        refuse(form, refused)
        return draw("equipment/papers/chosen.html", refused.status, form=form)


def _printed(form: SheetForm, wanted: Sequence[Label], name: str, field: str, *, case: bool) -> Response:
    """Raises: NoSuchSpot, NothingToPrint, TooManyLabels"""
    first = form.first.data or 0
    check_sheet(form.paper.data, first, len(wanted), field)
    return download(drawn(wanted, form.paper.data, first, case=case), PDF, f"{name}.pdf")


def _kit_page(kit: Kit, units: Sequence[Item], form: KitLabelsForm, status: int = 200) -> Response:
    form.items.choices = _choices(units)
    return draw("equipment/papers/labels.html", status, kit=kit, form=form)


def _choices(units: Sequence[Item]) -> list[tuple[int, str]]:
    return [(one.id, " · ".join(filter(None, (one.code, one.kind, one.label)))) for one in units]


def _of_codes(codes: Sequence[str]) -> list[Label]:
    """Raises: UnknownCodes"""
    found = queries.by_codes(codes, staff())
    if missing := [code for code in codes if code not in found]:
        raise UnknownCodes(missing)
    return [_of_kit(one, []) if isinstance(one, Kit) else _of_item(one) for one in map(found.__getitem__, codes)]


def _of_item(item: Item) -> Label:
    owner, helpline = _owner(item.kit)
    return Label(item.code, absolute("kits.scan", code=item.code), item.kind, item.label, owner, helpline)


def _of_kit(kit: Kit, units: Sequence[Item]) -> Label:
    """With what belongs into the case, so that whoever closes it can count."""
    counted = [_("%(count)s × %(what)s", count=count, what=kind) for kind, count in queries.contents(units)]
    owner, helpline = _owner(kit)
    detail = "\u00a0· ".join(one.replace(" ", "\u00a0") for one in counted) or kit.kind
    return Label(kit.code, absolute("kits.scan", code=kit.code), kit.name, detail, owner, helpline)


def _owner(kit: Kit | None) -> tuple[str, str]:
    """Who gets it back, and whom to call: the place where the kit stands, else the town's helpline."""
    name = kit.structure.name if kit and kit.structure else town_name()
    near = kit.home_venue.phone if kit and kit.home_venue else ""
    return name, near or town_helpline()
