"""A kit goes out and comes back: on a phone, without scripts, thumb by thumb; and nothing is wrong with the pages."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from equipment.models import Condition, Incident, Reservation, ReservationState
from equipment.rules.lending import Wish
from foundation.db import db
from foundation.period import Period
from tests.browser.conftest import NARROW, PHONE
from tests.browser.measures import faults_of, overflow_of, small_targets_of
from tests.equipment.given import host_of_school, kit, reserved
from tests.equipment.handed import items_of
from tests.mediation.days import TEN, minutes


def read_again(made):
    db.session.rollback()
    return db.session.get_one(Reservation, made.id, populate_existing=True)


@pytest.mark.parametrize(("size", "javascript"), [(NARROW, True), (PHONE, False)], ids=["narrow", "plain"])
def test_a_mediator_hands_a_kit_over_and_takes_it_back_in_two_parts(site, cast, size, javascript):
    host = host_of_school(cast)
    blue = kit(units=4, broken=1, rules="Rendre chargée.")
    made = reserved(blue.id, Period(TEN, TEN + minutes(120)), cast.ids["manager"], Wish(school_id=host.school_id))
    _broken, one, two, three = items_of(made)
    page = site.visit("/equipe/materiel", size=size, javascript=javascript, account=cast.mediator)

    def step():
        if javascript:
            assert faults_of(page) + overflow_of(page) + small_targets_of(page) == [], page.url

    page.get_by_role("link", name="Remettre", exact=True).click()
    step()
    page.get_by_label("Tout ce qui fonctionne part").check()
    page.get_by_role("button", name="Remettre").click()
    step()
    assert page.locator(".faults a[href='#signed_name']").count() == 1
    page.get_by_label("Nom de la personne qui prend la mallette").fill("Bruno Lacaze")
    page.get_by_role("button", name="Remettre").click()
    step()
    assert page.get_by_text("La mallette est remise.").is_visible()
    assert read_again(made).state is ReservationState.HANDED_OVER

    page.get_by_role("link", name="Enregistrer le retour").click()
    step()
    page.locator(f"#i{one}").check()
    page.locator(f"#c{two}").select_option("damaged")
    page.get_by_label("Minutes d’utilisation").fill("90")
    page.get_by_label("Nom de la personne qui rend la mallette").fill("Bruno Lacaze")
    page.get_by_role("button", name="Enregistrer le retour").click()
    step()
    assert page.get_by_text("1 appareil est encore sorti").is_visible()
    page.get_by_role("link", name="Enregistrer le retour").click()
    page.get_by_label("Ce qui n’est pas coché manque").check()
    page.get_by_label("Nom de la personne qui rend la mallette").fill("Bruno Lacaze")
    page.get_by_role("button", name="Enregistrer le retour").click()
    step()
    again = read_again(made)
    assert (again.state, again.minutes_in_use) == (ReservationState.RETURNED, 90)
    found = {row.item_id: row.condition for row in db.session.scalars(select(Incident))}
    db.session.rollback()
    assert found == {two: Condition.DAMAGED, three: Condition.MISSING}


def test_three_scans_tick_three_devices_and_lead_to_the_last_one(site, cast):
    made = reserved(kit(units=12).id, Period(TEN, TEN + minutes(120)), cast.ids["manager"])
    ids = items_of(made)
    codes = [item.code for item in read_again(made).kit.items]
    db.session.rollback()
    page = site.visit("/equipe/materiel", size=PHONE, javascript=False, account=cast.mediator)
    for code in codes[-3:]:
        page.goto(f"/m/{code}")
    assert page.locator("ul.check input:checked").count() == 3
    assert page.locator(f"#i{ids[-1]}").is_checked()
    box = page.locator(f"#i{ids[-1]}").bounding_box()
    assert 0 <= box["y"] <= PHONE[1]
