"""What was told of the use of a kit at its return is believable, and told better afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Account
from equipment.models import ReservationEvent, ReservationEventKind
from equipment.rules.handing import check_use
from equipment.rules.refusals import BadCount, NoSuchReservation
from equipment.rules.unhandable import NotHandedOver
from equipment.service import correcting
from foundation.db import db, in_transaction
from tests.cast import sign_in
from tests.equipment.handed import DUE, back, lent
from tests.workshops.given import count, reread

pytestmark = pytest.mark.usefixtures("stopped_clock")


def corrected(cast, made, minutes, heads, by="manager"):
    return in_transaction(
        lambda: correcting.correct_use(made.id, minutes, heads, db.session.get_one(Account, cast.ids[by]), now=DUE)
    )


def told(made):
    again = reread(made)
    return again.minutes_in_use, again.head_count


@pytest.mark.parametrize(
    ("minutes", "heads", "field"),
    [(181, 10, "minutes_in_use"), (-1, 10, "minutes_in_use"), (90, 501, "head_count"), (90, -1, "head_count")],
)
def test_nobody_has_a_kit_in_their_hands_for_longer_than_it_was_lent(minutes, heads, field):
    with pytest.raises(BadCount) as refused:
        check_use(minutes, heads, timedelta(hours=3))
    assert refused.value.field == field


def test_all_of_the_loan_and_nothing_told_are_believed():
    check_use(180, 500, timedelta(hours=3))
    check_use(None, None, timedelta(hours=3))


def test_more_minutes_than_the_loan_had_are_refused_at_its_return(cast):
    made = lent(cast)
    with pytest.raises(BadCount):
        back(cast, made, minutes_in_use=181)
    back(cast, made, minutes_in_use=180)
    assert told(made)[0] == 180


def test_it_is_told_better_afterwards_and_what_was_written_before_stays_in_the_history(cast):
    made = lent(cast)
    back(cast, made, minutes_in_use=180, head_count=24)
    corrected(cast, made, 90, 12)
    assert told(made) == (90, 12)
    corrected(cast, made, 90, 12)
    corrected(cast, made, None, 12)
    changes = db.session.query(ReservationEvent).filter_by(kind=ReservationEventKind.CHANGED).order_by("id")
    assert [one.reason for one in changes] == ["180 min × 24 → 90 min × 12", "90 min × 12 → – min × 12"]


def test_only_what_has_come_back_is_corrected_and_not_beyond_the_loan(cast):
    made = lent(cast)
    with pytest.raises(NotHandedOver):
        corrected(cast, made, 90, 12)
    back(cast, made)
    with pytest.raises(BadCount):
        corrected(cast, made, 100_000, 12)
    with pytest.raises(NoSuchReservation):
        corrected(cast, made, 90, 12, by="host")
    assert told(made) == (None, 0)
    assert count(ReservationEvent) == 3


def test_the_page_of_the_return_corrects_it_and_keeps_what_was_typed_when_it_is_refused(client, cast):
    made = lent(cast)
    page = f"/equipe/materiel/remises/{back(cast, made, minutes_in_use=180, head_count=24).id}"
    sign_in(client, cast.manager)
    assert "Corriger l’usage déclaré" in client.get(page).get_data(as_text=True)
    assert client.post(f"{page}/usage", data={"minutes_in_use": "90", "head_count": ""}).status_code == 303
    assert told(made) == (90, 0)
    refused = client.post(f"{page}/usage", data={"minutes_in_use": "9999", "head_count": "3"})
    assert refused.status_code == 422
    assert 'value="9999"' in refused.get_data(as_text=True)
    assert "de 0 à 180" in refused.get_data(as_text=True)
