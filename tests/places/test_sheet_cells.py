"""Cells of a spreadsheet, read as what they stand for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.i18n import _l
from places.importing import cells


class TestDays:
    @pytest.mark.parametrize(
        "written",
        [
            "28/02/2024", "28-02-2024", "28.02.2024", "28/2/24", "2024-02-28", "2024-02-28 00:00:00",
            "2024-02-28T10:00:00", "28/02/2024 10:15", " 28/02/2024 ",
        ],
    )  # fmt: skip
    def test_however_a_spreadsheet_writes_it(self, written):
        assert cells.day(written, "bought_on") == date(2024, 2, 28)

    @pytest.mark.parametrize("written", ["31/02/2026", "2026-02-31", "29.2.2026"])
    def test_of_a_day_that_no_calendar_has_this_is_said(self, written):
        with pytest.raises(cells.NoSuchDay) as refused:
            cells.day(written, "day")
        assert refused.value.field == "day"
        assert "does not exist" in str(refused.value)

    @pytest.mark.parametrize("written", ["31/02/2024", "2024-13-01", "hier", "45350", "28/02", "2024", "02/28/2024"])
    def test_what_is_no_day_is_refused_with_its_column(self, written):
        with pytest.raises(cells.BadDay) as refused:
            cells.day(written, "bought_on")
        assert refused.value.field == "bought_on"

    @given(days=st.integers(1, 400))
    def test_a_year_in_two_digits_is_of_this_century(self, days):
        day = date(2024, 1, 1) + timedelta(days)
        assert cells.day(f"{day:%d/%m/%y}", "x") == day


class TestYears:
    @pytest.mark.parametrize(
        "written", ["1957", 1957.0, "14/07/1957", "1957-07-14", "1957-07-14 00:00:00", "14.7.1957"]
    )
    def test_of_a_whole_date_the_year_alone_is_read(self, written):
        assert cells.year(written, "birth_year") == 1957

    @pytest.mark.parametrize("written", ["57", "14/07/57", "vers 1957", "19570", "\u0661\u0669\u0665\u0667"])
    def test_what_does_not_say_it_with_four_digits_is_refused(self, written):
        with pytest.raises(cells.BadYear) as refused:
            cells.year(written, "birth_year")
        assert refused.value.field == "birth_year"


class TestAmounts:
    @pytest.mark.parametrize(
        ("written", "cents"),
        [
            ("249,90", 24990), ("249.9", 24990), ("249", 24900), ("1 249,90 €", 124990),
            ("1\u202f249,90\u00a0€", 124990), ("0", 0), ("-3", -300), (249.0, 24900),
        ],
    )  # fmt: skip
    def test_however_it_is_written(self, written, cents):
        assert cells.cents(written, "price_cents") == cents

    @pytest.mark.parametrize("written", ["cher", "1,249.90", "12,345", "1e9", "NaN", "inf", "9" * 12, "€", "1/2"])
    def test_what_is_no_amount_is_refused(self, written):
        with pytest.raises(cells.BadAmount):
            cells.cents(written, "price_cents")


class TestNumbers:
    @pytest.mark.parametrize(
        ("written", "number"),
        [("12", 12), ("12.0", 12), ("12,00", 12), (12.0, 12), (" 87 % ", 87), ("1 440", 1440), ("-1", -1)],
    )  # fmt: skip
    def test_however_it_is_written(self, written, number):
        assert cells.number(written, "battery_percent") == number

    @pytest.mark.parametrize("written", ["douze", "1.5", "1" * 12, "٣", "0x10", "--1"])
    def test_what_is_no_whole_number_is_refused(self, written):
        with pytest.raises(cells.BadNumber):
            cells.number(written, "battery_percent")


class TestTexts:
    def test_a_text_is_on_one_line_and_rules_keep_theirs(self):
        assert cells.text(" Galaxy\n  Tab ", "label") == "Galaxy Tab"
        assert cells.lines(" Charger \r\n Compter ", "rules") == "Charger\nCompter"

    def test_a_formula_that_was_disarmed_is_itself_again(self):
        assert cells.text("'=1+1", "label") == "=1+1"
        assert cells.text("'simple", "label") == "'simple"

    def test_a_number_of_a_spreadsheet_loses_its_useless_decimals(self):
        assert cells.text(31000.0, "serial_number") == "31000"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestWords:
    """A reader of one of a few words."""

    READ = staticmethod(cells.one_of({"yes": _l("Yes"), "no": _l("No")}, {"vrai": "yes"}))

    @pytest.mark.parametrize("written", ["yes", "YES", "Oui", " oui ", "Vrai"])
    def test_ours_in_each_language_and_what_others_say(self, app, written):
        assert self.READ(written, "x") == "yes"

    def test_another_one_is_refused_with_those_that_are_offered(self, app):
        with app.test_request_context(headers={"Accept-Language": "en"}), pytest.raises(cells.BadWord) as refused:
            self.READ("maybe", "x")
        assert (str(refused.value), refused.value.field) == ("Write one of these: Yes, No.", "x")
