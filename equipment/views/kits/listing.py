"""The list of kits, and that of devices."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from accounts.current import staff
from equipment.models import Kit
from equipment.queries import items as item_queries
from equipment.queries import register as queries
from equipment.queries.items import Shelf
from equipment.queries.register import PER_PAGE, Asked
from equipment.rules import labels
from equipment.rules.keeping import KEEPERS
from equipment.rules.kits import WORKERS, kind_key
from equipment.views.kits.blueprint import ITEMS, KITS, bp
from foundation import clock
from foundation.fields import whole
from foundation.paging import page_asked, paged, pages_around
from foundation.security import allow
from foundation.web import draw

SHELVES = {"": Shelf.IN_USE, "reserve": Shelf.RESERVE, "sortis": Shelf.GONE}
RETIRED = "sorties"
WHOLE_TERRITORY = "commun"
KEPT = ("vue", "q", "genre", "lieu", "structure")


@bp.get(KITS)
@allow(*WORKERS)
def index() -> Response:
    """All kits within reach; what is asked for is in the address."""
    kits = queries.within_reach(staff())
    asked = _asked()
    found = queries.found(kits, asked)
    shown, page = paged(found, PER_PAGE, "kits.index", **{name: request.args.get(name) for name in KEPT})
    return draw(
        "equipment/kits/index.html", rows=queries.rows(shown, clock.now()), number=len(found), asked=asked,
        choices=_choices(kits), args=request.args, gone=sum(1 for one in kits if one.retired_at),
        there=sum(1 for one in kits if not one.retired_at), may_add=staff().has(*KEEPERS),
        page=page,
    )  # fmt: skip


@bp.get(ITEMS)
@allow(*WORKERS)
def items() -> Response:
    """The devices in use; with `?vue=` those in reserve, or those that are out of use for good."""
    chosen, words = request.args.get("vue", ""), request.args.get("q", "")[:60]
    chosen = chosen if chosen in SHELVES else ""
    number = page_asked()
    rows = item_queries.listed(
        staff(), SHELVES[chosen], words, offset=(number - 1) * PER_PAGE, limit=PER_PAGE + 1
    )  # fmt: skip
    return draw(
        "equipment/kits/items.html", items=rows[:PER_PAGE], shelf=SHELVES[chosen], asked=words, words=labels,
        shelves={shelf.value: name or None for name, shelf in SHELVES.items()}, may_add=staff().has(*KEEPERS),
        page=pages_around(number, "kits.items", more=len(rows) > PER_PAGE, vue=chosen, q=words),
    )  # fmt: skip


def _asked() -> Asked:
    args = request.args
    structure = args.get("structure", "")
    return Asked(
        words=args.get("q", "")[:60], kind=args.get("genre", "")[:40], venue_id=whole(args.get("lieu")) or None,
        structure_id=0 if structure == WHOLE_TERRITORY else whole(structure) or None,
        retired=args.get("vue") == RETIRED,
    )  # fmt: skip


def _choices(kits: list[Kit]) -> dict[str, list[tuple[str, Any]]]:
    """What there is to choose among: kinds, places and structures of the kits at hand."""
    kinds: dict[str, str] = {}
    for kit in kits:
        kinds.setdefault(kind_key(kit.kind), kit.kind)
    venues = {str(kit.home_venue_id): kit.home_venue.name for kit in kits if kit.home_venue}
    owners = {str(kit.structure_id): kit.structure.name for kit in kits if kit.structure}
    return {
        "kinds": [(one, one) for one in sorted(kinds.values(), key=str.casefold)],
        "venues": sorted(venues.items(), key=lambda pair: pair[1].casefold()),
        "structures": sorted(owners.items(), key=lambda pair: pair[1].casefold()),
    }
