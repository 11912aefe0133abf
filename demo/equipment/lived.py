"""Turns loans into rows: asked, answered, handed over with each unit on the list, brought back, sometimes in parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from agenda.models import Hold
from demo.equipment.loans import Loan, ways
from demo.equipment.mishaps import Mishaps
from demo.equipment.shelf import CARE
from demo.equipment.stocking import Stocked, Unit
from demo.rows import advance_sequences, insert_all, next_id
from demo.workshops.stage import MANAGER, Stage
from equipment.models import (
    Approval,
    Condition,
    Direction,
    Handover,
    HandoverLine,
    Incident,
    IncidentEvent,
    ItemEvent,
    Reservation,
    ReservationEvent,
    ReservationEventKind,
    ReservationState,
)

IN_PARTS = 0.04
A_PART = timedelta(minutes=30)
BRINGERS = {"town": ("camille", "solene", "yanis"), "declic": ("ines", "leila"), None: ("camille", "bruno", "odile")}


@dataclass(frozen=True)
class Outing:
    """A kit that went out for a reservation, with whom, and came back."""

    key: str
    reservation_id: int
    out_at: datetime
    due_at: datetime
    back_at: datetime
    signer: str
    flat: bool = False


class Rows:
    """Everything that loans of the past and those to come leave behind."""

    def __init__(self, stage: Stage, stocked: Stocked, chance: Random) -> None:
        self.stage, self.stocked, self.chance = stage, stocked, chance
        self.first_id, self.first_handover = next_id(Reservation), next_id(Handover)
        self.outings: list[Outing] = []
        self.reservations: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.holds: list[dict[str, Any]] = []
        self.handovers: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        staff = [stage.account(name).id for name in ("camille", "ines", MANAGER)]
        self.mishaps = Mishaps(chance, stage.now, staff, next_id(Incident))

    def add(self, loan: Loan) -> None:
        """A loan of a school or a home."""
        id_, kit = self.first_id + len(self.reservations), self.stocked.kits[loan.case.key]
        outward, homeward = ways(loan)
        asked_by = loan.place.account or self._bringer(loan.case.house)
        self.reservations.append(
            {
                "id": id_, "code": f"demo{id_}", "request_key": None, "kit_id": kit.id, "state": loan.state,
                "starts_at": loan.period.start, "ends_at": loan.period.end, "held_until": loan.held_until,
                "school_id": loan.place.school_id, "care_home_id": loan.place.care_home_id, "venue_id": None,
                "asked_by_id": asked_by.id, "group_label": loan.group, "activity": loan.activity,
                "units_wanted": min(loan.case.minimum, max(loan.people, 1)), "head_count": loan.people,
                "minutes_in_use": loan.minutes, "outward": outward, "homeward": homeward, "answer": loan.answer,
                "created_at": loan.created_at,
            }
        )  # fmt: skip
        self._ask(id_, loan, asked_by.id)
        if loan.state.holds:
            label, reference = loan.place.borrower.name[:120], f"reservation:{id_}"
            self._hold(kit.resource_id, loan.period.start, loan.held_until, label, reference)
        if loan.state is ReservationState.RETURNED:
            signer = self.chance.choice(loan.place.borrower.signers)
            self.outings.append(
                Outing(loan.case.key, id_, loan.period.start, loan.period.end, loan.back_at, signer, loan.flat)
            )

    def live(self) -> None:
        """Hand everything over and take it back in the order of time: what broke stays at home until it is repaired."""
        for outing in sorted(self.outings, key=lambda one: (one.out_at, one.reservation_id)):
            self._lend(outing)

    def write(self) -> None:
        """Insert it all."""
        insert_all(Reservation, self.reservations)
        insert_all(ReservationEvent, self.events)
        insert_all(Hold, sorted(self.holds, key=lambda row: (row["resource_id"], row["starts_at"])))
        insert_all(Handover, self.handovers)
        insert_all(HandoverLine, self.lines)
        insert_all(Incident, self.mishaps.incidents)
        insert_all(IncidentEvent, self.mishaps.steps)
        insert_all(ItemEvent, self.mishaps.item_events)
        advance_sequences(Reservation, Handover, Incident)

    def _lend(self, one: Outing) -> None:
        """The kit goes out with all that works, and comes back; now and then a unit later, or not as it was."""
        house, id_ = self.stocked.cases[one.key].house, one.reservation_id
        day = one.out_at.astimezone(self.stage.almanac.zone).date()
        went = [unit for unit in self.stocked.units[one.key] if unit.there(one.out_at, day)]
        self._handover(one, Direction.OUT, one.out_at, self._bringer(house).id, went)
        self._event(id_, ReservationEventKind.HANDED_OVER, one.out_at, self.handovers[-1]["by_id"])
        first = one.back_at - A_PART
        if self.chance.random() < IN_PARTS and first > one.out_at:
            self._handover(one, Direction.BACK, first, self._bringer(house).id, went[:-1])
            self._event(id_, ReservationEventKind.PARTLY_RETURNED, first, self.handovers[-1]["by_id"])
            went = went[-1:]
        hurt = self.mishaps.maybe(went, one.back_at, id_) if any(unit.counts for unit in went) else None
        self._handover(one, Direction.BACK, one.back_at, self._bringer(house).id, went, hurt=hurt)
        self._event(id_, ReservationEventKind.RETURNED, one.back_at, self.handovers[-1]["by_id"])

    def _ask(self, id_: int, loan: Loan, asked_by_id: int) -> None:
        manager_id = self.stage.account(MANAGER).id
        asks, later = loan.case.approval is not Approval.NONE, loan.created_at + timedelta(hours=5)
        kinds = ReservationEventKind
        self._event(id_, kinds.REQUESTED if asks else kinds.APPROVED, loan.created_at, asked_by_id)
        if loan.state is ReservationState.REFUSED:
            self._event(id_, kinds.REFUSED, later, manager_id, loan.answer)
        elif asks:
            self._event(id_, kinds.APPROVED, later, manager_id)
        if loan.state is ReservationState.CANCELLED:
            self._event(id_, kinds.CANCELLED, later + timedelta(days=1), asked_by_id, "Sortie scolaire ce jour-là.")

    def _handover(
        self, one: Outing, direction: Direction, at: datetime, by_id: int, units: Iterable[Unit], *,
        hurt: tuple[int, Condition] | None = None,
    ) -> None:  # fmt: skip
        id_ = self.first_handover + len(self.handovers)
        self.handovers.append(
            {
                "id": id_, "request_key": f"demo-{id_}", "reservation_id": one.reservation_id, "direction": direction,
                "at": at, "by_id": by_id, "signed_name": one.signer,
                "came_back_flat": one.flat and direction is Direction.BACK, "note": "",
                "rules_agreed": CARE if direction is Direction.OUT else "",
                "due_at": one.due_at if direction is Direction.OUT else None,
            }
        )  # fmt: skip
        self.lines += [
            {
                "handover_id": id_, "item_id": unit.id,
                "condition": hurt[1] if hurt and unit.id == hurt[0] else Condition.WORKING,
                **unit.written,
            }
            for unit in units
        ]  # fmt: skip

    def _event(
        self, reservation_id: int, kind: ReservationEventKind, at: datetime, actor_id: int, reason: str = ""
    ) -> None:
        self.events.append(
            {"reservation_id": reservation_id, "kind": kind, "at": at, "actor_id": actor_id, "reason": reason}
        )

    def _hold(self, resource_id: int, start: datetime, end: datetime, label: str, reference: str) -> None:
        self.holds.append(
            {"resource_id": resource_id, "starts_at": start, "ends_at": end, "label": label, "reference": reference}
        )

    def _bringer(self, house: str | None) -> Any:
        return self.stage.account(self.chance.choice(BRINGERS[house]))
