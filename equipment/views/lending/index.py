"""The list of reservations, looked through."""

from __future__ import annotations

from flask import Response, request

from accounts.current import staff
from equipment.queries import handing
from equipment.queries.kits import names_within
from equipment.queries.late import late_by_kit
from equipment.queries.listing import PER_PAGE, Asked, View, reservation_rows
from equipment.rules.kits import WORKERS
from equipment.rules.labels import RESERVATION_STATES
from equipment.views.lending.blueprint import bp
from foundation import clock
from foundation.fields import whole
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw
from places import queries as places

VIEWS = {
    "": View.COMING,
    "a-repondre": View.WAITING,
    "sorties": View.OUT,
    "passees": View.PAST,
    "annulees": View.ENDED,
}
LONGEST_SEARCH = 60


@bp.get("/reservations")
@allow(*WORKERS)
def index() -> Response:
    args, number = request.args, page_asked()
    chosen = args.get("vue", "") if args.get("vue", "") in VIEWS else ""
    place, kit_id, text = args.get("lieu", ""), whole(args.get("mallette")), args.get("q", "")[:LONGEST_SEARCH].strip()
    school_id, care_home_id = _place(place)
    asked = Asked(VIEWS[chosen], text, kit_id, school_id, care_home_id)
    rows = reservation_rows(staff(), asked, now=clock.now(), page=number)
    kept = {"q": text, "mallette": kit_id, "lieu": place if school_id or care_home_id else ""}
    return draw(
        "equipment/lending/index.html",
        rows=rows[:PER_PAGE],
        late=late_by_kit(clock.now()),
        left_out=handing.left_out([one.id for one in rows]),
        view=asked.view.value,
        views={view.value: name or None for name, view in VIEWS.items()},
        kept={name: value for name, value in kept.items() if value},
        kits=names_within(staff().structure_id),
        schools=places.school_names(),
        homes=places.care_home_names(),
        states=RESERVATION_STATES,
        now=clock.now(),
        page=pages_around(number, "lending.index", more=len(rows) > PER_PAGE, vue=chosen, **kept),
    )


def _place(text: str) -> tuple[int, int]:
    """`ecole-3` or `ehpad-2` of the address: the school or the care home; 0 for none."""
    kind, _dash, number = text.partition("-")
    return (whole(number) if kind == "ecole" else 0), (whole(number) if kind == "ehpad" else 0)
