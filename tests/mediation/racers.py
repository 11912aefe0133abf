"""What those do who race for one time, each a function that another process can find."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import Account
from activity.models import Channel
from agenda.models import Hold
from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from foundation.period import Period
from mediation.models import Origin, Service
from mediation.queries.slots import find_slots
from mediation.rules.booking import Booking, Newcomer
from mediation.service import booking as verbs
from tests.cast import NOW

Stake = tuple[dict[str, int], datetime]
"""The ids of the cast, and the time that all want."""


def book(stake: Stake, number: int) -> str:
    """Book as a resident does; whoever is refused says how many other times were offered."""
    ids, start = stake
    wanted = Booking(
        service_id=ids["paperwork"],
        starts_at=start,
        channel=Channel.VENUE,
        venue_id=ids["library"],
        origin=Origin.RESIDENT,
        newcomer=Newcomer("", f"Racer {number}"),
    )
    try:
        in_transaction(lambda: verbs.book(wanted, now=NOW))
    except Refused as refused:
        return f"{type(refused).__name__}:{len(refused.alternatives)}"
    return "won"


def take_without_guard(stake: Stake, number: int) -> str:
    """What a program does that looks first and writes after: no lock, and the database keeps nothing apart."""
    ids, start = stake
    service = db.session.get_one(Service, ids["paperwork"])
    moment = Period(start, start + timedelta.resolution)
    if not find_slots(service, moment, now=NOW, venue_id=ids["library"], channel=Channel.VENUE):
        raise Refused("taken")
    resource_id = db.session.get_one(Account, ids["mediator"]).resource_id
    until = start + timedelta(minutes=30)
    with transaction():
        db.session.add(Hold(resource_id=resource_id, starts_at=start, ends_at=until, label="", reference=f"{number}"))
    return "won"
