"""Another kit for a loan: nobody takes one whose conditions, place or missing yes they have not seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Approval, Reservation, ReservationState
from equipment.queries.swaps import swaps
from equipment.rules.lending import Wish
from foundation.db import db
from tests.cast import NOW, sign_in
from tests.equipment.borrowing import ASK, HOME, as_teacher, asked, chosen, reservations, send
from tests.equipment.given import TUESDAY, by_rights, host_of_home, kit, ledger, morning, reserved
from tests.equipment.test_borrowing_change import become, made_by_teacher, move_form, page_of
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
RULES = "Charger le soir\nCompter avec la classe"


def now_of(one):
    return db.session.get(Reservation, one.id, populate_existing=True)


def strict(cast, **changes):
    """A kit at the library, with conditions, for which the town says yes first."""
    usual = {"rules": RULES, "approval": Approval.MANAGER, "home_venue_id": cast.ids["library"]}
    return kit("Mallette rouge", **usual | changes)


def test_a_card_shows_contents_place_conditions_and_that_it_would_be_a_request(client, cast):
    blue = kit()
    one = made_by_teacher(client, cast, blue=blue)
    strict(cast)
    page = main_of(client.get(f"{page_of(one)}/autre-mallette"))
    for said in ("Tablette : 3", "Le lieu change : Médiathèque du Port", "Compter avec la classe",
                 "La ville doit d’abord dire oui.", "vous laisseriez Mallette bleue, qui est à vous",
                 "J’accepte les conditions et je demande Mallette rouge"):  # fmt: skip
        assert said in page


def test_taken_after_its_conditions_it_is_told_as_a_request_and_not_as_reserved(client, cast):
    one, red = made_by_teacher(client, cast, blue=kit()), strict(cast)
    answer = client.post(f"{page_of(one)}/autre-mallette", data={"kit_id": red.id, "accepted": "1"})
    page = main_of(client.get(answer.location))
    assert "C’est une demande : Mallette rouge" in page
    assert "Mallette bleue n’est plus réservée pour vous." in page
    assert "Une autre mallette est réservée" not in page
    assert (now_of(one).kit_id, now_of(one).state) == (red.id, ReservationState.REQUESTED)
    assert ledger() == by_rights()


@pytest.mark.parametrize(
    "changes",
    [{"approval": Approval.NONE, "home_venue_id": None}, {"rules": "", "home_venue_id": None},
     {"rules": "", "approval": Approval.NONE}],
)  # fmt: skip
def test_no_kit_is_taken_unseen_on_either_page(client, cast, changes):
    blue = kit()
    one, red = made_by_teacher(client, cast, blue=blue), strict(cast, **changes)
    unseen = client.post(f"{page_of(one)}/autre-mallette", data={"kit_id": red.id})
    moved = client.post(f"{page_of(one)}/deplacer", data=move_form(red.id))
    for response in (unseen, moved):
        assert response.status_code == 422
        assert "Regardez d’abord cette mallette" in main_of(response)
    assert f'name="take" value="{red.id}"' in moved.get_data(as_text=True)
    assert now_of(one).kit_id == blue.id
    assert client.post(f"{page_of(one)}/deplacer", data=move_form(red.id, take=str(red.id))).status_code == 303
    assert now_of(one).kit_id == red.id
    assert ledger() == by_rights()


def test_a_clash_offers_kits_with_all_one_has_to_know(client, cast):
    blue = kit()
    one = made_by_teacher(client, cast, blue=blue)
    strict(cast, approval=Approval.NONE)
    reserved(blue.id, morning(1), cast.ids["mediator"])
    wanted = move_form(blue.id, day=(TUESDAY + timedelta(weeks=1)).isoformat())
    response = client.post(f"{page_of(one)}/deplacer", data=wanted)
    assert response.status_code == 409
    page = main_of(response)
    assert "Tablette : 3" in page
    assert "Le lieu change : Médiathèque du Port" in page
    assert "J’accepte les conditions et je prends Mallette rouge" in page


def test_kits_of_the_same_kind_come_first_and_those_with_a_few_devices_less_are_offered(client, cast):
    blue = kit("Bleue", units=12)
    one = made_by_teacher(client, cast, blue=blue, units_wanted=12)
    kit("Robots", units=12, kind="Robots", unit_kind="robot")
    kit("Onze", units=12, broken=1)
    kit("Trop petite", units=4)
    kit("Verte", units=14)
    found = swaps(cast.host, now_of(one), one.period, NOW)
    assert [(row.kit.name, row.missing) for row in found] == [("Verte", 0), ("Onze", 1), ("Robots", 0)]
    page = main_of(client.get(f"{page_of(one)}/autre-mallette"))
    assert "1 appareil de moins que souhaité" in page
    assert "Prendre quand même Onze" in page


def test_when_no_kit_has_so_many_the_page_says_so_and_the_largest_that_is_free_is_offered(client, cast):
    kit("Grande", units=14)
    kit("Moyenne", units=12)
    big = kit("La plus grande", units=15)
    as_teacher(client, cast)
    reserved(big.id, morning(), cast.ids["mediator"])
    page = main_of(client.get(f"{ASK}/choisir?d={asked(client, units_wanted='30')}"))
    assert "La plus fournie en a 15" in page
    assert "La plus grande qui soit libre en a 14." in page
    assert "Aucune mallette n’est libre" not in page
    assert "Prendre quand même Grande" in page
    assert page.count("Modifier ce qu’il vous faut") == 1


def test_when_only_smaller_kits_are_free_that_is_the_reason(client, cast):
    kit("Onze", units=12, broken=1)
    big = kit("Douze", units=12)
    as_teacher(client, cast)
    reserved(big.id, morning(), cast.ids["mediator"])
    page = main_of(client.get(f"{ASK}/choisir?d={asked(client, units_wanted='12')}"))
    assert "Aucune mallette libre n’a autant d’appareils. La plus grande en a 11." in page
    assert "n’est libre à ce moment" not in page
    assert "Prendre quand même Onze" in page


def test_instead_of_the_kit_one_chose_those_of_its_kind_come_first(client, cast):
    tablets = kit("Bleue", units=12)
    kit("A robots", units=12, kind="Robots", unit_kind="robot")
    kit("Verte", units=14)
    as_teacher(client, cast)
    reserved(tablets.id, morning(), cast.ids["mediator"])
    page = main_of(client.get(f"{ASK}/choisir?d={asked(client, units_wanted='12', kit_id=str(tablets.id))}"))
    assert page.index("Prendre Verte") < page.index("Prendre A robots")


def test_a_head_teacher_is_not_told_that_the_head_teacher_says_yes_first(client, cast):
    kit("Rouge", approval=Approval.HEAD_TEACHER)
    as_teacher(client, cast)
    said = "La direction de l’école doit d’abord dire oui."
    assert said in main_of(client.get(f"{ASK}/choisir?d={asked(client)}"))
    host = as_teacher(client, cast, approves=True)
    assert said not in main_of(client.get(f"{ASK}/choisir?d={asked(client)}"))
    one = reserved(kit("Bleue").id, morning(), host.id, Wish())
    assert said not in main_of(client.get(f"{HOME}/{one.code}/autre-mallette"))


def test_a_care_home_is_told_that_the_town_answers_and_no_head_teacher(client, cast):
    red = kit("Rouge", approval=Approval.HEAD_TEACHER)
    sign_in(client, host_of_home(cast))
    key = asked(client)
    pages = [main_of(client.get(f"{ASK}/choisir?d={key}"))]
    key = chosen(client, red.id)
    pages.append(main_of(client.get(f"{ASK}/verifier?d={key}")))
    pages.append(main_of(client.get(send(client, key).location)))
    for page in pages:
        assert "direction de l’école" not in page
    assert "La ville doit d’abord dire oui." in pages[0]
    assert now_of(reservations()[0]).state is ReservationState.REQUESTED


def test_what_is_over_has_no_other_kit(client, cast):
    one = made_by_teacher(client, cast)
    become(one, ReservationState.RETURNED)
    assert client.get(f"{page_of(one)}/autre-mallette").status_code == 409
