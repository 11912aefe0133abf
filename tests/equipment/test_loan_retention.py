"""Names under checklists and telephone numbers are kept for two years after the loan, and what happened for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from equipment.models import Handover, Reservation, ReservationState
from equipment.rules.lending import Wish
from equipment.service.retention import erase_names
from foundation import audit
from foundation.db import db, in_transaction
from jobs import JOBS, perform
from tests.equipment.handed import DUE, back, items_of, lent, lines, loan, out
from tests.workshops.given import at, reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
TWO_YEARS = at("2028-03-17 12:00")
MINUTE = timedelta(minutes=1)
PHONE = "+33639980033"


def erased(now):
    return in_transaction(lambda: erase_names(now))


def names():
    found = [one.signed_name for one in db.session.query(Handover).order_by(Handover.id)]
    db.session.rollback()
    return found


def with_phone(cast):
    made = loan(cast, wish=Wish(contact_phone=PHONE))
    out(cast, made)
    return made


def test_two_years_after_the_loan_names_and_numbers_go_and_the_list_stays(cast):
    made = with_phone(cast)
    taken = back(cast, made)
    assert erased(TWO_YEARS) == 0
    assert (names(), reread(made).contact_phone) == (["Bruno Lacaze"] * 2, PHONE)
    assert erased(TWO_YEARS + MINUTE) == 3
    assert (names(), reread(made).contact_phone) == (["", ""], "")
    assert [item_id for item_id, _condition in lines(taken)] == items_of(made)
    assert audit.history("equipment:0")[0].action == "reservation.names_erased"


def test_what_never_came_back_can_still_be_asked_for(cast):
    made = with_phone(cast)
    assert erased(TWO_YEARS + MINUTE) == 0
    assert (names(), reread(made).contact_phone) == (["Bruno Lacaze"], PHONE)


def test_what_came_back_long_after_keeps_its_name_as_long_after_that(cast):
    made = lent(cast)
    back(cast, made, now=DUE + timedelta(days=30))
    assert erased(TWO_YEARS + MINUTE) == 1
    assert names() == ["", "Bruno Lacaze"]
    assert erased(TWO_YEARS + timedelta(days=31)) == 1


def test_the_number_of_a_loan_that_never_went_out_goes_too(cast):
    made = loan(cast, wish=Wish(contact_phone=PHONE))
    assert erased(TWO_YEARS + MINUTE) == 1
    assert reread(made).contact_phone == ""
    assert reread(made).state is ReservationState.APPROVED


def test_it_is_done_at_night_once(cast):
    made = with_phone(cast)
    back(cast, made)
    with time_machine.travel(TWO_YEARS + timedelta(days=1), tick=False):
        assert perform(JOBS["erase-loan-names"]) is True
        assert perform(JOBS["erase-loan-names"]) is False
    assert names() == ["", ""]
    assert db.session.get_one(Reservation, made.id).contact_phone == ""
