"""Keeping a kit back on its page: planned, refused with what is free, called off."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from equipment.models import Maintenance
from foundation.period import Period
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.faults import count
from tests.equipment.given import by_rights, host_of_school, kit, ledger, morning, reserved
from tests.equipment.test_maintenance import planned
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
SENT = {
    "label": "Mise à jour", "first_day": "2026-03-17", "starts": "09:00", "last_day": "", "ends": "12:00",
}  # fmt: skip


def page_of(kit_id):
    return f"/equipe/materiel/mallettes/{kit_id}/entretien"


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_a_mediator_keeps_a_kit_back_and_calls_it_off(client, cast):
    blue = kit()
    sign_in(client, cast.mediator)
    assert "Aucun entretien" in read(client, page_of(blue.id))
    for _ in range(2):
        assert client.post(page_of(blue.id), data=SENT).status_code == 303
    assert ledger() == by_rights() != set()
    assert count(Maintenance) == 1
    page = read(client, page_of(blue.id))
    assert "Mise à jour" in page
    (address,) = re.findall(r'action="([^"]+/annuler)"', page)
    for _ in range(2):
        assert client.post(address).status_code == 303
    assert ledger() == set()
    assert "/annuler" not in read(client, page_of(blue.id))


def test_over_several_days(client, cast):
    blue = kit()
    sign_in(client, cast.mediator)
    sent = SENT | {"last_day": "2026-03-20", "ends": "08:00"}
    assert client.post(page_of(blue.id), data=sent).status_code == 303
    ((_reference, _resource, start, end),) = ledger()
    assert (start, end) == (morning().start, morning().start + timedelta(days=3, hours=-1))


def test_a_loan_in_the_way_is_named_and_a_free_time_is_one_press_away(client, cast):
    blue = kit()
    reserved(blue.id, morning(), host_of_school(cast).id)
    sign_in(client, cast.mediator)
    response = client.post(page_of(blue.id), data=SENT)
    assert response.status_code == 409
    page = response.get_data(as_text=True)
    assert "École des Peupliers" in page
    assert 'id="first_day-fault"' in page
    assert count(Maintenance) == 0
    free = [unescape(one) for one in re.findall(r'href="([^"]*entretien\?du=[^"]*)"', page)]
    assert len(free) == 3
    form = read(client, free[0])
    for value in ("2026-03-16", "09:00", "12:00", "Mise à jour"):
        assert f'value="{value}' in form
    assert client.post(page_of(blue.id), data=SENT | {"first_day": "2026-03-16"}).status_code == 303


def test_over_several_days_it_is_said_on_which_one_the_kit_is_taken(client, cast):
    blue = kit()
    reserved(blue.id, morning(), host_of_school(cast).id)
    sign_in(client, cast.mediator)
    page = read_sent(client, blue.id, first_day="2026-03-16", last_day="2026-03-18")
    assert "Déjà pris le mardi 17 mars de 9 h 00 à 14 h 00" in page
    assert "Déjà pris de 9 h 00 à 14 h 00" in read_sent(client, blue.id)


def read_sent(client, kit_id, **changes):
    """What the page says of a stretch that is not free."""
    response = client.post(page_of(kit_id), data=SENT | changes)
    assert response.status_code == 409
    return response.get_data(as_text=True).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_month_without_a_free_time_says_so(client, cast):
    blue = kit(longest_loan_days=365)
    loan = reserved(blue.id, morning(), cast.ids["manager"])
    planned(blue.id, cast.ids["manager"], Period(morning(-1).start, morning().start), "Avant")
    planned(blue.id, cast.ids["manager"], Period(loan.held_until, morning(6).start), "Après")
    sign_in(client, cast.mediator)
    page = client.post(page_of(blue.id), data=SENT).get_data(as_text=True)
    assert "pas libre à ces heures" in page
    assert "entretien?du=" not in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"label": ""}, "label"),
        ({"first_day": "x"}, "first_day"),
        ({"starts": ""}, "starts"),
        ({"ends": "08:00"}, "ends"),
        ({"last_day": "2026-03-16"}, "last_day"),
        ({"first_day": "2026-03-03"}, "ends"),
        ({"last_day": "2027-09-01"}, "ends"),
        ({"label": "mdp=Tablette12!"}, "label"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, cast, changed, field):
    blue = kit()
    sign_in(client, cast.mediator)
    response = client.post(page_of(blue.id), data=SENT | changed)
    assert response.status_code == 422
    assert f'id="{field}-fault"' in response.get_data(as_text=True)
    assert ledger() == set()


@pytest.mark.parametrize("odd", ["?du=x&au=y", "?du=2026-03-17T09:00", "?du=2026-03-17T09:00%2B01:00", "?quoi="])
def test_odd_times_in_the_address_propose_nothing(client, cast, odd):
    blue = kit()
    sign_in(client, cast.mediator)
    page = read(client, page_of(blue.id) + odd)
    assert re.search(r'id="first_day"[^>]*value=""', page)


def test_upkeep_of_another_year_says_which(client, cast):
    blue = kit()
    planned(blue.id, cast.ids["mediator"], morning())
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        sign_in(client, cast.mediator)
        assert "2026 · mardi 17 mars, 9" in read(client, page_of(blue.id))


def test_what_is_over_is_said_to_be_so(client, cast):
    blue = kit()
    begun = Period(NOW - timedelta(hours=2), NOW + timedelta(minutes=1))
    made = planned(blue.id, cast.ids["mediator"], begun)
    sign_in(client, cast.mediator)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        client.post(f"/equipe/materiel/entretiens/{made.id}/annuler")
        page = read(client, page_of(blue.id))
    assert "Cet entretien est passé" in page
    assert "/annuler" not in page
    assert reread(made).called_off_at is None


def test_another_structures_kit_and_upkeep_are_not_there(client, cast):
    theirs = kit(structure_id=cast.ids["association"])
    made = planned(theirs.id, cast.ids["other_mediator"])
    sign_in(client, cast.mediator)
    read(client, page_of(theirs.id), 404)
    read(client, page_of(theirs.id + 1000), 404)
    assert client.post(page_of(theirs.id), data=SENT | {"first_day": "2026-03-24"}).status_code == 404
    for missing in (made.id, made.id + 1000):
        assert client.post(f"/equipe/materiel/entretiens/{missing}/annuler").status_code == 404
    assert reread(made).called_off_at is None


@pytest.mark.parametrize("role", [Role.HOST, Role.PRESCRIBER, Role.PARTNER])
def test_upkeep_is_the_teams(client, cast, role):
    blue = kit()
    sign_in(client, cast.account_of(role))
    read(client, page_of(blue.id), 403)
    assert client.post(page_of(blue.id), data=SENT).status_code == 403


def test_more_upkeep_asks_no_more_of_the_database(client, cast):
    blue = kit()
    planned(blue.id, cast.ids["mediator"])
    sign_in(client, cast.mediator)
    read(client, page_of(blue.id))
    with statements() as few:
        read(client, page_of(blue.id))
    for week in range(1, 8):
        planned(blue.id, cast.ids["manager"], morning(week))
    with statements() as many:
        read(client, page_of(blue.id))
    assert len(many) == len(few)
