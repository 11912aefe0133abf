"""The field of a form that takes a telephone number, and which numbers take text messages."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from foundation.phones import PhoneField, takes_texts
from foundation.web import stripped

MOBILE, LANDLINE, BOX = "+33639980021", "+33240000000", "+33912345678"


class Card(Form):
    phone = PhoneField("Phone")


@pytest.mark.parametrize(
    ("sent", "data", "shown"),
    [
        ("06.39.98.00.12", "+33639980012", 'value="06 39 98 00 12"'),
        ("", None, 'value=""'),
        ("  ", None, ""),
        ("+32 470 12 34 56", "+32470123456", 'value="+32 470 12 34 56"'),
    ],
)
def test_a_number_is_read_and_shown_as_it_is_spoken(app, sent, data, shown):
    with app.test_request_context():
        form = Card(MultiDict({"phone": sent}))
        assert form.validate()
        assert form.phone.data == data
        assert shown in form.phone()


def test_what_can_not_be_read_is_shown_again_with_its_fault(app):
    with app.test_request_context():
        form = Card(MultiDict({"phone": "06 39"}))
        assert not form.validate()
        assert form.phone.data is None
        assert 'value="06 39"' in form.phone()
        assert len(form.phone.errors) == 1


def test_what_was_typed_is_never_shown_endlessly(app):
    with app.test_request_context():
        form = Card(MultiDict({"phone": "9" * 10_000}))
        assert not form.validate()
        assert len(form.phone()) < 200


def test_a_stored_number_is_shown_as_it_is_spoken(app):
    with app.test_request_context():
        assert 'value="06 39 98 00 12"' in Card(data={"phone": "+33639980012"}).phone()


@pytest.mark.parametrize(("sent", "kept"), [(" a@b.example ", "a@b.example"), ("", ""), (None, None)])
def test_spaces_around_an_address_go(sent, kept):
    assert stripped(sent) == kept


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (MOBILE, True),
        ("+33612345678", True),
        ("+262692123456", True),
        (LANDLINE, False),
        (BOX, False),
        (None, False),
        ("?", False),
    ],
)
def test_a_landline_takes_no_text_message(number, expected):
    assert takes_texts(number) is expected
