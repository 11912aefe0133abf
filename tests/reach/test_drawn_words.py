"""Words in drawings: figures of each language, lines that fit, names cut where there is no room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.drawing.words import cut, few_lines, figure, fitted, short_figure, width_of
from tests.reach.drawings import speaking

LONG = "Fontaine-Lestang/Arènes/Bagatelle/Papus/Tabar/Bordelongue/Mermoz /La Faourette"
NAMES = st.text(st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x6FF), max_size=80)


@pytest.mark.parametrize(
    ("language", "written"), [("fr", "1\u202f234,5"), ("en", "1,234.5")], ids=["French", "English"]
)
def test_figures_are_written_as_the_language_writes_them(language, written):
    with speaking(language):
        assert figure(1234.5, 1) == written


def test_a_figure_has_the_decimals_asked_for_even_when_they_are_zero():
    with speaking("fr"):
        assert figure(4, 1) == "4,0"
        assert figure(4.25) == "4"


@pytest.mark.parametrize(
    ("value", "written"), [(20.0, "20"), (2.5, "2,5"), (0.125, "0,125"), (0.30000000000004, "0,3")]
)
def test_a_limit_has_no_decimals_that_say_nothing(value, written):
    with speaking("fr"):
        assert short_figure(value) == written


def test_a_short_text_is_one_line():
    assert fitted("Capitole", 200, 12) == ["Capitole"]


def test_an_empty_text_has_no_line():
    assert fitted("  ", 200, 12) == []


def test_lines_end_at_slashes_and_hyphens_as_well_as_at_spaces():
    lines = fitted(LONG, 110, 12)

    assert len(lines) > 3
    assert all(line[-1] in "/-" or line[-1].isalpha() for line in lines)
    assert "".join(lines).replace(" ", "") == LONG.replace(" ", "")


def test_no_line_begins_with_a_slash():
    for width in range(95, 300, 7):
        assert not any(
            line.startswith("/") for line in fitted("Ormeau/ Montaudran / La Terrasse / Malepère", width, 12)
        )


def test_a_thousand_is_never_parted():
    for width in range(70, 260, 5):
        assert any("1\u00a0000" in line for line in fitted("Personnes pour 1 000 habitants", width, 12))


def test_what_a_no_break_space_keeps_together_stays_together():
    assert fitted("ouvert à 9\u00a0h\u00a000 le mardi", 70, 12) == ["ouvert à", "9\u00a0h\u00a000 le", "mardi"]


def test_a_word_longer_than_the_line_is_broken_rather_than_run_out_of_the_picture():
    lines = fitted("Donaudampfschifffahrtsgesellschaft", 80, 12)

    assert len(lines) > 1
    assert all(width_of(line, 12) <= 80 for line in lines)


@given(NAMES, st.integers(30, 300))
def test_no_line_is_too_wide_and_no_letter_is_lost(name, width):
    lines = fitted(name, width, 11)

    assert all(width_of(line, 11) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(name.split())


def test_a_text_that_fits_is_not_cut():
    assert cut("Saint-Cyprien", 200, 12) == "Saint-Cyprien"


def test_a_text_that_does_not_fit_ends_with_an_ellipsis_within_the_width():
    shown = cut(LONG, 120, 12, bold=True)

    assert shown.endswith("…")
    assert LONG.startswith(shown[:-1])
    assert width_of(shown, 12, bold=True) <= 120


def test_at_most_so_many_lines_and_the_last_says_that_there_is_more():
    lines = few_lines(LONG, 110, 12, 2)

    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert width_of(lines[1], 12) <= 110


def test_few_lines_leaves_a_text_whole_that_has_few():
    assert few_lines("Minimes / La Vache", 400, 12, 2) == ["Minimes / La Vache"]


def test_bold_letters_are_wider():
    assert width_of("Borderouge", 12, bold=True) > width_of("Borderouge", 12)
