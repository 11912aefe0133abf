"""What is not among the choices is refused in one plain sentence, in the reader's language."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from foundation.fields import RadioField, SelectField, SelectMultipleField
from foundation.i18n import in_language
from foundation.web import BaseForm

PAIRS = [(1, "Un"), (2, "Deux")]


class Asked(BaseForm):
    one = SelectField("Un", coerce=int, choices=PAIRS)
    pressed = RadioField("Appuyé", coerce=int, choices=PAIRS)
    several = SelectMultipleField("Plusieurs", coerce=int, choices=PAIRS)


def faults(app, **sent):
    with app.test_request_context(), in_language("fr"):
        form = Asked(MultiDict({"one": "1", "pressed": "2", "several": "1"} | sent), meta={"csrf": False})
        form.validate()
        return [(field.name, sentence) for field, sentence in form.faults()]


@pytest.mark.parametrize("value", ["3", "x", "", "<b>%(value)s</b>"])
@pytest.mark.parametrize("name", ["one", "pressed", "several"])
def test_what_is_not_offered_is_told_in_one_sentence(app, name, value):
    assert faults(app, **{name: value}) == [(name, "Choisissez l’une des réponses proposées.")]


def test_what_is_offered_passes(app):
    assert faults(app) == []
