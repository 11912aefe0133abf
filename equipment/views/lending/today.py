"""What goes out and comes back today and tomorrow, what is late, what waits for somebody, what is not whole."""

from __future__ import annotations

from datetime import timedelta

from flask import Response

from accounts.current import staff
from equipment.queries import handing, kits, late, lending, listing, warned
from equipment.rules.kits import WORKERS
from equipment.rules.labels import HOMEWARD, OUTWARD
from equipment.views.lending.blueprint import bp
from foundation import clock
from foundation.period import whole_day
from foundation.security import allow
from foundation.web import draw


@bp.get("")
@allow(*WORKERS)
def today() -> Response:
    viewer, now = staff(), clock.now()
    until = whole_day(clock.today() + timedelta(days=1), clock.territory_zone()).end
    own, overdue, coming = kits.lendables_for(viewer), late.late(viewer, now), listing.coming_back(viewer, now, until)
    return draw(
        "equipment/lending/today.html",
        now=now,
        day=clock.today(),
        waiting=lending.to_approve(viewer, now),
        late=overdue,
        going=listing.going_out(viewer, now, until),
        not_back=late.late_by_kit(now) if overdue else {},
        coming=coming,
        left_out=handing.left_out([one.id for one in (*overdue, *coming)]),
        faulty=[kit for kit in own if not kit.whole or not kit.goes_out],
        warned=warned.warned(own, now),
        any_kit=bool(own),
        outward=OUTWARD,
        homeward=HOMEWARD,
    )
