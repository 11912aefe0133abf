"""Days and hours read as a sentence, in French and in English."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.models import Recurrence
from agenda.patterns import described, said
from agenda.rules.recurrence import Pattern
from foundation.i18n import in_language

TODAY = date(2026, 3, 10)
JANUARY = date(2026, 1, 6)
NINE, NOON, MIDNIGHT = time(9), time(12), time.min


def _weekly(weekdays, **more):
    return Pattern.weekly(weekdays, NINE, NOON, JANUARY, **more)


def _monthly(recurrence, first_day, every=1):
    return Pattern(first_day, None, NINE, NOON, recurrence, every)


CASES = [
    (_weekly([1]), "Le mardi, de 9 h 00 à 12 h 00", "On Tuesday, from 9:00 to 12:00"),
    (_weekly([0, 3]), "Le lundi et le jeudi, de 9 h 00 à 12 h 00", "On Monday and on Thursday, from 9:00 to 12:00"),
    (
        _weekly([0, 2, 4]),
        "Le lundi, le mercredi et le vendredi, de 9 h 00 à 12 h 00",
        "On Monday, on Wednesday and on Friday, from 9:00 to 12:00",
    ),
    (_weekly([0, 1, 2, 3, 4]), "Du lundi au vendredi, de 9 h 00 à 12 h 00", "Monday to Friday, from 9:00 to 12:00"),
    (_weekly(list(range(7))), "Tous les jours, de 9 h 00 à 12 h 00", "Every day, from 9:00 to 12:00"),
    (
        _weekly([1], every=2),
        "Une semaine sur deux, le mardi, de 9 h 00 à 12 h 00",
        "Every other week, on Tuesday, from 9:00 to 12:00",
    ),
    (
        _weekly([1], every=3),
        "Toutes les 3 semaines, le mardi, de 9 h 00 à 12 h 00",
        "Every 3 weeks, on Tuesday, from 9:00 to 12:00",
    ),
    (
        _weekly([1], last_day=date(2026, 6, 30)),
        "Le mardi, de 9 h 00 à 12 h 00, jusqu’au mardi 30 juin 2026",
        "On Tuesday, from 9:00 to 12:00, until Tuesday 30 June 2026",
    ),
    (
        Pattern.weekly([1], NINE, NOON, date(2026, 5, 5)),
        "Le mardi, de 9 h 00 à 12 h 00, à partir du mardi 5 mai 2026",
        "On Tuesday, from 9:00 to 12:00, from Tuesday 5 May 2026",
    ),
    (Pattern.weekly([1], MIDNIGHT, MIDNIGHT, JANUARY), "Le mardi", "On Tuesday"),
    (
        Pattern.weekly([1], time(20), MIDNIGHT, JANUARY),
        "Le mardi, de 20 h 00 à minuit",
        "On Tuesday, from 20:00 to midnight",
    ),
    (
        _monthly(Recurrence.MONTHLY_WEEKDAY, date(2026, 1, 13)),
        "Le deuxième mardi de chaque mois, de 9 h 00 à 12 h 00",
        "The second Tuesday of each month, from 9:00 to 12:00",
    ),
    (
        _monthly(Recurrence.MONTHLY_WEEKDAY, date(2026, 1, 30), every=2),
        "Le cinquième vendredi, tous les 2 mois, de 9 h 00 à 12 h 00",
        "The fifth Friday, every 2 months, from 9:00 to 12:00",
    ),
    (
        _monthly(Recurrence.MONTHLY_DAY, date(2026, 1, 15)),
        "Le 15 de chaque mois, de 9 h 00 à 12 h 00",
        "Day 15 of each month, from 9:00 to 12:00",
    ),
    (
        Pattern.once(date(2026, 3, 12), NINE, NOON),
        "Jeudi 12 mars 2026, de 9 h 00 à 12 h 00",
        "Thursday 12 March 2026, from 9:00 to 12:00",
    ),
    (Pattern.once(date(2026, 3, 12)), "Jeudi 12 mars 2026", "Thursday 12 March 2026"),
    (
        Pattern.once(date(2026, 8, 24), last_day=date(2026, 8, 28)),
        "Du lundi 24 août 2026 au vendredi 28 août 2026",
        "From Monday 24 August 2026 to Friday 28 August 2026",
    ),
    (
        Pattern.once(date(2026, 8, 24), time(14), NOON, date(2026, 8, 28)),
        "Du lundi 24 août 2026 à 14 h 00 au vendredi 28 août 2026 à 12 h 00",
        "From Monday 24 August 2026 at 14:00 to Friday 28 August 2026 at 12:00",
    ),
]


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture(scope="module")
def words(shared_app):
    with shared_app.app_context():
        yield lambda pattern, locale: _in(locale, pattern)


def _in(locale: str, pattern: Pattern) -> str:
    with in_language(locale):
        return _plain(described(pattern, TODAY))


@pytest.mark.parametrize(("pattern", "french", "english"), CASES, ids=[case[1] for case in CASES])
def test_a_pattern_reads_as_a_sentence(words, pattern, french, english):
    assert words(pattern, "fr") == french
    assert words(pattern, "en") == english


def test_a_first_day_that_has_passed_is_not_mentioned(words):
    assert "à partir" not in words(_weekly([1]), "fr")


def test_hours_are_said_as_the_language_says_them(shared_app):
    with shared_app.app_context(), in_language("fr"):
        assert _plain(said(time(9, 5))) == "9 h 05"
    with shared_app.app_context(), in_language("en"):
        assert said(time(9, 5)) == "9:05"


@given(
    weekdays=st.lists(st.integers(0, 6), min_size=1, unique=True),
    every=st.integers(1, 52),
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_every_weekly_pattern_says_something_whole(words, weekdays, every, first):
    sentence = words(Pattern.weekly(weekdays, NINE, NOON, first, every=every), "fr")
    assert sentence[0].isupper()
    assert "de 9 h 00 à 12 h 00" in sentence
    assert "%(" not in sentence
    assert ("semaine" in sentence) == (every > 1)
