"""Turns the outside oracle's cases (`../shared/cases/slot_cases.json`) into our own values.

The cases restate what the test suites of RDV Service Public and cal.com expect, on the wall clock of each case's zone.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from agenda.models import Recurrence
from agenda.rules.free import Away, Taken, Timetable
from agenda.rules.recurrence import Pattern, bits
from agenda.rules.slots import Offer
from foundation.period import Period

FILE = Path(__file__).resolve().parents[3] / "shared" / "cases" / "slot_cases.json"
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
CANCELLED = {"excused", "revoked"}


def cases(kind: str) -> list[dict[str, Any]]:
    """The cases of one kind; none where the file is absent."""
    if not FILE.exists():
        return []
    return [case for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"] if case["kind"] == kind]


def kinds() -> set[str]:
    return {case["kind"] for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]}


class Given:
    """The `given` of one case, in our words."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.raw = given
        self.zone = ZoneInfo(given.get("timezone", "Europe/Paris"))

    def instant(self, text: str) -> datetime:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=self.zone)).astimezone(UTC)

    def period(self, pair: list[str]) -> Period:
        return Period(self.instant(pair[0]), self.instant(pair[1]))

    def wall(self, at: datetime) -> str:
        return at.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M")

    @property
    def now(self) -> datetime:
        return self.instant(self.raw["now"])

    @property
    def days(self) -> tuple[date, date]:
        first, last = self.raw["range"]["from"], self.raw["range"]["to"]
        return date.fromisoformat(first[:10]), date.fromisoformat(last[:10])

    @property
    def offer(self) -> Offer:
        motif = self.raw["motif"]
        return Offer(timedelta(minutes=motif["duration_min"]), from_now=self.raw.get("audience") == "agent")

    @property
    def notice(self) -> timedelta:
        """Staff may ignore the notice that residents have to give."""
        if self.raw.get("audience") == "agent":
            return timedelta(0)
        return timedelta(minutes=self.raw["motif"].get("min_delay_min", 0))

    def openings(self) -> list[dict[str, Any]]:
        """Those for the service, at the place if one is asked for."""
        motif, place = self.raw.get("motif", {}).get("id"), self.raw.get("lieu")
        return [
            opening
            for opening in self.raw["openings"]
            if (motif is None or motif in opening["motifs"]) and (place is None or opening["lieu"] == place)
        ]

    def agents(self) -> list[str]:
        return sorted({opening["agent"] for opening in self.openings()})

    def timetable(self, agent: str) -> Timetable:
        return Timetable(
            openings=[pattern(opening) for opening in self.openings() if opening["agent"] == agent],
            absences=[Away(pattern(absence)) for absence in self.raw.get("absences", ()) if absence["agent"] == agent],
            holds=[self.taken(one) for one in self.raw.get("appointments", ()) if self.blocks(one, agent)],
        )

    def blocks(self, appointment: dict[str, Any], agent: str) -> bool:
        return appointment["agent"] == agent and appointment.get("status") not in CANCELLED

    def taken(self, appointment: dict[str, Any]) -> Taken:
        start = self.instant(appointment["start"])
        return Taken(Period(start, start + timedelta(minutes=appointment["duration_min"])))


def pattern(row: dict[str, Any]) -> Pattern:
    """An opening or absence of the oracle."""
    first, starts, ends = date.fromisoformat(row["first_day"]), *(time.fromisoformat(row[k]) for k in ("start", "end"))
    rule = row.get("recurrence")
    if rule is None:
        return Pattern.once(first, starts, ends, date.fromisoformat(row.get("end_day", row["first_day"])))
    last = date.fromisoformat(rule["until"]) if "until" in rule else None
    if rule["freq"] == "monthly":
        return Pattern(first, last, starts, ends, Recurrence.MONTHLY_DAY, rule["interval"])
    days = [WEEKDAYS.index(day) for day in rule["days"]] if "days" in rule else [first.weekday()]
    return Pattern(first, last, starts, ends, Recurrence.WEEKLY, rule["interval"], bits(days))
