"""What the test suites of a ticket shop and of the national booking tool expect of seats, replayed with our verbs."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.places.conftest import SHARED
from tests.workshops.enrolments import FIRST, adult, fill, opened, registered, sessions_of, state
from workshops.models import (
    Enrolment,
    OfferState,
    Origin,
    Programme,
    ProgrammeState,
    Registration,
    SeatOffer,
    SessionState,
    WorkshopSession,
)
from workshops.queries import waiting as queue
from workshops.rules.refusals import NothingToCome
from workshops.rules.waiting import OfferGone
from workshops.service import registering, waiting

CASES = SHARED / "cases" / "quota_cases.json"
pytestmark = [
    pytest.mark.skipif(not CASES.is_file(), reason=f"the outside oracle is not at {CASES}"),
    pytest.mark.usefixtures("stopped_clock"),
]

ELSEWHERE = {"voucher": "vouchers"}
UNLIMITED = "a session always says how many seats it has: no room and no team is without limit"
DIFFERENT = {
    "px-quota-15": "a session without any seat can not be planned; it is cancelled instead",
    "px-quota-17": UNLIMITED,
    "rdvsp-seat-05": UNLIMITED,
}
PLENTY = 20


class NotSayable(Exception):
    """The case describes what can not be written down here; DIFFERENT tells why."""


def capacity_of(given: dict[str, Any], name: str = "capacity") -> int:
    if given[name] is None or given[name] == 0:
        raise NotSayable
    return int(given[name])


def situation(cast: Any, given: dict[str, Any]) -> Programme:
    """Confirmed are registered. Pending, and live holds, are seats offered that wait for an answer: here both take a
    seat until somebody answers, or the jobs process gives them on."""
    capacity = capacity_of(given)
    programme = opened(cast, capacity=PLENTY, answer_hours=1)
    fill(programme, given.get("confirmed", 0))
    pending = given.get("pending", 0)
    held = given.get("holds_live", 0) + given.get("holds_live_other_product_same_quota", 0)
    gone = given.get("expired", 0) + given.get("holds_expired", 0)
    kept = fill(programme, pending + held + gone, first=100)
    with transaction():
        for number, one in enumerate(kept):
            offer = offered(one)
            if number >= pending + held:
                offer.state = OfferState.EXPIRED
                db.session.get_one(Registration, one.id).state = "lapsed"
        db.session.execute(update(WorkshopSession).values(capacity=capacity, taken=WorkshopSession.taken - gone))
    return programme


def offered(registration: Registration) -> SeatOffer:
    """The registration, as if its seat had come from the waiting list and it had not answered."""
    db.session.get_one(Registration, registration.id).state = "offered"
    offer = SeatOffer(
        registration_id=registration.id, state=OfferState.OPEN, offered_at=NOW.replace(hour=1), expires_at=NOW
    )
    db.session.add(offer)
    return offer


def words(programme: Programme, free: int) -> str:
    """As the oracle calls it: gone when all is confirmed; here what waits for an answer is one thing, not two."""
    if free:
        return "ok"
    asked = db.session.query(SeatOffer).filter_by(state=OfferState.OPEN).count()
    return "kept" if asked else "gone"


KEPT = {"reserved": "kept", "ordered": "kept"}
"""The shop tells a basket from an order that is not paid; here a seat that waits for an answer is like both."""


def availability(cast: Any, given: dict[str, Any]) -> dict[str, Any]:
    if "quotas" in given:
        return several(cast, given)
    programme = situation(cast, given)
    (session,) = sessions_of(programme)
    return {"state": words(programme, session.free), "available": session.free}


def several(cast: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Several quotas on one thing are the sessions of a series: whoever comes needs a seat in each."""
    programme = opened(cast, sessions=len(given["quotas"]), capacity=PLENTY, enrolment=Enrolment.CYCLE)
    fill(programme, given.get("confirmed_in_both", 0))
    with transaction():
        for number, quota in enumerate(given["quotas"], 1):
            change = update(WorkshopSession).where(WorkshopSession.number == number)
            db.session.execute(change.values(capacity=capacity_of(quota)))
    found = sessions_of(programme)
    if "confirmed_in_both" in given:
        return {"q2": {"state": words(programme, found[1].free), "available": found[1].free}}
    tightest = min(one.free for one in found)
    return {"state": words(programme, tightest), "available": tightest}


def session_seats(cast: Any, given: dict[str, Any]) -> dict[str, Any]:
    if "sessions" in given:
        for one in given["sessions"]:
            if one.get("status") != "revoked" and "capacity" in one:
                capacity_of(one)
        return bookable(cast, given)
    if "registered" in given:
        programme = opened(cast, capacity=given["capacity"])
        fill(programme, given["registered"])
        return {"remaining": sessions_of(programme)[0].free}
    programme = opened(cast, capacity=PLENTY)
    made = fill(programme, len(given["participants"]))
    leaving = [one for one, status in zip(made, given["participants"], strict=True) if status == "excused"]
    if given.get("action") == "delete the last":
        leaving = made[-1:]
    for one in leaving:
        in_transaction(lambda one=one: registering.cancel(one.id, now=NOW, by_resident=True))
    (session,) = sessions_of(programme)
    counted = {"count": session.taken}
    return counted if "action" in given or not leaving else {"listed": len(made), **counted}


