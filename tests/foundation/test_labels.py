"""Words for stored values, and for choices in forms, in the order of their table."""

from __future__ import annotations

from enum import StrEnum

from foundation.labels import choices, labels


class Fruit(StrEnum):
    PEAR = "pear"
    APPLE = "apple"


WORDS = {Fruit.PEAR: "Poire", Fruit.APPLE: "Pomme"}


def test_stored_values_come_in_order_and_unknown_ones_are_left_out():
    assert labels(WORDS, ["apple", "of another version", "pear", "apple"]) == ["Poire", "Pomme"]


def test_nothing_stored_has_no_words():
    assert labels(WORDS, []) == []


def test_choices_keep_the_order_of_the_table():
    assert choices(WORDS) == [("pear", "Poire"), ("apple", "Pomme")]
