"""A second way to count what came of referrals and what people answered: plain Python over exported rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, time, timedelta

from activity.models import ActivityAspect, ReferralOutcome, Satisfaction
from tests.reach import plainly
from tests.reach.asking import exported


def export():
    """The rows of contacts, and those of outcomes and answers beside them."""
    tables = {"aspects": ActivityAspect, "outcomes": ReferralOutcome, "answers": Satisfaction}
    return plainly.exported() | {name: exported(model) for name, model in tables.items()}


def named(rows, span, by_place, keeps, of):
    """Contacts by name of the period that are kept."""
    begins = datetime.combine(span.first, time(), plainly.PARIS).astimezone(UTC)
    ends = datetime.combine(span.last + timedelta(days=1), time(), plainly.PARIS).astimezone(UTC)
    records = {row["id"]: row for row in rows["activity_record"]}
    took_part = plainly.once_a_record(rows["activity_participant"])
    for contact in plainly.contacts(took_part, records, rows["neighbourhood"], by_place):
        within = begins <= contact.record["started_at"] < ends and of(contact.record)
        kept = all(contact.values[dimension] == value for dimension, value in keeps.items())
        if contact.person is not None and within and kept:
            yield contact


def came_of(rows, contacts):
    """Kind → outcome → how many; None: nobody noted anything."""
    noted = {(row["record_id"], row["referral"].value): row["outcome"].value for row in rows["outcomes"]}
    referred = defaultdict(list)
    for row in rows["aspects"]:
        if row["aspect"].value == "referral":
            referred[row["record_id"]].append(row["value"])
    found = defaultdict(Counter)
    for contact in contacts:
        if contact.record["kind"].value == "individual":
            for kind in referred[contact.record["id"]]:
                found[kind][noted.get((contact.record["id"], kind))] += 1
    return {kind: dict(counts) for kind, counts in found.items()}


def answered(rows, contacts):
    """(who could have answered, how many gave each answer, how many of them aloud)."""
    given = {(row["reference"], row["person_id"]): row for row in rows["answers"]}
    could = [one for one in contacts if one.record["reference"] is not None]
    found = [given.get((one.record["reference"], one.person)) for one in could]
    answers = [row for row in found if row is not None]
    aloud = sum(row["told_by_id"] is not None for row in answers)
    return len(could), dict(Counter(row["answer"].value for row in answers)), aloud
