"""How days, times, lengths and telephone numbers are written, in each language."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask_babel import force_locale

from foundation import i18n

TUESDAY = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "written"),
    [("fr", "mardi 24 novembre"), ("en", "Tuesday 24 November"), ("ar", "الثلاثاء 24 نوفمبر")],
)
def test_a_day_is_written_in_the_readers_language(app, locale, written):
    with force_locale(locale):
        assert i18n.day(TUESDAY) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [(date(2026, 12, 1), "mardi 1er décembre 2026"), (date(2026, 12, 11), "vendredi 11 décembre 2026")],
)
def test_the_first_of_a_month_is_ordinal_in_french(app, day, written):
    with force_locale("fr"):
        assert i18n.full_day(day) == written
        assert i18n.plain_day(day) == written.split(" ", 1)[1]


def test_a_part_in_another_language_leaves_the_rest_as_it_was(app):
    with app.test_request_context("/?", headers={"Accept-Language": "en"}):
        assert (i18n.language(), i18n._("Menu"), i18n.day(TUESDAY)) == ("en", "Menu", "Tuesday 24 November")
        with i18n.in_language("ar"):
            assert i18n.day(TUESDAY) == "الثلاثاء 24 نوفمبر"
            with i18n.in_language("fr"):
                assert str(i18n._l("Sign out")) == "Se déconnecter"
            assert i18n.text_direction() == "rtl"
        assert (i18n.language(), i18n.ngettext("%(num)s seat left", "%(num)s seats left", 2)) == ("en", "2 seats left")


def test_outside_of_an_application_words_are_those_of_the_code():
    assert (i18n._("Sign out"), i18n.ngettext("%(num)s seat left", "%(num)s seats left", 1)) == (
        "Sign out",
        "1 seat left",
    )


def test_an_instant_late_in_the_evening_belongs_to_the_day_of_the_wall_clock(app):
    with force_locale("fr"):
        assert i18n.day(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) == "mercredi 25 novembre"


@pytest.mark.parametrize(("locale", "written"), [("fr", "9\u202fh\u202f05"), ("en", "9:05"), ("ar", "9:05")])
def test_a_time_is_on_the_wall_clock(app, locale, written):
    with force_locale(locale):
        assert i18n.wall_clock(TUESDAY) == written


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30"), (125, "2 h 05")],
)
def test_lengths(app, minutes, written):
    with force_locale("en"):
        assert i18n.duration(minutes) == written
        assert i18n.duration(timedelta(minutes=minutes)) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+33639980012", "06 39 98 00 12"),
        ("+262692123456", "0692 12 34 56"),
        ("+447911123456", "+44 7911 123456"),
        ("not a number", "not a number"),
        (None, ""),
    ],
)
def test_a_number_is_written_as_it_is_read_aloud(app, number, written):
    assert i18n.phone(number) == written


def test_an_unknown_language_is_french(app):
    with i18n.in_language("xx"):
        assert i18n.language() == "fr"


def test_the_language_is_remembered_and_the_page_is_turned_round(client):
    assert 'dir="ltr"' in client.get("/nowhere").get_data(as_text=True)
    response = client.get("/langue/ar?next=/nowhere")
    assert (response.status_code, response.location) == (303, "/nowhere")
    page = client.get("/nowhere").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in page


def test_the_browsers_language_counts_until_one_is_chosen(client):
    page = client.get("/nowhere", headers={"Accept-Language": "en-GB,en;q=0.9"}).get_data(as_text=True)
    assert '<html lang="en"' in page
    page = client.get("/nowhere", headers={"Accept-Language": "ja"}).get_data(as_text=True)
    assert '<html lang="fr"' in page


def test_a_language_nobody_speaks_here_is_not_found(client):
    assert client.get("/langue/xx").status_code == 404
