"""The calendar of kits: what each word means, holidays, notice, and the days on which a place works."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import sign_in
from tests.counting import statements
from tests.equipment.borrowing import ASK, HOME, as_teacher
from tests.equipment.given import host_of_home, kit, morning, reserved
from tests.equipment.test_borrowing_series import holidays
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def week_of(client, day):
    return client.get(f"{HOME}/calendrier?semaine={day}")


def test_every_word_of_the_calendar_is_explained_and_each_kit_says_its_notice(client, cast):
    kit(lead_hours=48)
    kit("Sans délai", lead_hours=0)
    as_teacher(client, cast)
    text = main_of(week_of(client, "2026-03-19"))
    assert "trop tard (moins que le délai demandé par la mallette)" in text
    assert "prise une autre structure l’a, ou elle se recharge" in text
    assert "– (pas d’école)" in text
    assert text.count("à réserver 48 heures à l’avance") == 1


def test_what_is_taken_stands_out(client, cast):
    """In the morning, in the afternoon while it is charged, and in the legend."""
    reserved(kit().id, morning(), cast.ids["mediator"])
    as_teacher(client, cast)
    page = week_of(client, "2026-03-19").get_data(as_text=True)
    assert page.count('<span class="tag absent">prise</span>') == 3


def test_holidays_are_named_over_their_days(client, cast):
    kit()
    as_teacher(client, cast)
    holidays()
    page = week_of(client, "2026-04-28")
    assert main_of(page).count("Fête de la ville") == 1
    assert 'data-label="mar. 28 avr., Fête de la ville"' in page.get_data(as_text=True)
    assert main_of(week_of(client, "2026-04-07")).count("Vacances de printemps") == 5


def test_a_care_home_sees_every_day_it_may_book_and_no_school_holidays(client, cast):
    blue = kit()
    sign_in(client, host_of_home(cast))
    holidays()
    page = week_of(client, "2026-04-07")
    text = main_of(page)
    assert "Vacances de printemps" not in text
    assert "pas d’école" not in text
    for day in (date(2026, 4, 11), date(2026, 4, 12)):
        assert f"{ASK}?mallette={blue.id}&amp;jour={day}" in page.get_data(as_text=True)
    assert "Fête de la ville" in main_of(week_of(client, "2026-04-28"))


def test_a_care_home_reads_no_words_of_schools(client, cast):
    kit()
    sign_in(client, host_of_home(cast))
    asked = main_of(client.get(ASK))
    assert "Scratch" not in asked
    assert "CM1" not in asked
    assert "un étage" in asked
    answers = main_of(client.get(f"{HOME}/a-repondre"))
    assert "direction de l’école" not in answers
    assert "c’est la ville qui répond" in answers


def test_many_kits_and_holidays_ask_no_more_often(client, cast):
    kit()
    as_teacher(client, cast)
    holidays()
    week_of(client, "2026-04-07")
    with statements() as few:
        week_of(client, "2026-04-07")
    for n in range(8):
        kit(f"Mallette {n}")
    with statements() as many:
        week_of(client, "2026-04-07")
    assert len(many) == len(few)
