"""The pages of lending in the other language of the team, and in the words of their forms."""

from __future__ import annotations

import re

import pytest

from equipment.forms.lending import ReserveForm
from equipment.models import Approval, Handing
from equipment.rules.lending import Wish
from tests.cast import sign_in
from tests.equipment.given import host_of_school, kit, morning, reserved
from tests.equipment.lent import LIST, RESERVE, TODAY, WEEK, form, one, read

pytestmark = pytest.mark.usefixtures("stopped_clock")
FRENCH = re.compile(r"\b(mallettes?|réserv\w+|emprunteur|libres?|retour|départs?|matin|après-midi)\b", re.I)


@pytest.fixture
def busy(cast):
    """A kit that is not whole, and a teacher who asks for it."""
    blue = kit("Blue kit", units=12, broken=1, approval=Approval.MANAGER, kind="Tablets", unit_kind="tablet")
    wish = Wish(units_wanted=12, group_label="Year 4", activity="Scratch")
    return reserved(blue.id, morning(), host_of_school(cast).id, wish)


def in_english(client, cast):
    sign_in(client, cast.manager)
    client.get("/langue/en")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (TODAY, "Waits for your answer"),
        (f"{WEEK}?semaine=2026-03-16", "Morning free"),
        (LIST, "Reservations of kits"),
        (f"{LIST}?vue=sorties", "All kits are here."),
        (RESERVE, "For whom, what for"),
        ("/equipe/materiel/agendas", "Kits in my own calendar"),
    ],
)
def test_each_page_is_in_english_throughout(client, cast, busy, path, said):
    in_english(client, cast)
    words = read(client, path)
    assert said in words
    assert not FRENCH.findall(words.replace(cast.school.name, "")), path


def test_one_reservation_and_its_other_time_too(client, cast, busy):
    in_english(client, cast)
    for path, said in ((one(busy), "Your answer"), (f"{one(busy)}/deplacer", "reserved now")):
        words, _heading, _subjects_in_french = read(client, path).partition(" Messages ")
        assert said in words
        assert not FRENCH.findall(words), path


def test_the_kits_beneath_the_form_and_a_refusal_too(client, cast, busy):
    in_english(client, cast)
    page = client.post(RESERVE, data=form(day="2026-03-18")).text
    assert "Reserve Blue kit" in page
    assert "It is free" in page
    answer = client.post(RESERVE, data=form(take=busy.kit_id, day="2026-03-17"))
    assert answer.status_code == 409
    assert "This kit is not free then. Choose another kit, or another time." in answer.text
    assert "It is not free" in answer.text


def shape(app, **typed):
    """The form as it was sent."""
    sent = form(**{name: str(value) for name, value in typed.items()})
    with app.test_request_context(method="POST", data=sent):
        found = ReserveForm(["Tablettes"], [("ecole-3", "École"), ("ehpad-2", "EHPAD")], [(7, "Médiathèque")])
        found.validate()
        return found.wish(), {name: errors for name, errors in found.errors.items() if name != "csrf_token"}


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ({}, Wish()),
        ({"venue_id": 7}, Wish(venue_id=7)),
        ({"borrower": "ecole-3"}, Wish(school_id=3)),
        ({"borrower": "ehpad-2", "venue_id": 7}, Wish(care_home_id=2)),
        ({"units_wanted": 12, "head_count": 24}, Wish(units_wanted=12, head_count=24)),
        ({"group_label": "  CM1 ", "activity": " Scratch "}, Wish(group_label="CM1", activity="Scratch")),
        ({"outward": "delivered"}, Wish(outward=Handing.DELIVERED)),
        ({"homeward": "delivered"}, Wish(homeward=Handing.DELIVERED)),
        ({"contact_phone": "02 98 00 00 00"}, Wish(contact_phone="+33298000000")),
    ],
)
def test_the_form_says_what_is_wanted(app, cast, typed, wish):
    assert shape(app, **typed) == (wish, {})


@pytest.mark.parametrize("typed", [{"borrower": "ecole-4"}, {"venue_id": 8}, {"kind": "Robots"}, {"every": 9}])
def test_it_takes_nothing_that_it_did_not_offer(app, cast, typed):
    _wish, errors = shape(app, **typed)
    assert list(errors) == list(typed)
