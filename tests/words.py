"""What every table of words must be: whole, in order, of its own words, and said in French."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import ModuleType

from flask import Flask
from flask_babel import force_locale

SAME_IN_BOTH = {"Justice", "Administration", "Associations", "E-mail"}


def enumerations(models: ModuleType) -> set[type[StrEnum]]:
    """The enumerations of a room's models."""
    return {one for one in vars(models).values() if isinstance(one, type) and issubclass(one, StrEnum)} - {StrEnum}


def check_whole_and_in_order(kind: type[StrEnum], words: Mapping) -> None:
    said = [str(one) for one in words.values()]
    assert list(words) == list(kind)
    assert all(said)
    assert len(set(said)) == len(kind)


def check_said_in_french(app: Flask, words: Mapping) -> None:
    with app.test_request_context():
        with force_locale("en"):
            english = [str(one) for one in words.values()]
        with force_locale("fr"):
            french = [str(one) for one in words.values()]
    same = {one for one, other in zip(english, french, strict=True) if one == other}
    assert same <= SAME_IN_BOTH
