"""The kits that the workshops took along: out and back with their teams, in as many hands as came."""

from __future__ import annotations

from sqlalchemy import func, select, update

from demo.equipment.lived import Outing, Rows
from demo.equipment.stocking import Stocked
from demo.workshops.stage import Stage
from equipment.models import Reservation, ReservationState
from foundation.db import db
from workshops.models import HeadCount, Presence, SessionPresence

SETTING_UP = 60
"""Minutes held before and after a session in all, about."""


def live_sessions(stage: Stage, stocked: Stocked, rows: Rows) -> None:
    """Hand over and take back the kits of all sessions that are over."""
    keys = {kit.id: key for key, kit in stocked.kits.items()}
    came = _came()
    query = select(Reservation).where(
        Reservation.purpose_of.like("session:%"),
        Reservation.state == ReservationState.APPROVED,
        Reservation.ends_at < stage.now,
    )
    for one in list(db.session.scalars(query.order_by(Reservation.starts_at, Reservation.id))):
        asked_by = one.asked_by.name if one.asked_by is not None else "Camille Fontanel"
        rows.outings.append(Outing(keys[one.kit_id], one.id, one.starts_at, one.ends_at, one.ends_at, asked_by))
        people = came.get(int(one.purpose_of.partition(":")[2]), 0)
        length = int((one.ends_at - one.starts_at).total_seconds() // 60) - SETTING_UP
        db.session.execute(
            update(Reservation)
            .where(Reservation.id == one.id)
            .values(
                state=ReservationState.RETURNED, head_count=people, minutes_in_use=max(30, length) if people else None
            )
        )


def _came() -> dict[int, int]:
    """Session → how many people were there, named or counted."""
    named = select(SessionPresence.session_id, func.count()).where(SessionPresence.presence == Presence.PRESENT)
    found = {id_: people for id_, people in db.session.execute(named.group_by(SessionPresence.session_id))}
    for id_, people in db.session.execute(select(HeadCount.session_id, HeadCount.people)):
        found[id_] = found.get(id_, 0) + people
    return found
