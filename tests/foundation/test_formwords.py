"""What a form refuses on its own is said in the words of the house, in each of its languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import DateField, DecimalField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange

from foundation.fields import IntegerField, SelectField
from foundation.formwords import HOUSE_WORDS, SENTENCES
from foundation.i18n import in_language
from foundation.web import BaseForm

PACKAGE = Path(wtforms.__file__).parent
NEVER_SEEN = {"Choices cannot be None.", "Invalid IP address.", "Invalid Mac address.", "Invalid UUID."}
"""A fault of ours, and kinds of fields that the house has not."""


class Everything(BaseForm):
    day = DateField("Day")
    at = TimeField("At")
    seats = IntegerField("Seats", [NumberRange(1, 40)])
    floor = IntegerField("Floor")
    price = DecimalField("Price")
    title = StringField("Title", [Length(max=3)])
    short = StringField("Short", [Length(min=2)])
    exact = StringField("Exact", [Length(min=2, max=2)])
    between = StringField("Between", [Length(min=2, max=4)])
    name = StringField("Name", [InputRequired()])
    kind = SelectField("Kind", choices=[("a", "A")])


TYPED = {
    "day": "2026-02-30", "at": "25:99", "seats": "41", "price": "much", "title": "long", "short": "x", "exact": "x",
    "between": "x", "name": "", "kind": "b",
}  # fmt: skip
IN_ENGLISH = {
    "day": "Choose a day that exists.",
    "at": "Write a time like 14:30.",
    "seats": "Write a number from 1 to 40.",
    "price": "Write a number.",
    "title": "Write at most 3 characters.",
    "short": "Write at least 2 characters.",
    "exact": "Write exactly 2 characters.",
    "between": "Write from 2 to 4 characters.",
    "name": "This question needs an answer.",
    "kind": "Choose one of the answers that are offered.",
}


def said(app, language: str) -> dict[str, str]:
    with app.test_request_context(method="POST"), in_language(language):
        form = Everything(MultiDict(TYPED))
        form.validate()
        return {field.name: str(field.errors[0]) for field in form if field.name in TYPED}


def test_each_fault_is_said_in_the_words_of_the_house(app):
    assert said(app, "en") == IN_ENGLISH


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_sentence_is_left_in_english_and_none_has_an_empty_place(app, language):
    found = said(app, language)
    assert not set(found.values()) & set(IN_ENGLISH.values())
    assert not [text for text in found.values() if "%" in text]


def test_french_says_how_long_it_may_be(app):
    assert said(app, "fr")["title"] == "Écrivez au plus 3 caractères."


@pytest.mark.parametrize(
    ("name", "sentence"), [("seats", "Write a number from 1 to 40."), ("floor", "Write a whole number.")]
)
def test_what_is_no_number_is_said_once_with_its_limits_when_there_are_some(app, name, sentence):
    with app.test_request_context(method="POST"), in_language("en"):
        form = Everything(MultiDict(TYPED | {name: "many"}))
        form.validate()
        assert form[name].errors == [sentence]


def test_what_the_library_can_say_is_known_to_the_house():
    told = set()
    for path in (PACKAGE / "validators.py", *PACKAGE.glob("fields/*.py"), *PACKAGE.glob("csrf/*.py")):
        told |= _sentences(path)
    assert told - NEVER_SEEN - {"Invalid field name '%s'."} <= SENTENCES.keys()


def _sentences(path: Path) -> set[str]:
    """What is handed to gettext as it stands in the file."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    named = (node for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr == "gettext")
    return {str(node.args[0].value) for node in named if isinstance(node.args[0], ast.Constant)}


def test_a_word_that_the_house_does_not_know_stays_as_it_is():
    assert HOUSE_WORDS.gettext("Given Name") == "Given Name"
