"""Another time or kit for what was agreed to: said before and after that it needs a yes again; and its history."""

from __future__ import annotations

import re
from datetime import time

import pytest

from equipment.models import Approval, Kit, Reservation, ReservationEvent, ReservationEventKind, ReservationState
from equipment.rules.history import steps
from equipment.rules.lending import Wish
from equipment.service import lending
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.borrowing import HOME, as_teacher, reservations
from tests.equipment.given import TUESDAY, done, host_of_school, hours, kit, morning, reserved
from tests.equipment.lent import one as staff_page
from tests.equipment.lent import read
from tests.workshops.asking import host_of
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def agreed(cast, approval=Approval.MANAGER, **changes):
    """A kit that needs a yes, and has it."""
    made = reserved(kit(approval=approval, **changes).id, morning(), host_of_school(cast).id, Wish(units_wanted=3))
    return done(lending.approve, made.id, by=cast.ids["manager"])


def form(kit_id, **changes):
    usual = {"day": TUESDAY.isoformat(), "part": "apres-midi", "starts": "", "ends": "", "last_day": ""}
    return usual | {"kit_id": str(kit_id)} | changes


def test_the_form_says_before_that_a_yes_is_needed_again_and_for_which_kits(client, cast):
    one = agreed(cast)
    kit("Libre")
    as_teacher(client, cast)
    page = read(client, f"{HOME}/{one.code}/deplacer")
    assert "il faudra de nouveau l’accepter, pour : Mallette bleue." in page.replace("\xa0", " ")
    assert "Libre." not in page


def test_where_nobody_has_to_say_yes_the_form_does_not_speak_of_it(client, cast):
    one = reserved(kit().id, morning(), host_of_school(cast).id)
    as_teacher(client, cast)
    assert "de nouveau" not in read(client, f"{HOME}/{one.code}/deplacer")
    answer = client.post(f"{HOME}/{one.code}/deplacer", data=form(one.kit_id))
    assert "La réservation est modifiée. Mes mallettes" in read(client, answer.location)


def test_a_head_teacher_who_would_say_yes_is_not_warned_of_themselves(client, cast):
    one = reserved(kit(approval=Approval.HEAD_TEACHER).id, morning(), host_of_school(cast, approves=True).id)
    as_teacher(client, cast, approves=True)
    assert "de nouveau" not in read(client, f"{HOME}/{one.code}/deplacer")


def test_after_the_change_the_page_says_that_it_waits_again(client, cast):
    one = agreed(cast)
    as_teacher(client, cast)
    answer = client.post(f"{HOME}/{one.code}/deplacer", data=form(one.kit_id))
    assert "La réservation est modifiée et doit de nouveau être acceptée." in read(client, answer.location)
    assert reservations()[0].state is ReservationState.REQUESTED


def test_the_history_says_who_moved_it_from_what_to_what(client, cast):
    one = agreed(cast)
    red = kit("Mallette rouge")
    account = as_teacher(client, cast)
    client.post(f"{HOME}/{one.code}/deplacer", data=form(one.kit_id))
    done(lending.move, one.id, morning(1), by=cast.ids["manager"], kit_id=red.id)
    page = read(client, f"{HOME}/{one.code}")
    story = page[page.index("Ce qui s’est passé") :]
    first = f"{account.name} de mardi 17 mars, de 9 h 00 à 12 h 00 à mardi 17 mars, de 13 h 30 à 16 h 30"
    second = (
        "l’équipe de Mallette bleue, mardi 17 mars, de 13 h 30 à 16 h 30 à Mallette rouge, mardi 24 mars, "
        "de 9 h 00 à 12 h 00"
    )
    assert story.index(first) < story.index(second)
    assert cast.manager.name not in story
    sign_in(client, cast.manager)
    told = read(client, staff_page(one))
    assert first in told
    assert f"{cast.manager.name} {second.removeprefix('l’équipe ')}" in told


def test_a_colleague_of_the_school_is_named_in_the_history(client, cast):
    one = reserved(kit().id, morning(), host_of_school(cast).id)
    sign_in(client, host_of("Luc Martin", school_id=cast.ids["school"]))
    client.post(f"{HOME}/{one.code}/deplacer", data=form(one.kit_id))
    assert re.search("Réservation déplacée .* Luc Martin de mardi", read(client, f"{HOME}/{one.code}"))


def test_many_moves_are_read_as_quickly_as_one(client, cast):
    one = reserved(kit().id, morning(), host_of_school(cast).id)
    others = [kit(f"Mallette {n}") for n in range(5)]
    done(lending.move, one.id, morning(1), by=cast.ids["host"])
    as_teacher(client, cast)
    client.get(f"{HOME}/{one.code}")
    with statements() as few:
        client.get(f"{HOME}/{one.code}")
    for other in others:
        done(lending.move, one.id, morning(2), by=cast.ids["host"], kit_id=other.id)
    with statements() as many:
        page = client.get(f"{HOME}/{one.code}")
    assert len(many) <= len(few)
    assert main_of(page).count("de Mallette") == 5


def test_each_move_became_what_the_next_one_found():
    first, last = hours(TUESDAY, time(8), time(9)), hours(TUESDAY, time(15), time(16))
    blue = Kit(name="Bleue")
    loan = Reservation(kit=blue, starts_at=last.start, ends_at=last.end)
    other = ReservationEvent(kind=ReservationEventKind.REQUESTED, at=NOW)
    moved = ReservationEvent(
        kind=ReservationEventKind.MOVED, at=NOW, was_kit=blue, was_starts_at=first.start, was_ends_at=first.end
    )  # fmt: skip
    plain, known = steps(loan, [other, moved])
    assert (plain.was, plain.became) == (None, None)
    assert (known.was.period, known.became.period) == (first, last)


def test_a_move_of_which_nothing_is_known_shows_nothing():
    event = ReservationEvent(kind=ReservationEventKind.MOVED, at=NOW)
    (step,) = steps(Reservation(starts_at=morning().start, ends_at=morning().end), [event])
    assert step.was is None
