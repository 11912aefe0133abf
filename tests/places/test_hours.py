"""Opening hours: OSM text, its lapses, French sentences, and back."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.hours import french, osm
from places.hours.read import read_hours
from places.hours.week import DAY_MINUTES, WeeklyOpening, as_osm, tidy


def hours(text: str) -> str:
    """`text` read and written again."""
    read = osm.parse(text)
    assert not read.unread
    return as_osm(read.openings, read.holidays_closed)


class TestOsm:
    @pytest.mark.parametrize(
        ("text", "again"),
        [
            ("Mo-Fr 09:00-12:00,14:00-17:30", "Mo-Fr 09:00-12:00,14:00-17:30"),
            ("Mo,We 14:00-18:00", "Mo,We 14:00-18:00"),
            ("Mo, We 9:00-12:00, 13:30-17:00", "Mo,We 09:00-12:00,13:30-17:00"),
            ("Tu-Fr 10:00-12:00; Mo 13:30-18:00", "Mo 13:30-18:00; Tu-Fr 10:00-12:00"),
            ("Sa-Mo 10:00-12:00", "Mo,Sa,Su 10:00-12:00"),
            ("24/7", "Mo-Su 00:00-24:00"),
            ("09:00-18:00", "Mo-Su 09:00-18:00"),
            ("Mo 09:00-24:00", "Mo 09:00-24:00"),
            ("Mo-Fr 09:00-13:00,13:00-17:00", "Mo-Fr 09:00-17:00"),
            ("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00; PH off"),
            ("", ""),
            (" ; ", ""),
        ],
    )
    def test_is_read_and_written_in_one_form(self, text, again):
        assert hours(text) == again

    def test_a_later_rule_replaces_the_earlier_on_its_days(self):
        assert hours("Mo-Fr 09:00-12:30,14:00-17:30; We 09:00-12:30") == (
            "Mo,Tu,Th,Fr 09:00-12:30,14:00-17:30; We 09:00-12:30"
        )

    def test_off_closes_days(self):
        assert hours("Mo-Fr 10:00-12:00; We,Th off") == "Mo,Tu,Fr 10:00-12:00"

    def test_a_rule_after_a_comma_adds(self):
        assert hours("Mo-Fr 08:00-12:00, We 14:00-16:00") == "Mo,Tu,Th,Fr 08:00-12:00; We 08:00-12:00,14:00-16:00"

    def test_past_midnight_goes_on_the_next_day(self):
        assert hours("Fr 22:00-02:00") == "Fr 22:00-24:00; Sa 00:00-02:00"
        assert hours("Su 22:00-02:00") == "Mo 00:00-02:00; Su 22:00-24:00"

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("We 10:00-12:30, 13h30-18:00", "We 10:00-12:30,13:30-18:00"),
            ("Mo-Fr 14:00-19:00\u00a0;Sa 14\u00a0:00-18h00 ", "Mo-Fr 14:00-19:00; Sa 14:00-18:00"),
            ("Mo, Fr 14:00-17:00 We 9:00-12:00", "Mo,Fr 14:00-17:00; We 09:00-12:00"),
            ("Mo-Fr 09:00-12:00; 14:00-17:00", "Mo-Fr 09:00-12:00,14:00-17:00"),
            ("Mo-Tu-Th-Fr 09:00-12:00", "Mo,Tu,Th,Fr 09:00-12:00"),
            ("Tu-Th-Fr 14:00-18:00; We-Sa 10:00-12:30", "Tu,Th,Fr 14:00-18:00; We,Sa 10:00-12:30"),
        ],
    )
    def test_lapses_of_real_files_are_understood(self, text, meant):
        assert hours(text) == meant

    @pytest.mark.parametrize(
        ("text", "unread"),
        [
            ("Mo 09:30-12:00; Tu 12:30", ("Tu 12:30",)),
            ("Mo 09:00-12:00; Fr 08:30-12:15-13:30", ("Fr 08:30-12:15-13:30",)),
            ("Mo 18:00-09:00", ("Mo 18:00-09:00",)),
            ("Mo 25:00-26:00", ("Mo 25:00-26:00",)),
            ("Mo 09:60-10:00", ("Mo 09:60-10:00",)),
            ("Mo 09:00-09:00", ("Mo 09:00-09:00",)),
            ("Jan-Mar Mo 09:00-12:00", ("Jan-Mar Mo 09:00-12:00",)),
            ("Mo", ("Mo",)),
            ("Mo off 09:00-12:00", ("Mo off 09:00-12:00",)),
            ("PH 09:00-12:00", ("PH 09:00-12:00",)),
            ("sunrise-sunset", ("sunrise-sunset",)),
        ],
    )
    def test_what_can_not_be_read_is_handed_back(self, text, unread):
        assert osm.parse(text).unread == unread

    def test_the_rest_is_read_all_the_same(self):
        assert as_osm(osm.parse("Mo 09:30-12:00,14:00-17:00; Tu 12:30").openings) == "Mo 09:30-12:00,14:00-17:00"


OPENINGS = st.builds(
    lambda day, start, length: WeeklyOpening(day, start, min(start + length, DAY_MINUTES)),
    st.integers(0, 6),
    st.integers(0, DAY_MINUTES - 1),
    st.integers(1, DAY_MINUTES),
)


class TestProperties:
    @given(st.lists(OPENINGS, max_size=20))
    def test_a_week_that_is_written_is_read_the_same(self, openings):
        assert osm.parse(as_osm(openings)).openings == tidy(openings)

    @given(st.lists(OPENINGS, max_size=20))
    def test_tidy_openings_never_touch(self, openings):
        week = tidy(openings)
        assert all(one.weekday < other.weekday or one.end < other.start for one, other in itertools.pairwise(week))

    @given(st.lists(OPENINGS, max_size=20))
    def test_tidying_keeps_every_minute(self, openings):
        def minutes(week):
            return {(one.weekday, minute) for one in week for minute in range(one.start, one.end)}

        assert minutes(tidy(openings)) == minutes(openings)

    @given(st.text())
    def test_no_text_breaks_it(self, text):
        read_hours(text)

    @given(st.text(alphabet="MoTuWeThFrSaSu0123456789:-,; h/offPH", max_size=60))
    def test_whatever_it_reads_is_a_week(self, text):
        for opening in osm.parse(text).openings:
            assert 0 <= opening.weekday <= 6
            assert 0 <= opening.start < opening.end <= DAY_MINUTES

    @given(st.text(alphabet="MoTuWeThFrSaSu0123456789:-,; h", max_size=60))
    def test_reading_twice_is_reading_once(self, text):
        kept, read = read_hours(text)
        if not read.unread:
            assert read_hours(kept)[0] == kept


class TestFrench:
    @pytest.mark.parametrize(
        ("text", "osm_text"),
        [
            ("9h-12h et 14h-17h du lundi au vendredi", "Mo-Fr 09:00-12:00,14:00-17:00"),
            ("Du lundi au vendredi, de 9h30 à 17h", "Mo-Fr 09:30-17:00"),
            ("Mardi : 15h à18h30 Mercredi : 9h30 à 12h", "Tu 15:00-18:30; We 09:30-12:00"),
            ("Lundi, mercredi, jeudi : 10h -12h30 / 14h - 18h", "Mo,We,Th 10:00-12:30,14:00-18:00"),
            ("Lundi et Jeudi de 9 à 12h et de 14 à 18h30", "Mo,Th 09:00-12:00,14:00-18:30"),
            ("les mardis et jeudis 14h-16h", "Tu,Th 14:00-16:00"),
            ("Lundi au jeudi : 9h à 12h, vendredi : 9h à 11h", "Mo-Th 09:00-12:00; Fr 09:00-11:00"),
        ],
    )
    def test_a_sentence_becomes_osm(self, text, osm_text):
        assert read_hours(text)[0] == osm_text

    @pytest.mark.parametrize(
        "text",
        [
            "9h à 12h hors vacances scolaires",
            "Lundi au vendredi : 9h à 18h (lundi et jeudi matin fermé)",
            "Du lundi au vendredi, de 8h30 à 17h, sur rendez-vous uniquement",
            "Ligne Irigo N° 6, 11 - arrêt les Deniers",
            "9h à 12h / 13h à 17h (17h30 le mercredi)",
            "lundi 9h",
            "lundi 12h à 9h",
            "Sur rendez-vous",
        ],
    )
    def test_a_condition_keeps_the_text_for_people(self, text):
        kept, read = read_hours(text)
        assert kept == text
        assert read.unread == (text,)
        assert not read.openings

    @pytest.mark.parametrize("text", ["/", "", None, " - "])
    def test_nothing_is_nothing(self, text):
        assert read_hours(text) == ("", osm.parse(""))

    def test_hours_of_one_day_without_sense_are_empty(self):
        assert french.times("fermé") == ""
        assert french.times("17h-9h") == ""