def bookable(cast: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Which of some sessions still take somebody."""
    found = []
    for one in given["sessions"]:
        programme = opened(cast, capacity=one.get("capacity") or PLENTY)
        fill(programme, one.get("registered", 0))
        now = FIRST + timedelta(days=3) if "start" in one else NOW
        with transaction():
            session = sessions_of(programme)[0]
            session.state = SessionState.CANCELLED if one.get("status") == "revoked" else session.state
        try:
            if registered(adult(programme, 99), now).state == "registered":
                found.append(one["id"])
        except NothingToCome:
            continue
    return {"bookable": found}


def waiting_offer(cast: Any, given: dict[str, Any]) -> dict[str, Any]:
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    if "waiting" in given:
        made = in_transaction(lambda: waiting.offer_freed(programme.id, NOW))
        return {"error": "nothing available"} if not made else {"offers": len(made)}
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    in_transaction(lambda: waiting.accept(first.id, now=NOW))
    again = in_transaction(lambda: waiting.offer_freed(programme.id, NOW))
    with pytest.raises(OfferGone):
        in_transaction(lambda: waiting.decline(first.id, now=NOW))
    return {"error": "already served"} if not again and state(first) == "registered" else {"offers": len(again)}


def waiting_auto(cast: Any, given: dict[str, Any]) -> dict[str, Any]:
    if given.get("registration_closed"):
        programme, queued = with_queue(cast, ["?"] * given["waiting"], PLENTY)
        with transaction():
            db.session.get_one(Programme, programme.id).state = ProgrammeState.CLOSED
        made = in_transaction(lambda: waiting.offer_freed(programme.id, NOW))
        return {"offers": len(made), "left_count": sum(state(one) == "waiting" for one in queued)}
    offers, left = 0, []
    for product in given["products"]:
        entries = product.get("waiting") or [{"who": who} for who in product["waiting_in_order"]]
        capacity = product["capacity"] if isinstance(product["capacity"], int) else PLENTY
        programme, queued = with_queue(cast, [entry["who"] for entry in entries], capacity, entries)
        offers += len(in_transaction(lambda programme=programme: waiting.offer_freed(programme.id, NOW)))
        left += [entry["who"] for entry, one in zip(entries, queued, strict=True) if state(one) == "waiting"]
    return {"offers": offers, "left": left}


def with_queue(cast: Any, names: list[str], capacity: int, entries: Any = ()) -> tuple[Programme, list[Registration]]:
    """A session that was full while they joined, and has `capacity` seats now."""
    programme = opened(cast, capacity=1)
    registered(adult(programme, 1, origin=Origin.DESK))
    queued = [registered(adult(programme, 10 + number)) for number in range(len(names))]
    with transaction():
        for entry, one in zip(entries, queued, strict=False):
            db.session.get_one(Registration, one.id).priority = entry.get("priority", 0)
        change = update(WorkshopSession).where(WorkshopSession.programme_id == programme.id)
        db.session.execute(change.values(capacity=capacity + 1))
    assert len(queue.waiting(programme.id)) == len(names)
    return programme, queued


PLAYERS = {
    "availability": availability,
    "session_seats": session_seats,
    "waiting_offer": waiting_offer,
    "waiting_auto": waiting_auto,
}


def cases() -> list[dict[str, Any]]:
    return json.loads(CASES.read_text(encoding="utf-8"))["cases"] if CASES.is_file() else []


@pytest.mark.parametrize("case", [one for one in cases() if one["kind"] in PLAYERS], ids=lambda case: case["id"])
def test_the_oracle(cast, case):
    try:
        found = PLAYERS[case["kind"]](cast, case["given"])
    except NotSayable:
        assert case["id"] in DIFFERENT
        return
    expected = dict(case["expected"])
    if expected.get("state") in KEPT:
        expected["state"] = KEPT[expected["state"]]
    assert case["id"] not in DIFFERENT
    assert found == expected


def test_with_a_limit_only_the_session_that_is_not_full_over_or_cancelled_is_open(cast):
    """The rest of `rdvsp-seat-05`, whose first session has no limit."""
    (case,) = [one for one in cases() if one["id"] == "rdvsp-seat-05"]
    assert bookable(cast, case["given"]) == case["expected"]


def test_every_kind_is_played_here_or_known_to_be_played_elsewhere():
    assert {case["kind"] for case in cases()} == PLAYERS.keys() | ELSEWHERE.keys()


def test_every_difference_is_about_a_case_that_exists():
    assert DIFFERENT.keys() <= {case["id"] for case in cases()}
