"""A text message says as much as the networks carry in one, in the alphabet that they carry."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foundation.i18n import in_language
from foundation.outbox.sms import counted
from foundation.outbox.wording import ever_shorter, fitted, tight_clock

PLACE = "Médiathèque des Deux Rives et de l’Écluse, salle du rez-de-chaussée"


def test_the_richest_wording_that_fits_is_taken_without_letters_that_cost_a_second_message(app):
    with in_language("fr"):
        text = fitted(["Ça commence à Noël : " + "a" * 150, "Ça commence à Noël"])
    assert text == "Ça commence à Noel"
    assert not counted(text).unicode


def test_what_never_fits_is_not_cut_for_nothing(app):
    with in_language("fr"):
        assert fitted(["a" * 400, "b" * 399]) == "a" * 400
        assert fitted(["a" * 400, "b" * 200]) == "b" * 200


@pytest.mark.parametrize(("letters", "taken"), [(134, 0), (135, 1)])
def test_arabic_is_allowed_two_messages_and_left_as_it_is_written(app, letters, taken):
    variants = ["م" * letters, "موعد"]
    with in_language("ar"):
        assert fitted(variants) == variants[taken]


def test_a_long_name_is_cut_shorter_and_shorter():
    words = ever_shorter(PLACE)
    assert words[0] == PLACE
    assert words[1:] == ["Médiathèque des Deux Rives et de…", "Médiathèque des Deux Rives et…", "Médiathèque des Deux…"]


def test_a_long_word_is_cut_within():
    assert ever_shorter("Le Donaudampfschifffahrtsgesellschaftshaus", [20]) == [
        "Le Donaudampfschifffahrtsgesellschaftshaus", "Le Donaudampfschifff…",
    ]  # fmt: skip


def test_what_was_cut_ends_a_sentence_by_its_dots(app):
    with in_language("fr"):
        assert fitted(["Au Centre social…. Appelez-nous."]) == "Au Centre social... Appelez-nous."


def test_a_short_name_is_left_whole():
    assert ever_shorter("Médiathèque") == ["Médiathèque"]


def test_a_time_takes_no_more_letters_than_it_needs(app):
    with in_language("fr"):
        assert tight_clock(datetime(2026, 3, 10, 8, 5, tzinfo=UTC)) == "9h05"
