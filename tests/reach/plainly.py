"""A second computation of the figures of contacts: plain Python over exported rows, slow and obvious.

It shares nothing with the first one: neither its periods nor its codes, and no line of SQL but the export.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from foundation.db import db
from reach.rules.dimensions import Dimension

PARIS = ZoneInfo("Europe/Paris")
EXPORTED = ("activity_record", "activity_participant", "neighbourhood")


def exported():
    """Table → rows as dictionaries, by id."""
    metadata = db.metadata.tables
    found = {}
    for name in EXPORTED:
        rows = db.session.execute(select(metadata[name]).order_by(metadata[name].c.id)).mappings()
        found[name] = [dict(row) for row in rows]
    db.session.rollback()
    return found


@dataclass
class Contact:
    """A person, or some heads of one gender, in one record."""

    record: dict
    person: int | None
    heads: int
    values: dict = field(default_factory=dict)


@dataclass
class Sums:
    people: set = field(default_factory=set)
    new: set = field(default_factory=set)
    named: int = 0
    heads: int = 0
    minutes: dict = field(default_factory=dict)

    def add(self, contact, *, is_new):
        self.minutes[contact.record["id"]] = contact.record["duration_minutes"]
        self.heads += contact.heads
        if contact.person is not None:
            self.named += 1
            self.people.add(contact.person)
            if is_new:
                self.new.add(contact.person)

    def told(self):
        """In the order of `Figures`."""
        minutes = sum(self.minutes.values())
        return len(self.people), len(self.new), self.named, self.heads, minutes, len(self.minutes)


def plainly(rows, first: date, last: date, by_place: bool, keeps, of=lambda record: True):
    """Total and lines of all dimensions.

    Args:
        keeps: dimension → value that is kept.
        of: whether a record is within the scope.
    """
    begins = datetime.combine(first, time(), PARIS).astimezone(UTC)
    ends = datetime.combine(last + timedelta(days=1), time(), PARIS).astimezone(UTC)
    records = {row["id"]: row for row in rows["activity_record"]}
    took_part = once_a_record(rows["activity_participant"])
    began = first_contacts(took_part, records)
    total, lines = Sums(), defaultdict(lambda: defaultdict(Sums))
    for contact in contacts(took_part, records, rows["neighbourhood"], by_place):
        if not begins <= contact.record["started_at"] < ends or not of(contact.record):
            continue
        if any(contact.values[dimension] != value for dimension, value in keeps.items()):
            continue
        is_new = contact.person is not None and began[contact.person] >= begins
        total.add(contact, is_new=is_new)
        for dimension, value in contact.values.items():
            # Of a line of months one is new in the month of the first contact ever alone.
            newly = is_new and (dimension is not Dimension.MONTH or month_of(began[contact.person]) == value)
            lines[dimension][value].add(contact, is_new=newly)
    return total.told(), {
        dimension: {value: sums.told() for value, sums in lines[dimension].items()} for dimension in Dimension
    }


def once_a_record(participants):
    """Two rows of one person in one record, left by a merge: the older one stands."""
    seen = {}
    for row in participants:
        seen.setdefault((row["record_id"], row["person_id"]), row)
    return list(seen.values())


def first_contacts(took_part, records):
    began = {}
    for row in took_part:
        at = records[row["record_id"]]["started_at"]
        began[row["person_id"]] = min(at, began.get(row["person_id"], at))
    return began


class Areas:
    """What neighbourhoods are, of an id, `outside` or `unknown`."""

    def __init__(self, neighbourhoods):
        self.by_id = {row["id"]: row for row in neighbourhoods}
        self.with_priority_part = {row["parent_id"] for row in neighbourhoods if row["is_priority"]}

    def priority(self, where):
        if where in ("outside", "unknown"):
            return {"outside": "non", "unknown": "inconnu"}[where]
        if self.by_id[where]["is_priority"]:
            return "oui"
        return "inconnu" if where in self.with_priority_part else "non"

    def commune(self, where):
        return where if where in ("outside", "unknown") else self.by_id[where]["commune_id"] or "unknown"


def contacts(took_part, records, neighbourhoods, by_place):
    areas, silent = Areas(neighbourhoods), "not_communicated"
    for row in took_part:
        lives = row["neighbourhood_id"] if row["residence"].value == "inside" else row["residence"].value
        traits = (row["age_band"].value, row["gender"].value, row["status"].value)
        yield valued(Contact(records[row["record_id"]], row["person_id"], 0), areas, by_place, lives, *traits)
    for record in records.values():
        women, men = record["anonymous_feminine"], record["anonymous_masculine"]
        rest = record["anonymous_count"] - women - men
        for gender, count in (("feminine", women), ("masculine", men), (silent, rest)):
            if count:
                yield valued(Contact(record, None, count), areas, by_place, "unknown", silent, gender, silent)


def valued(contact, areas, by_place, lives, age, gender, status):
    record = contact.record
    received = record["venue_neighbourhood_id"] or "unknown"
    seen_from = received if by_place else lives
    contact.values = {
        Dimension.NEIGHBOURHOOD: lives,
        Dimension.PLACE_NEIGHBOURHOOD: received,
        Dimension.PRIORITY: areas.priority(seen_from),
        Dimension.COMMUNE: areas.commune(seen_from),
        Dimension.STRUCTURE: record["structure_id"] or "none",
        Dimension.VENUE: record["venue_id"] or "none",
        Dimension.MEDIATOR: record["mediator_id"],
        Dimension.AGE_BAND: age,
        Dimension.GENDER: gender,
        Dimension.STATUS: status,
        Dimension.CHANNEL: record["channel"].value,
        Dimension.MONTH: month_of(record["started_at"]),
    }
    return contact


def month_of(instant):
    return instant.astimezone(PARIS).isoformat()[:7]
