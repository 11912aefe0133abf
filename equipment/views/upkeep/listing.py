"""The list of incidents: what has to be dealt with first, by state, kit and age."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import Response, request

from accounts.current import staff
from equipment.models import IncidentState
from equipment.queries import incidents as queries
from equipment.queries.incidents import Age, Wanted
from equipment.rules.kits import WORKERS
from equipment.rules.labels import CONDITIONS, INCIDENT_STATES
from equipment.views.upkeep.blueprint import bp
from foundation import clock
from foundation.fields import row_id
from foundation.i18n import _l
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw

PER_PAGE = 50
AGES = {
    Age.WEEK: _l("Within a week"),
    Age.MONTH: _l("A week to a month ago"),
    Age.OLDER: _l("More than a month ago"),
}
Kind = TypeVar("Kind", bound=StrEnum)


@bp.get("/incidents")
@allow(*WORKERS)
def incidents() -> Response:
    """`?etat=`, `?mallette=`, `?age=`; without a state all that is not settled."""
    viewer, now, number = staff(), clock.now(), page_asked()
    state, age = _chosen(IncidentState, "etat"), _chosen(Age, "age")
    kit_id = request.args.get("mallette", type=row_id)
    wanted = Wanted((state,) if state else Wanted.states, kit_id, age)
    rows = queries.listed(viewer, wanted, now, offset=(number - 1) * PER_PAGE, limit=PER_PAGE + 1)
    return draw(
        "equipment/upkeep/incidents.html", rows=rows[:PER_PAGE], state=state, age=age, kit_id=kit_id,
        counts=queries.counts(viewer), kits=queries.kits_concerned(viewer), ages=AGES, states=INCIDENT_STATES,
        conditions=CONDITIONS, now=now,
        page=pages_around(
            number, "upkeep.incidents", more=len(rows) > PER_PAGE, etat=state, mallette=kit_id, age=age
        ),
    )  # fmt: skip


def _chosen(kind: type[Kind], name: str) -> Kind | None:
    """A filter of the address; one that does not exist filters nothing."""
    value = request.args.get(name, "")
    return kind(value) if value in set(kind) else None
