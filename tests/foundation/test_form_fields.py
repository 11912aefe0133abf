"""Fields that several forms share read what browsers send, and what they should not."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms.validators import NumberRange

from activity.models import Autonomy
from foundation.fields import IntegerField, only_lines, optional, whole, with_value
from foundation.fields import given as required
from foundation.web import BaseForm
from tests.house import parsed, product_modules

OWN = {"IntegerField", "SelectField", "SelectMultipleField", "RadioField"}


@pytest.mark.parametrize(
    ("sent", "read"),
    [("12", 12), (12, 12), ("0", 0), ("", 0), (None, 0), ("-1", 0), ("1.5", 0), ("x", 0), ("²", 0), ("9" * 30, 0)],
)
def test_the_id_of_a_choice(sent, read):
    assert whole(sent) == read


@given(st.text())
def test_any_text_is_an_id_or_none(text):
    assert 0 <= whole(text) < 10**9


@pytest.mark.parametrize(
    ("sent", "kept"), [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\nb", "a\nb"), (None, ""), ("", "")]
)
def test_line_ends_are_of_one_kind(sent, kept):
    assert only_lines(sent) == kept


@pytest.mark.parametrize("nothing", [None, "", "None"])
def test_an_empty_choice_means_nothing(nothing):
    assert optional(Autonomy)(nothing) is None


def test_another_choice_is_what_it_says_or_refused():
    assert optional(Autonomy)("autonomous") is Autonomy.AUTONOMOUS
    with pytest.raises(ValueError, match="heroic"):
        optional(Autonomy)("heroic")


@pytest.mark.parametrize(
    ("stored", "choices"),
    [(None, [(1, "one")]), (1, [(1, "one")]), (7, [(1, "one"), (7, "seven")])],
)
def test_what_is_stored_can_always_be_chosen_again(stored, choices):
    assert with_value([(1, "one")], stored, "seven") == choices


def test_what_is_required_is_there_once_the_form_is_valid():
    assert required(0) == 0
    with pytest.raises(ValueError, match="not validated"):
        required(None)


class Numbered(BaseForm):
    number = IntegerField(validators=[NumberRange(1, 500)])


@pytest.mark.parametrize("sent", ["9" * 400, "9" * 5000, "-" + "9" * 400, "x", "", "1.5"])
def test_a_number_too_long_for_any_column_is_none(app, sent):
    with app.test_request_context(method="POST", data={"number": sent}):
        form = Numbered(meta={"csrf": False})
        assert not form.validate()
        assert form.number.errors


def test_a_number_is_a_number(app):
    with app.test_request_context(method="POST", data={"number": " 12 "}):
        form = Numbered(meta={"csrf": False})
        assert form.validate()
        assert form.number.data == 12


def test_no_form_goes_round_the_fields_that_know_what_a_database_holds():
    """A number of 400 digits made WTForms' own field fail instead of the form."""
    fields = [file for file in product_modules() if file.as_posix() != "foundation/fields.py"]
    imported = {
        (file.as_posix(), alias.name)
        for file in fields
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "wtforms"
        for alias in node.names
    }
    assert {one for one in imported if one[1] in OWN} == set()
