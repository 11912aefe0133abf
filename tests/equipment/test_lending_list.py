"""The list of reservations: its parts, what is looked for, pages, and who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from equipment.models import Approval
from equipment.queries import listing
from equipment.queries.listing import Asked, View, reservation_rows
from equipment.rules.lending import Wish
from equipment.service import lending
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import done, host_of_school, kit, morning, reserved
from tests.equipment.handed import DUE, START, back, loan, out
from tests.equipment.lent import LIST, as_stranger, of, read
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")


def in_view(view, cast, now=NOW, **asked):
    """The ids of a part of the list, as a manager of the whole territory sees it."""
    return [one.id for one in reservation_rows(cast.manager, Asked(view, **asked), now=now, page=1)]


def test_each_reservation_is_in_the_part_that_its_state_says(cast):
    blue = kit(approval=Approval.MANAGER)
    host = host_of_school(cast)
    asked = reserved(blue.id, morning(), host.id)
    agreed = reserved(blue.id, morning(1), cast.ids["manager"])
    refused = done(lending.refuse, reserved(blue.id, morning(2), host.id).id, "Déjà prise", by=cast.ids["manager"])
    gone = done(lending.cancel, reserved(blue.id, morning(3), host.id).id, by=host.id)
    assert in_view(View.COMING, cast) == [asked.id, agreed.id]
    assert in_view(View.WAITING, cast) == [asked.id]
    assert in_view(View.ENDED, cast) == [gone.id, refused.id]
    assert in_view(View.OUT, cast) == in_view(View.PAST, cast) == []
    later = morning(1).end
    assert in_view(View.COMING, cast, now=later) == []
    assert in_view(View.PAST, cast, now=later) == [agreed.id, asked.id]


def test_a_loan_is_out_until_it_is_back(cast):
    one = loan(cast)
    out(cast, one)
    assert in_view(View.OUT, cast, now=START) == [one.id]
    assert in_view(View.OUT, cast, now=DUE + timedelta(days=9)) == [one.id]
    back(cast, one)
    assert (in_view(View.OUT, cast, now=DUE), in_view(View.PAST, cast, now=DUE)) == ([], [one.id])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bleue", True), ("BLEUE cm1", True), ("m-07", True), ("scratch", True), ("peupliers", True),
        ("verte", False), ("bleue cm2", False), ("%", False), ("_", False),
    ],
)  # fmt: skip
def test_every_word_is_looked_for_in_the_kit_the_group_what_for_and_the_place(cast, text, found):
    wish = Wish(group_label="CM1", activity="Découvrir Scratch")
    reserved(kit("Mallette bleue", code="M-07").id, morning(), host_of_school(cast).id, wish)
    assert bool(in_view(View.COMING, cast, text=text)) is found


def test_a_reservation_is_found_by_the_code_that_its_borrower_reads_out(cast):
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    reserved(kit("Autre").id, morning(), cast.ids["manager"])
    assert in_view(View.COMING, cast, text=made.code.lower()) == [made.id]


def test_of_one_kit_one_school_or_one_home(cast):
    blue, green = kit("Bleue"), kit("Verte")
    school = reserved(blue.id, morning(), cast.ids["manager"], Wish(school_id=cast.ids["school"]))
    home = reserved(green.id, morning(), cast.ids["manager"], Wish(care_home_id=cast.ids["care_home"]))
    assert in_view(View.COMING, cast, kit_id=green.id) == [home.id]
    assert in_view(View.COMING, cast, school_id=cast.ids["school"]) == [school.id]
    assert in_view(View.COMING, cast, care_home_id=cast.ids["care_home"]) == [home.id]
    assert in_view(View.COMING, cast, kit_id=blue.id, care_home_id=cast.ids["care_home"]) == []


def test_the_page_keeps_what_was_looked_for_from_part_to_part(client, cast):
    blue = kit("Mallette bleue")
    reserved(blue.id, morning(), host_of_school(cast).id, Wish(group_label="CM1"))
    sign_in(client, cast.mediator)
    words = read(client, LIST)
    assert f"{cast.school.name}, CM1" in words
    assert "9 h 00–12 h 00" in words
    place = f"ecole-{cast.ids['school']}"
    page = client.get(f"{LIST}?q=cm1&mallette={blue.id}&lieu={place}").text
    assert f"vue=sorties&amp;q=cm1&amp;mallette={blue.id}&amp;lieu={place}" in page
    assert f'<option value="{blue.id}" selected>' in page
    assert f'<option value="{place}" selected>' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Il n’y a pas de réservation ici."),
        ("?vue=a-repondre", "Rien n’attend de réponse."),
        ("?vue=sorties", "Toutes les mallettes sont là."),
        ("?q=introuvable", "Aucune réservation ne correspond."),
        ("?vue=inconnue&mallette=x&lieu=ecole-&page=z", "Il n’y a pas de réservation ici."),
        ("?lieu=lune-1&page=99999999", "Il n’y a pas de réservation ici."),
    ],
)
def test_an_empty_part_says_what_that_means(client, cast, query, said):
    sign_in(client, cast.mediator)
    assert said in read(client, f"{LIST}{query}")


def test_a_long_list_has_pages_and_asks_as_much_for_each(client, cast, monkeypatch):
    blue = kit()
    for week in range(5):
        reserved(blue.id, morning(week), cast.ids["manager"], Wish(activity=f"Semaine {week}"))
    sign_in(client, cast.mediator)
    client.get(LIST)
    with statements() as whole:
        client.get(LIST)
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    monkeypatch.setattr("equipment.views.lending.index.PER_PAGE", 2)
    with statements() as some:
        first = client.get(LIST).text
    assert len(some) == len(whole)
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    second = client.get(f"{LIST}?page=2").text
    assert 'rel="next"' in second
    assert 'rel="prev"' in second
    third = client.get(f"{LIST}?page=3").text
    assert 'rel="next"' not in third


def test_late_loans_stand_out(client, cast):
    one = loan(cast)
    out(cast, one)
    with time_machine.travel(DUE + timedelta(hours=1), tick=False):
        sign_in(client, cast.mediator)
        assert "En retard" in read(client, f"{LIST}?vue=sorties")


def test_staff_see_the_kits_of_their_structure_and_of_the_territory_alone(client, cast):
    own = reserved(kit("Nôtre", structure_id=cast.ids["town"]).id, morning(), host_of_school(cast).id)
    shared = reserved(kit("Commune").id, morning(), cast.ids["host"])
    of(cast, "mediator", "town")
    sign_in(client, cast.mediator)
    words = read(client, LIST)
    assert "Nôtre" in words
    assert "Commune" in words
    as_stranger(cast, client)
    words = read(client, LIST)
    assert "Nôtre" not in words
    assert "Commune" in words
    assert client.get(f"{LIST}/{own.id}").status_code == 404
    assert client.get(f"{LIST}/{shared.id}").status_code == 200


def test_what_a_workshop_took_is_told_by_the_workshop(cast):
    made = reserved(kit().id, morning(), cast.ids["manager"], Wish(activity="Club Scratch"))
    assert (reread(made).purpose_of, in_view(View.COMING, cast, text="club scratch")) == ("", [made.id])
