"""What went wrong on loans of the past, who repaired it, and what that cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from demo.equipment.stocking import Unit
from equipment.models import Condition, IncidentState, ItemEventKind

HOW_OFTEN = 0.09
SUPPLIERS = ("Atelier Réemploi du Val", "Répar’Écran Valbriac", "Garantie du constructeur")
FOUND = (
    (Condition.DAMAGED, "Écran fendu dans un angle.", "Écran remplacé.", (4500, 9500)),
    (Condition.DAMAGED, "Ne s’allume plus.", "Batterie changée.", (2500, 5900)),
    (Condition.DAMAGED, "Prise de charge abîmée.", "Connecteur ressoudé.", (1500, 3500)),
    (Condition.DAMAGED, "Ne tient plus la charge.", "Batterie changée.", (2500, 4900)),
    (Condition.INCOMPLETE, "Revenu sans son chargeur.", "Chargeur racheté.", (900, 1900)),
    (Condition.INCOMPLETE, "Coque absente.", "Coque remplacée.", (800, 1500)),
    (Condition.MISSING, "Absent au retour.", "Retrouvé à l’école le surlendemain.", (0, 0)),
)

Step = tuple[IncidentState, datetime, Condition | None, str]


@dataclass
class Mishaps:
    """Rows of incidents, of their steps and of what became of the units."""

    chance: Random
    now: datetime
    actor_ids: list[int]
    next_id: int

    def __post_init__(self) -> None:
        self.incidents: list[dict[str, Any]] = []
        self.steps: list[dict[str, Any]] = []
        self.item_events: list[dict[str, Any]] = []

    def maybe(self, went: list[Unit], at: datetime, reservation_id: int) -> tuple[int, Condition] | None:
        """Perhaps one of the units came back so; it is out of use until it is settled, well before today."""
        if self.chance.random() >= HOW_OFTEN or at > self.now - timedelta(days=45):
            return None
        unit = self.chance.choice([one for one in went if one.counts])
        condition, description, outcome, (least, most) = self.chance.choice(FOUND)
        settled = at + timedelta(days=self.chance.randrange(2, 24), hours=1)
        unit.broken.append((at, settled))
        cost = self.chance.randrange(least, most + 1, 50) if most else None
        self._write(unit, condition, description, outcome, at, settled, cost, reservation_id)
        return unit.id, condition

    def _write(
        self, unit: Unit, condition: Condition, description: str, outcome: str, at: datetime, settled: datetime,
        cost: int | None, reservation_id: int,
    ) -> None:  # fmt: skip
        actor_id = self.chance.choice(self.actor_ids)
        supplier = self.chance.choice(SUPPLIERS) if cost is not None and condition is Condition.DAMAGED else ""
        incident_id = self.next_id + len(self.incidents)
        self.incidents.append(
            {
                "id": incident_id, "kit_id": unit.kit_id, "item_id": unit.id, "reservation_id": reservation_id,
                "condition": condition, "description": description, "state": IncidentState.CLOSED,
                "supplier": supplier, "cost_cents": cost, "outcome": outcome, "opened_at": at,
                "opened_by_id": actor_id, "closed_at": settled,
            }
        )  # fmt: skip
        steps: list[Step] = [(IncidentState.OPEN, at, condition, description)]
        if supplier:
            steps.append((IncidentState.IN_REPAIR, at + (settled - at) / 3, None, f"Déposé : {supplier}."))
        steps.append((IncidentState.CLOSED, settled, Condition.WORKING, outcome))
        self.steps += [
            {
                "incident_id": incident_id,
                "state": state,
                "at": when,
                "actor_id": actor_id,
                "condition": told,
                "note": said,
            }
            for state, when, told, said in steps
        ]
        for when, was, became in ((at, Condition.WORKING, condition), (settled, condition, Condition.WORKING)):
            self.item_events.append(
                {
                    "item_id": unit.id, "kind": ItemEventKind.CONDITION, "at": when, "actor_id": actor_id,
                    "was": was.value, "became": became.value, "note": "",
                }
            )  # fmt: skip
