"""A colleague reserves: for the team, a school or a home, once or over weeks, with the kits that are free beneath."""

from __future__ import annotations

import re
from datetime import date, time

import pytest

from equipment.models import Approval, Handing, ReservationState
from equipment.rules.lending import Wish
from foundation import audit
from tests.cast import sign_in
from tests.counting import statements
from tests.equipment.given import by_rights, host_of_school, hours, kit, ledger, reserved
from tests.equipment.lent import RESERVE, as_stranger, form, read, reservations, sent

pytestmark = pytest.mark.usefixtures("stopped_clock")
MORNING = hours(starts=time(8, 30), ends=time(11, 30))


def rows(page):
    """Name of a kit → what is said of it, of the list beneath the form."""
    found = page[page.index('aria-labelledby="kits"') : page.index("Pour qui, pour quoi")]
    plain = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", one)).strip() for one in found.split("<li")[1:]]
    return [one.removeprefix('class="row-of">').strip() for one in plain]


def test_a_kit_for_the_team_in_two_presses(client, cast):
    blue = kit("Mallette bleue")
    page = sent(client, cast, RESERVE, **form(activity="Reportage", venue_id=cast.ids["library"])).text
    assert "Mallette bleue 3 × tablette Libre Réserver Mallette bleue" in rows(page)[0]
    assert reservations() == []
    answer = sent(client, cast, RESERVE, **form(activity="Reportage", venue_id=cast.ids["library"], take=blue.id))
    (made,) = reservations()
    assert answer.location.endswith(f"/reservations/{made.id}")
    assert (made.period, made.state, made.venue_id) == (MORNING, ReservationState.APPROVED, cast.ids["library"])
    assert (made.school_id, made.care_home_id, made.asked_by_id) == (None, None, cast.ids["mediator"])
    assert ledger() == by_rights() != set()
    assert audit.history(made.reference)[0].action == "reservation.made"


@pytest.mark.parametrize(("kind", "member"), [("ecole", "school"), ("ehpad", "care_home")])
def test_for_a_school_or_a_home_with_all_that_can_be_said(client, cast, kind, member):
    blue = kit(approval=Approval.MANAGER)
    typed = form(
        borrower=f"{kind}-{cast.ids[member]}", group_label="CM1", activity="Scratch", units_wanted="2",
        head_count="24", outward="delivered", contact_phone="02 98 00 00 00", take=blue.id,
        sheet_url="https://ecole.example/fiche", venue_id=cast.ids["library"],
    )  # fmt: skip
    assert sent(client, cast, RESERVE, **typed).status_code == 303
    (made,) = reservations()
    assert (made.school_id or made.care_home_id) == cast.ids[member]
    assert made.state is ReservationState.APPROVED
    assert (made.units_wanted, made.head_count, made.outward) == (2, 24, Handing.DELIVERED)
    assert (made.contact_phone, made.sheet_url) == ("+33298000000", "https://ecole.example/fiche")
    assert made.venue_id is None


def test_a_double_press_reserves_once(client, cast):
    blue = kit()
    first, second = (sent(client, cast, RESERVE, **form(take=blue.id)) for _ in range(2))
    assert first.location == second.location
    assert len(reservations()) == len(ledger()) == 1


def test_a_free_half_day_of_the_week_leads_to_its_kit_and_time(client, cast):
    blue = kit("Mallette bleue")
    sign_in(client, cast.mediator)
    page = client.get(f"{RESERVE}?mallette={blue.id}&jour=2026-03-19&quand=apres-midi").text
    assert "Vous avez choisi Mallette bleue dans la semaine." in page
    assert f'name="take" value="{blue.id}"' in page
    assert 'value="2026-03-19"' in page
    assert re.search(r'<input checked[^>]*value="apres-midi"', page)


@pytest.mark.parametrize("query", ["", "?mallette=x&jour=demain&quand=minuit", "?mallette=999999", "?jour=9999-12-31"])
def test_an_address_that_says_nothing_useful_gives_an_empty_page(client, cast, query):
    kit()
    sign_in(client, cast.mediator)
    words = read(client, f"{RESERVE}{query}")
    assert "Voir les mallettes" in words
    assert "dans la semaine" not in words


def test_without_any_kit_it_says_so(client, cast):
    sign_in(client, cast.mediator)
    assert "Il n’y a pas encore de mallette" in read(client, RESERVE)


def test_kits_that_are_not_free_say_who_has_them_and_when_they_are(client, cast):
    taken = kit("Prise")
    kit("Libre")
    reserved(taken.id, MORNING, cast.ids["manager"], Wish(school_id=cast.ids["school"]))
    free, other = rows(sent(client, cast, RESERVE, **form()).text)
    assert free.startswith("Libre 3 × tablette Libre Réserver Libre")
    assert other.startswith("Prise 3 × tablette Non libre")
    assert f"{cast.school.name}, mardi 17 mars, de 8 h 30 à 13 h 30" in other.replace("\u202f", " ").replace(
        "\xa0", " "
    )
    assert "Réserver Prise" not in other


