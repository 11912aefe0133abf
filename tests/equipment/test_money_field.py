"""Amounts as people type them and as they are written."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from equipment.forms.money import EurosField, euros
from foundation.i18n import in_language
from foundation.web import BaseForm


class Bill(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    cost = EurosField("Coût")


@pytest.fixture
def typed(app):
    """What a form makes of a typed text."""
    with app.test_request_context():
        yield lambda text: Bill(formdata=MultiDict({"cost": text}))


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("45", 4500),
        ("45,5", 4550),
        ("45.50", 4550),
        ("0", 0),
        ("0,05", 5),
        ("  80 € ", 8000),
        ("80€", 8000),
        ("1 250,50", 125050),
        ("1\u202f250", 125000),
        ("1\u00a0250,00 €", 125000),
        ("999999,99", 99999999),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, text, cents):
    form = typed(text)
    assert form.validate()
    assert form.cost.data == cents


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_is_not_known(typed, text):
    form = typed(text)
    assert form.validate()
    assert form.cost.data is None


@pytest.mark.parametrize(
    "text", ["beaucoup", "-5", "4,555", "1.250,00", "1000000", "12,", ",5", "1e3", "٣", "12 50 €€", "45;50"]
)
def test_what_is_no_amount_is_refused_and_shown_again(typed, text):
    form = typed(text)
    assert not form.validate()
    assert form.cost.errors == ["Écrivez un montant en euros, par exemple 45 ou 45,50."]
    assert f'value="{text}"' in str(form.cost())


@pytest.mark.parametrize(
    ("cents", "shown"), [(None, ""), (0, "0,00"), (5, "0,05"), (4550, "45,50"), (125000, "1250,00")]
)
def test_a_stored_amount_is_shown_as_it_can_be_typed(app, cents, shown):
    with app.test_request_context():
        form = Bill(formdata=None, data={"cost": cents})
        assert f'value="{shown}"' in str(form.cost())


@pytest.mark.parametrize("cents", [0, 5, 99, 4550, 125050])
def test_what_is_shown_is_read_back_the_same(app, typed, cents):
    shown = Bill(formdata=None, data={"cost": cents}).cost._value()
    assert typed(shown).cost.data == cents


def test_an_amount_is_written_in_the_language_of_the_reader(app):
    with app.test_request_context():
        with in_language("fr"):
            assert euros(125050).replace("\u202f", " ").replace("\u00a0", " ") == "1 250,50 €"
        with in_language("en"):
            assert euros(125050) == "€1,250.50"
