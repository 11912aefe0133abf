"""Odd answers of borrowers: a kit that is gone, a loan too long for any kit, text that would turn pages round."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.db import db, transaction
from tests.equipment.borrowing import ASK, as_teacher, asked, chosen, faults, need, reservations, send
from tests.equipment.given import TUESDAY, kit, morning, reserved
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
GONE = "La mallette que vous aviez choisie n’est plus prêtée."


def ends_after(days):
    return (TUESDAY + timedelta(days=days)).isoformat()


def test_a_kit_that_is_not_lent_any_more_is_told_at_once_and_any_other_is_meant(client, cast):
    blue = kit()
    as_teacher(client, cast)
    answer = client.post(ASK, data=need(kit_id="999"))
    assert answer.status_code == 422
    assert GONE in faults(answer)[0]
    assert 'name="kit_id" type="hidden" value="0"' in answer.text
    assert GONE in main_of(client.get(f"{ASK}?mallette=999"))
    with transaction():
        db.session.merge(blue).resource.active = False
    kit("Mallette rouge")
    assert GONE in main_of(client.get(f"{ASK}?mallette={blue.id}"))
    assert client.post(ASK, data=need()).status_code == 303


def test_what_is_too_long_for_any_kit_is_refused_where_its_end_is_typed(client, cast):
    kit(longest_loan_days=7)
    kit("Mallette rouge", longest_loan_days=14)
    as_teacher(client, cast)
    answer = client.post(ASK, data=need(last_day=ends_after(30)))
    assert answer.status_code == 422
    assert "Aucune mallette ne se prête plus de 14 jours." in faults(answer)[0]
    assert client.post(ASK, data=need(last_day=ends_after(10))).status_code == 303


def test_no_near_time_is_promised_where_none_follows(client, cast):
    blue = kit(longest_loan_days=7, unit_kind="tablette")
    kit("Petite", units=1, longest_loan_days=14)
    as_teacher(client, cast)
    page = main_of(client.get(f"{ASK}/choisir?d={asked(client, last_day=ends_after(10))}"))
    assert "Aucune mallette ne se prête ainsi. Cette mallette se prête 7 jours au plus." in page
    assert "les plus proches" not in page
    reserved(blue.id, morning(), cast.ids["mediator"])
    page = main_of(client.get(f"{ASK}/choisir?d={asked(client)}"))
    assert "Voici les créneaux les plus proches." in page


def test_a_day_of_another_year_says_which(client, cast):
    kit()
    as_teacher(client, cast)
    far = main_of(client.get(f"{ASK}/choisir?d={asked(client, day='2027-03-16')}"))
    assert "mardi 16 mars 2027, de 8 h 30" in far.replace("\u202f", " ").replace("\u00a0", " ")
    near = main_of(client.get(f"{ASK}/choisir?d={asked(client)}"))
    assert "mardi 17 mars, de" in near


def test_a_name_that_would_turn_pages_round_is_stored_plainly(client, cast):
    blue = kit()
    as_teacher(client, cast)
    assert send(client, chosen(client, blue.id, group_label="\u202eCM1\x00")).status_code == 303
    assert [one.group_label for one in reservations()] == ["CM1"]