def test_only_kits_that_serve_the_need_are_offered(client, cast):
    kit("Douze", units=12)
    kit("Trois", units=3)
    kit("Robots", units=12, kind="Robots", unit_kind="robot")
    kit("Bloquée", units=12, broken=12, minimum_units=8)
    found = rows(sent(client, cast, RESERVE, **form(units_wanted="12", kind="Tablettes")).text)
    assert [one.split()[0] for one in found] == ["Douze"]
    page = sent(client, cast, RESERVE, **form(units_wanted="50")).text
    assert "Aucune mallette en service n’a autant d’appareils de ce type." in page


def test_taken_meanwhile_it_is_refused_with_what_was_typed_and_what_is_free(client, cast):
    taken, free = kit("Prise"), kit("Verte")
    sent(client, cast, RESERVE, **form())
    reserved(taken.id, MORNING, cast.ids["manager"])
    before = ledger()
    answer = sent(client, cast, RESERVE, **form(take=taken.id, group_label="CM1"))
    assert answer.status_code == 409
    assert 'value="CM1"' in answer.text
    assert f'name="take" value="{free.id}"' in answer.text
    assert ledger() == before


def test_over_weeks_without_the_holidays(client, cast):
    blue = kit()
    typed = form(every="1", until="2026-03-31", borrower=f"ecole-{cast.ids['school']}")
    page = sent(client, cast, RESERVE, **typed).text
    assert "et 2 autres dates" in page
    assert sent(client, cast, RESERVE, **typed, take=blue.id).status_code == 303
    made = reservations()
    assert [one.starts_at.date() for one in made] == [date(2026, 3, 17), date(2026, 3, 24), date(2026, 3, 31)]
    assert len({one.series for one in made}) == 1
    assert made[0].series
    zone_hours = {one.period.length for one in made}
    assert zone_hours == {MORNING.length}
    assert ledger() == by_rights()


def test_the_dates_that_are_free_when_not_all_are(client, cast):
    blue = kit("Mallette bleue")
    reserved(blue.id, hours(date(2026, 3, 24)), cast.ids["manager"])
    typed = form(every="1", until="2026-03-31")
    (row,) = rows(sent(client, cast, RESERVE, **typed).text)
    assert "Réserver les 2 dates libres" in row
    assert "mar. 24 mars" in row
    assert sent(client, cast, RESERVE, **typed, take=blue.id).status_code == 409
    assert len(reservations()) == 1
    assert sent(client, cast, f"{RESERVE}?only_free=1", **typed, take=blue.id).status_code == 303
    assert [one.starts_at.date().day for one in reservations()] == [17, 24, 31]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "17/03/2026"}, "day"),
        ({"part": "heures"}, "starts"),
        ({"part": "heures", "starts": "9:00"}, "ends"),
        ({"every": "1"}, "until"),
        ({"every": "3"}, "every"),
        ({"units_wanted": "201"}, "units_wanted"),
        ({"head_count": "-1"}, "head_count"),
        ({"group_label": "x" * 121}, "group_label"),
        ({"activity": "x" * 301}, "activity"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"borrower": "ecole-999999"}, "borrower"),
        ({"borrower": "lune"}, "borrower"),
        ({"venue_id": "x"}, "venue_id"),
        ({"outward": "pigeon"}, "outward"),
    ],
)
def test_what_was_typed_wrongly_is_said_beside_its_field_and_nothing_is_reserved(client, cast, typed, field):
    blue = kit()
    answer = sent(client, cast, RESERVE, **(form(take=blue.id) | typed))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert ledger() == set()


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "2026-03-09"},
        {"day": "2030-03-17"},
        {"last_day": "2026-05-17"},
        {"sheet_url": "javascript:alert(1)"},
        {"group_label": "2 85 05 78 006 084 36"},
    ],
)
def test_what_the_rules_refuse_is_refused_on_the_page(client, cast, typed):
    blue = kit()
    answer = sent(client, cast, RESERVE, **(form(take=blue.id) | typed))
    assert answer.status_code == 422
    assert 'class="faults"' in answer.text
    assert ledger() == set()


def test_a_school_is_closed_on_wednesday_afternoons_and_a_home_is_not(client, cast):
    blue = kit()
    wednesday = {"day": "2026-03-18", "part": "apres-midi", "take": blue.id}
    refused = sent(client, cast, RESERVE, **form(borrower=f"ecole-{cast.ids['school']}", **wednesday))
    assert refused.status_code == 422
    assert "Il n’y a pas école" in refused.text
    answer = sent(client, cast, RESERVE, **form(borrower=f"ehpad-{cast.ids['care_home']}", **wednesday))
    assert answer.status_code == 303


def test_kits_of_another_structure_are_neither_offered_nor_taken(client, cast):
    own = kit("Nôtre", structure_id=cast.ids["town"])
    kit("Commune")
    as_stranger(cast, client)
    page = client.post(RESERVE, data=form()).text
    assert [one.split()[0] for one in rows(page)] == ["Commune"]
    assert client.post(RESERVE, data=form(take=own.id)).status_code == 404
    assert ledger() == set()


def test_the_choice_asks_as_much_for_many_kits_as_for_few(client, cast):
    def cost():
        client.post(RESERVE, data=form())
        with statements() as asked:
            client.post(RESERVE, data=form())
        return len(asked)

    host = host_of_school(cast)
    sign_in(client, cast.mediator)
    reserved(kit("A").id, MORNING, host.id)
    few = cost()
    for name in "BCDEF":
        reserved(kit(name, turnaround_minutes=30).id, MORNING, host.id)
        kit(f"{name} libre")
    assert cost() == few
