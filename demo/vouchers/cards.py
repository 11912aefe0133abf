"""Solidarity cards: most come from the file of the CCAS, others are given one by one; renewed, lost, stopped, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from demo.rows import advance_sequences, insert_all, next_id
from demo.vouchers.holders import CATEGORIES, Candidate, candidates
from demo.vouchers.scene import Scene
from foundation.codes import new_code
from foundation.db import db
from vouchers.models import Card, CardEvent, CardEventKind, CardState
from vouchers.rules.cards import NewCard
from vouchers.rules.codes import CARD_LENGTH
from vouchers.service import cards, categories

FILE_CAME, IN_FILE = 400, 240
VALID = timedelta(days=364)
RENEWED = 0.92
STOPPED = (
    (260, "Justificatif de domicile attendu", True),
    (150, "Justificatif de domicile attendu", True),
    (64, "Deux dossiers à vérifier", True),
    (40, "Justificatif de revenus attendu", False),
    (22, "Justificatif de domicile attendu", False),
    (9, "Changement de situation à vérifier", False),
    (5, "Justificatif de revenus attendu", False),
)
"""Days before today, why, and whether the card counts again two weeks later."""
LOST = ((310, True), (244, True), (171, True), (120, True), (88, True), (51, True), (30, True), (12, True), (6, False))
"""Days before today, and whether another one was given."""
ENDED = ((280, "Départ de la commune"), (133, "À la demande de la personne"), (70, "Départ de la commune"))


def give(scene: Scene) -> None:
    """Plan the life of all cards."""
    people = candidates(scene)
    came = scene.ago(FILE_CAME)
    listed = [one for one in people if one.met_on < came][:IN_FILE]
    scene.timeline.at(scene.at(came, 8, 50), partial(_name_categories, scene))
    scene.timeline.at(scene.at(came, 9, 40), partial(_read_file, scene, listed))
    taken = {one.person_id for one in listed}
    for one in people:
        if one.person_id not in taken:
            day = max(one.met_on + timedelta(days=3), scene.today - timedelta(days=scene.chance.randint(3, FILE_CAME)))
            when = min(scene.in_hours(scene.open_day(day)), scene.stage.now - timedelta(hours=1))
            scene.timeline.at(when, partial(_give, scene, one))
    _disturb(scene)


def _name_categories(scene: Scene, _now: datetime) -> None:
    scene.categories = {label: categories.add(label, scene.manager).id for label in CATEGORIES}


def _read_file(scene: Scene, listed: Sequence[Candidate], now: datetime) -> None:
    """The file of the CCAS, in which cards end on days of their own; each is renewed in time, or ends."""
    first, day = next_id(Card), now.date()
    used: set[str] = set()
    rows: list[dict[str, Any]] = [
        {
            "id": id_, "person_id": one.person_id, "number": fresh_number(scene, used),
            "former_number": f"CS-{day.year}-{id_ - first + 1:04}", "category_id": scene.categories[one.category],
            "state": CardState.LIVE, "valid_from": day, "valid_until": day + timedelta(scene.chance.randint(90, 420)),
            "household": one.household, "proof_seen_by_id": None, "proof_seen_on": None, "replaces_id": None,
            "created_at": now,
        }
        for id_, one in enumerate(listed, first)
    ]  # fmt: skip
    insert_all(Card, rows)
    imported = {"kind": CardEventKind.IMPORTED, "at": now, "actor_id": scene.manager.id, "reason": ""}
    insert_all(CardEvent, ({"card_id": row["id"], **imported} for row in rows))
    advance_sequences(Card)
    for row in rows:
        _look_after(scene, row["id"], row["valid_until"])


def fresh_number(scene: Scene, used: set[str], length: int = CARD_LENGTH) -> str:
    """A code of so many characters that is not in `used`, to which it is added."""
    while (code := new_code(scene.chance.choice, length)) in used:
        continue
    used.add(code)
    return code


def _give(scene: Scene, one: Candidate, now: datetime) -> None:
    day = now.astimezone(scene.stage.almanac.zone).date()
    wanted = NewCard(
        one.person_id, scene.categories[one.category], day, day + VALID, one.household, proof_seen_on=day
    )  # fmt: skip
    made = cards.create(wanted, scene.desk, now=now)
    _look_after(scene, made.id, made.valid_until)


def _look_after(scene: Scene, card_id: int, until: date) -> None:
    """People come before their card ends; those who do not are called, then it ends."""
    if scene.chance.random() < RENEWED:
        early = scene.open_day(until - timedelta(days=scene.chance.randint(2, 20)))
        scene.timeline.at(scene.in_hours(early), partial(_renew, scene, card_id, until))
    else:
        late = scene.open_day(until + timedelta(days=40))
        scene.timeline.at(scene.in_hours(late), partial(_end, scene, card_id, "Droits non renouvelés"))


def _renew(scene: Scene, card_id: int, until: date, now: datetime) -> None:
    if _state(card_id).current:
        seen = now.astimezone(scene.stage.almanac.zone).date()
        cards.renew(card_id, until + VALID, scene.desk, now=now, proof_seen_on=seen)


def _end(scene: Scene, card_id: int, reason: str, now: datetime) -> None:
    if _state(card_id).current:
        cards.end(card_id, reason, scene.desk, now=now)


def _end_one(scene: Scene, reason: str, now: datetime) -> None:
    _end(scene, scene.chance.choice(live(now)), reason, now)


def _state(card_id: int) -> CardState:
    return db.session.get_one(Card, card_id).state


def _disturb(scene: Scene) -> None:
    for days, reason, again in STOPPED:
        scene.timeline.at(scene.in_hours(scene.ago(days)), partial(_suspend, scene, reason, again=again))
    for days, another in LOST:
        scene.timeline.at(scene.in_hours(scene.ago(days)), partial(_lose, scene, another=another))
    for days, reason in ENDED:
        scene.timeline.at(scene.in_hours(scene.ago(days)), partial(_end_one, scene, reason))


def live(now: datetime) -> Sequence[int]:
    """The cards that count at a time."""
    query = select(Card.id).where(Card.state == CardState.LIVE, Card.valid_from <= now.date())
    return db.session.scalars(query.where(Card.valid_until >= now.date()).order_by(Card.id)).all()


def _suspend(scene: Scene, reason: str, now: datetime, *, again: bool) -> None:
    card_id = scene.chance.choice(live(now))
    cards.suspend(card_id, reason, scene.desk, now=now)
    if again:
        back = scene.in_hours(scene.day_after(now, 14))
        scene.timeline.at(back, partial(_resume, scene, card_id))


def _lose(scene: Scene, now: datetime, *, another: bool) -> None:
    card_id = scene.chance.choice(live(now))
    cards.lose(card_id, scene.desk, now=now, reason="Perdue")
    if another:
        given = scene.in_hours(scene.day_after(now, scene.chance.randint(1, 4)))
        scene.timeline.at(given, partial(_replace, scene, card_id))


def _resume(scene: Scene, card_id: int, now: datetime) -> None:
    if _state(card_id) is CardState.SUSPENDED:
        cards.resume(card_id, scene.desk, now=now)


def _replace(scene: Scene, card_id: int, now: datetime) -> None:
    if _state(card_id) is CardState.LOST:
        cards.replace(card_id, scene.desk, now=now)
