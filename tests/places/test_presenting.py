"""How places are shown: hours, kinds, numbers, and a sentence for every trouble."""

from __future__ import annotations

import pytest

from foundation.i18n import in_language
from places.importing.report import Trouble
from places.models import CareHomeKind, Level, Neighbourhood, Placement, SchoolKind, StructureKind
from places.views.presenting import thousands, week, where, word
from places.words import CARE_HOME_KINDS, LEVELS, PLACEMENTS, SCHOOL_KINDS, STRUCTURE_KINDS, TROUBLES


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Trouble, TROUBLES),
        (Placement, PLACEMENTS),
        (Level, LEVELS),
        (StructureKind, STRUCTURE_KINDS),
        (SchoolKind, SCHOOL_KINDS),
        (CareHomeKind, CARE_HOME_KINDS),
    ],
)
def test_every_member_has_its_words(app, kind, words):
    assert words.keys() == set(kind)
    assert all(str(words[member]) for member in kind)


def test_members_of_equal_value_have_their_own_words(app):
    with in_language("en"):
        assert word(Level.QUARTIER) == "Neighbourhoods"
        assert {word(SchoolKind.OTHER), word(StructureKind.OTHER)} == {"Other"}


def test_where_a_place_is(app):
    with in_language("fr"):
        assert where(Neighbourhood(name="Le Port"), Placement.INSIDE) == "Le Port"
        assert where(None, Placement.OUTSIDE) == "hors des quartiers"
        assert where(None, Placement.UNKNOWN) == "non connu"


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        ("fr", [("lundi", "9_h_00 – 12_h_00, 14_h_00 – 17_h_30"), ("samedi", "10_h_00 – 12_h_00")]),
        ("en", [("Monday", "9:00 – 12:00, 14:00 – 17:30"), ("Saturday", "10:00 – 12:00")]),
        (
            "ar",
            [
                ("الاثنين", "\u200f\u20669:00 – 12:00\u2069، \u206614:00 – 17:30\u2069"),
                ("السبت", "\u200f\u206610:00 – 12:00\u2069"),
            ],
        ),
    ],
)
def test_hours_in_the_reader_s_language_none_of_which_is_parted_at_the_end_of_a_line(app, locale, lines):
    unparted = [(day, hours.replace(" – ", "\u00a0–\u2060\u00a0").replace("_", "\u202f")) for day, hours in lines]
    with in_language(locale):
        assert week("Mo 09:00-12:00,14:00-17:30; Sa 10:00-12:00") == unparted


def test_hours_that_close_on_holidays(app):
    with in_language("fr"):
        assert week("Mo 09:00-12:00; PH off")[-1] == ("Jours fériés", "fermé")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sur rendez-vous, Sa mairie", "Sur rendez-vous, Sa mairie"),
        ("Mo 09:00-12:00; Tu 12:30", "lundi 09:00-12:00; mardi 12:30"),
        ("Jul-Aug Mo-Fr 09:00-12:00; SH off", "juillet-août lundi-vendredi 09:00-12:00; vacances scolaires fermé"),
        ('We 14:00-17:00 "Sa fête"', 'mercredi 14:00-17:00 "Sa fête"'),
    ],
)
def test_hours_that_can_not_all_be_read_are_said_to_be_the_place_s_own_with_days_in_words(app, text, shown):
    with in_language("fr"):
        assert week(text) == [("Horaires indiqués par le lieu\u00a0:", shown)]


def test_no_hours_are_no_lines(app):
    assert week("") == []


@pytest.mark.parametrize(("locale", "shown"), [("fr", "25\u202f909"), ("en", "25,909")])
def test_thousands(app, locale, shown):
    with in_language(locale):
        assert thousands(25_909) == shown
