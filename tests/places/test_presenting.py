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
        ("fr", [("lundi", "9\u202fh\u202f00 – 12\u202fh\u202f00, 14\u202fh\u202f00 – 17\u202fh\u202f30"),
                ("samedi", "10\u202fh\u202f00 – 12\u202fh\u202f00")]),
        ("en", [("Monday", "9:00 – 12:00, 14:00 – 17:30"), ("Saturday", "10:00 – 12:00")]),
        ("ar", [("الاثنين", "9:00 – 12:00, 14:00 – 17:30"), ("السبت", "10:00 – 12:00")]),
    ],
)  # fmt: skip
def test_hours_in_the_reader_s_language(app, locale, lines):
    with in_language(locale):
        assert week("Mo 09:00-12:00,14:00-17:30; Sa 10:00-12:00") == lines


def test_hours_that_close_on_holidays(app):
    with in_language("fr"):
        assert week("Mo 09:00-12:00; PH off")[-1] == ("Jours fériés", "fermé")


@pytest.mark.parametrize("text", ["Sur rendez-vous", "Mo 09:00-12:00; Tu 12:30"])
def test_hours_that_can_not_all_be_read_are_shown_as_written(app, text):
    assert week(text) == [("", text)]


def test_no_hours_are_no_lines(app):
    assert week("") == []


@pytest.mark.parametrize(("locale", "shown"), [("fr", "25\u202f909"), ("en", "25,909")])
def test_thousands(app, locale, shown):
    with in_language(locale):
        assert thousands(25_909) == shown
