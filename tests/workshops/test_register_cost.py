"""What a registration sends to the database: on SQLite, each statement is time in which all others wait."""

from __future__ import annotations

from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.counting import statements
from tests.workshops.enrolments import WEEK, adult, family, fill, opened
from workshops.models import Registration
from workshops.queries import registrations
from workshops.service import registering

MOST_FOR_AN_ADULT = 15
"""Without the beginning and the end of the transaction."""


def register(wish):
    """What was made, and all that was sent for it but the beginning."""
    with statements() as sent:
        made = in_transaction(lambda: registering.register(wish, now=NOW))
    return made, [one for one in sent if not one.startswith("BEGIN")]


def test_an_adult_costs_few_statements_however_many_dates_and_seats_there_are(cast):
    few = opened(cast, first=NOW + WEEK)
    many = opened(cast, first=NOW + WEEK, sessions=12, capacity=30)
    fill(many, 5)
    costs = {len(register(adult(programme, 40))[1]) for programme in (few, many)}
    assert max(costs) <= MOST_FOR_AN_ADULT


def test_no_row_of_a_registration_is_read_again(cast):
    made, sent = register(adult(opened(cast, first=NOW + WEEK)))
    read = [one for one in sent if one.startswith("SELECT")]
    times = [sum(f"FROM {table}" in one for one in read) for table in ("workshop_session", "programme", "venue")]
    assert times == [1, 0, 0]
    with statements() as later:
        assert [one.person_id for one in made.participants] == [made.person_id]
    assert later == []


def test_what_was_written_for_a_family_is_what_the_database_holds(cast):
    made, _sent = register(family(opened(cast, first=NOW + WEEK), "Lina", "Noé"))
    shown = [(one.person.given_name, one.sheet.emergency_name, one.sheet.school_level) for one in made.participants]
    db.session.expunge_all()
    again = db.session.get_one(Registration, made.id)
    assert [(one.person.given_name, one.sheet.emergency_name, one.sheet.school_level) for one in again.participants] \
        == shown == [("Lina", "Mamie Jo", ""), ("Noé", "Mamie Jo", "")]  # fmt: skip
    assert registrations.dates_of(again, NOW) == [again.session]
