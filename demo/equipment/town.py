"""All equipment of the demonstration: on the shelf before the workshops are planned, lent once they were lived."""

from __future__ import annotations

from random import Random

from sqlalchemy import select

from demo.equipment import present
from demo.equipment.borrowers import places
from demo.equipment.desk import Desk
from demo.equipment.lived import Rows
from demo.equipment.loans import Drawing
from demo.equipment.sessions import live_sessions
from demo.equipment.stocking import Stocked
from demo.equipment.upkeep import look_after
from demo.people import fresh_code
from demo.workshops.stage import Stage
from equipment.models import Incident, IncidentState, Reservation
from foundation.codes import new_code
from foundation.db import db


def lend(stage: Stage, stocked: Stocked, chance: Random) -> None:
    """The days around the loading by the verbs, the two years before and the weeks after as they are drawn."""
    found = places(list(stage.accounts.values()))
    present.write(Desk(stage, stocked, found))
    _keep_back(stocked)
    drawing = Drawing(stage, stocked, found, chance)
    rows = Rows(stage, stocked, chance)
    loans = list(drawing.loans())
    live_sessions(stage, stocked, rows)
    for loan in loans:
        rows.add(loan)
    rows.live()
    rows.write()
    look_after(stage, stocked, chance)
    _give_codes(chance)


def _keep_back(stocked: Stocked) -> None:
    """What is broken today did not go along since it broke."""
    units = {unit.id: unit for some in stocked.units.values() for unit in some}
    query = select(Incident).where(Incident.state != IncidentState.CLOSED, Incident.item_id.is_not(None))
    for one in db.session.scalars(query):
        units[one.item_id or 0].broken.append((one.opened_at, one.opened_at.replace(year=one.opened_at.year + 9)))


def _give_codes(chance: Random) -> None:
    """Codes that `chance` chooses: the same at each loading."""
    used: set[str] = set()
    series: dict[str, str] = {}
    for reservation in db.session.scalars(select(Reservation).order_by(Reservation.id)):
        reservation.code = fresh_code(chance, used)
        if reservation.series:
            reservation.series = series.setdefault(reservation.series, new_code(chance.choice))
    db.session.flush()
