"""Presses in any order, by a teacher, a head teacher and a stranger: no page breaks, nothing is left behind."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Account
from equipment.models import Approval, ReservationEvent
from foundation.db import db, transaction
from tests.cast import sign_in
from tests.equipment.borrowing import ASK, HOME, details, key_of, need, reservations, send
from tests.equipment.given import TUESDAY, by_rights, host_of_school, kit, ledger
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import host_of, stranger

pytestmark = [ONE_ENGINE, pytest.mark.usefixtures("stopped_clock")]
PRESSES = 30
DAYS = [TUESDAY + timedelta(days=n) for n in (-6, 0, 1, 2, 7, 8)]
PARTS = ["matin", "apres-midi", "journee", "m1", "a2", "heures", "minuit"]


class Walk:
    """Somebody presses something; what it was about is drawn by lot, from what there is and what there is not."""

    def __init__(self, client, cast, seed):
        self.client, self.lot, self.keys = client, random.Random(seed), ["unknown"]
        self.kits = [
            kit("Bleue", units=12, broken=1).id, kit("Rouge", units=12, approval=Approval.HEAD_TEACHER).id,
            kit("Verte", units=4, approval=Approval.MANAGER).id, 987654,
        ]  # fmt: skip
        head = host_of("Hélène Directrice", school_id=cast.ids["school"])
        with transaction():
            head.approves = True
        self.people = [host_of_school(cast).id, head.id, stranger().id]
        self.school_id = cast.ids["school"]
        self.person = self.people[0]

    def press(self):
        self.person = self.lot.choice(self.people)
        sign_in(self.client, db.session.get_one(Account, self.person))
        act = self.lot.choice([self.ask, self.take, self.leave_out, self.look, *[self.send, self.change] * 2])
        answer = act()
        assert answer.status_code < 500, (act.__name__, answer.status_code)
        assert answer.status_code != 400
        return answer

    def time(self):
        day, every = self.lot.choice(DAYS), self.lot.choice(["0", "0", "1", "2"])
        return {
            "day": day.isoformat(), "part": self.lot.choice(PARTS), "starts": self.lot.choice(["", "09:00", "14:00"]),
            "ends": self.lot.choice(["", "10:30", "16:00"]), "every": every,
            "until": (day + timedelta(weeks=self.lot.randrange(4))).isoformat() if every != "0" else "",
            "last_day": self.lot.choice(["", "", (day + timedelta(days=1)).isoformat()]),
        }  # fmt: skip

    def ask(self):
        units = self.lot.choice(["", "3", "12", "40"])
        kit_id = str(self.lot.choice(self.kits))
        answer = self.client.post(ASK, data=need(units_wanted=units, kit_id=kit_id, **self.time()))
        if answer.status_code == 303:
            self.keys.append(key_of(answer.location))
            self.client.get(answer.location)
        return answer

    def take(self, key=None):
        key, kit_id = key or self.lot.choice(self.keys), self.lot.choice(self.kits)
        more = self.lot.choice([{}, {"only_free": "1"}])
        self.client.post(f"{ASK}/choisir?d={key}", data={"kit_id": kit_id} | more)
        return self.client.post(f"{ASK}/conditions?d={key}", data=details())

    def send(self):
        self.ask()
        self.take(self.keys[-1])
        return send(self.client, self.keys[-1])

    def leave_out(self):
        day = self.lot.choice([*(one.isoformat() for one in DAYS), "hier"])
        return self.client.post(f"{ASK}/dates?d={self.lot.choice(self.keys)}", data={"day": day})

    def code(self):
        return self.lot.choice([one.code for one in reservations()] or ["AAAAAA"])

    def look(self):
        page = self.lot.choice(["", "/deplacer", "/autre-mallette", "/probleme", "/mallette.ics"])
        return self.client.get(f"{HOME}/{self.code()}{page}")

    def change(self):
        kit_id = self.lot.choice(self.kits)
        act, data = self.lot.choice([
            ("deplacer", self.time() | {"kit_id": str(kit_id)}), ("autre-mallette", {"kit_id": kit_id}),
            ("annuler", self.lot.choice([{}, {"series": "1"}])), ("annuler", {}), ("accepter", {}),
            ("refuser", {"reason": "Sortie"}), ("refuser", {}), ("probleme", {"what": "casse"}),
        ])  # fmt: skip
        return self.client.post(f"{HOME}/{self.code()}/{act}", data=data)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_pressed_the_ledger_equals_the_reservations(client, cast, seed):
    walk = Walk(client, cast, seed)
    for _press in range(PRESSES):
        before = {one.id: (one.state, one.kit_id, one.period, one.school_id) for one in reservations()}
        walk.press()
        assert ledger() == by_rights()
        stranger_presses = walk.person == walk.people[2]
        for one in reservations():
            was = before.get(one.id)
            if stranger_presses and was and was[3] == walk.school_id:
                assert was == (one.state, one.kit_id, one.period, one.school_id)


def test_such_a_walk_really_reserves_changes_and_gives_back(client, cast):
    """Else it would show nothing."""
    walk = Walk(client, cast, 20)
    for _press in range(3 * PRESSES):
        walk.press()
    happened = set(db.session.scalars(select(ReservationEvent.kind)))
    assert {"approved", "moved", "cancelled"} <= {one.value for one in happened}
    assert len(reservations()) > 3
