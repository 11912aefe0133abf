"""What a place must have, who may change it, which colours can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.rules import (
    DARK_PAPER,
    LIGHT_PAPER,
    Actor,
    BadColourError,
    BadPointError,
    BadPostcodeError,
    BadSiretError,
    NotYoursError,
    PaleColourError,
    check_scope,
    checked_colour,
    checked_point,
    checked_postcode,
    checked_siret,
    contrast,
)


class TestScope:
    def test_a_manager_of_the_territory_changes_any_place(self):
        check_scope(Actor(1, None), 5)
        check_scope(Actor(1, None), None)

    def test_a_manager_of_a_structure_changes_its_own(self):
        check_scope(Actor(1, 5), 5)

    @pytest.mark.parametrize("structure_id", [None, 6])
    def test_and_no_other(self, structure_id):
        with pytest.raises(NotYoursError):
            check_scope(Actor(1, 5), structure_id)


def test_a_postcode_has_five_digits():
    assert checked_postcode("44 000") == "44000"
    for wrong in ("Nantes", "4400", "440000"):
        with pytest.raises(BadPostcodeError):
            checked_postcode(wrong)


def test_a_point_is_both_or_none():
    assert checked_point("", "") is None
    assert checked_point("47.2", "-1.5").latitude == 47.2
    with pytest.raises(BadPointError):
        checked_point("47.2", "")


def test_a_siret_checks_or_is_empty():
    assert checked_siret("") is None
    assert checked_siret("130 026 032 00016") == "13002603200016"
    with pytest.raises(BadSiretError):
        checked_siret("13002603200017")


class TestColour:
    def test_black_on_white_is_21(self):
        assert contrast("#000000", "#ffffff") == pytest.approx(21)

    def test_a_readable_colour_is_kept_in_lower_case(self):
        assert checked_colour(" #0C5A55 ", LIGHT_PAPER, "accent_colour") == "#0c5a55"
        assert checked_colour("#7fd0c4", DARK_PAPER, "accent_colour_dark") == "#7fd0c4"

    def test_none_is_the_colour_of_the_house(self):
        assert checked_colour("", LIGHT_PAPER, "accent_colour") == ""

    def test_a_pale_one_is_refused_with_its_contrast(self, app):
        with pytest.raises(PaleColourError) as refused:
            checked_colour("#f2a65a", LIGHT_PAPER, "accent_colour")
        assert refused.value.field == "accent_colour"
        assert "4,5" in str(refused.value) or "4.5" in str(refused.value)

    @pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "0c5a55"])
    def test_other_writings_are_refused(self, text):
        with pytest.raises(BadColourError):
            checked_colour(text, LIGHT_PAPER, "accent_colour")

    @given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
    def test_contrast_does_not_depend_on_the_order(self, one, other):
        a, b = f"#{one:06x}", f"#{other:06x}"
        assert contrast(a, b) == contrast(b, a)
        assert 1 <= contrast(a, b) <= 21
