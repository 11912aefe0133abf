"""Each figure has its definition, in French and in English, and says what it does not count."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from reach.rules.indicators import INDICATORS, SOURCES, UNITS, Source, Unit

TEXTS = ("label", "definition", "counts", "does_not_count")


@pytest.mark.parametrize("one", INDICATORS.values(), ids=INDICATORS)
def test_each_figure_is_defined_in_both_languages(app, one):
    for text in TEXTS:
        with force_locale("en"):
            english = str(getattr(one, text))
        with force_locale("fr"):
            french = str(getattr(one, text))
        assert english
        assert french
        assert text == "label" or english != french


@pytest.mark.parametrize("one", INDICATORS.values(), ids=INDICATORS)
def test_definitions_are_sentences(app, one):
    for text in TEXTS[1:]:
        for language in ("fr", "en"):
            with force_locale(language):
                assert str(getattr(one, text)).endswith((".", ")."))


def test_each_unit_and_source_has_words():
    assert UNITS.keys() == set(Unit)
    assert SOURCES.keys() == set(Source)
    assert {one.records for one in INDICATORS.values()} == set(Source)
    assert {one.unit for one in INDICATORS.values()} == set(Unit)
