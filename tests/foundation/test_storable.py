"""What is typed loses what can not be stored and what would turn round the text behind it; all else stays."""

from __future__ import annotations

import pytest
from flask import request

from foundation.storable import is_storable, storable
from foundation.web import _refuse_unreadable

TURNED = "\u202eCM1\u202c \u2066x\u2069"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (TURNED, "CM1 x"),
        ("a\x00b", "ab"),
        ("مرحبا \u200eParvis\u200f", "مرحبا \u200eParvis\u200f"),
        ("deux\r\nlignes", "deux\r\nlignes"),
        ("", ""),
    ],
)
def test_only_what_turns_text_round_or_can_not_be_stored_goes(typed, kept):
    assert storable(typed) == kept
    assert is_storable(typed) == (typed == kept)


def test_it_goes_from_whatever_is_sent_however_it_is_read(app):
    sent = {"name": ["a\x00", TURNED], "plain": "b"}
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        with app.test_request_context("/connexion", method="POST", data=sent, content_type=kind):
            assert _refuse_unreadable() is None
            assert request.form.getlist("name") == ["a", "CM1 x"]
            assert request.form["plain"] == "b"
