"""What lines are called, and their order: what is not known comes last and never disappears."""

from __future__ import annotations

from flask_babel import force_locale

from reach.queries.naming import names
from reach.rules.dimensions import LABELS, NOT_TOLD, SETTLED, WORDS, Dimension


def test_neighbourhoods_stand_by_name_and_the_unknown_last(cast):
    harbour, mills = cast.ids["harbour"], cast.ids["mills"]
    with force_locale("fr"):
        found = names(Dimension.NEIGHBOURHOOD, ["unknown", mills, "outside", harbour])
    assert list(found.items()) == [
        (harbour, "Le Port"), (mills, "Les Moulins"), ("outside", "Hors du territoire"),
        ("unknown", "Quartier inconnu"),
    ]  # fmt: skip


def test_structures_venues_mediators_and_communes_have_their_names(cast):
    assert names(Dimension.STRUCTURE, [cast.ids["town"]])[cast.ids["town"]] == "Ville de Rives-sur-Aure"
    assert names(Dimension.VENUE, [cast.ids["library"]])[cast.ids["library"]] == "Médiathèque du Port"
    assert names(Dimension.MEDIATOR, [cast.ids["mediator"]])[cast.ids["mediator"]] == "Salima Benali"
    assert list(names(Dimension.COMMUNE, [cast.harbour.commune_id]).values()) == ["Rives-sur-Aure"]


def test_what_has_no_structure_or_venue_is_named_too(cast):
    with force_locale("en"):
        assert names(Dimension.STRUCTURE, ["none"]) == {"none": "The territory's own team"}
        assert names(Dimension.VENUE, ["none"]) == {"none": "Elsewhere than at a venue"}


def test_ages_stand_in_the_order_of_life(cast):
    with force_locale("en"):
        found = names(Dimension.AGE_BAND, ["not_communicated", "70_plus", "under_12"])
    assert list(found.items()) == [
        ("under_12", "Under 12"), ("70_plus", "70 and over"), ("not_communicated", "Not communicated"),
    ]  # fmt: skip


def test_months_stand_in_the_order_of_time(cast):
    with force_locale("fr"):
        assert list(names(Dimension.MONTH, ["2026-02", "2025-12"]).values()) == ["décembre 2025", "février 2026"]


def test_each_settled_value_has_words_and_each_dimension_a_label():
    assert LABELS.keys() == set(Dimension)
    for dimension, values in SETTLED.items():
        assert [str(value) for value in WORDS[dimension]] == list(values)
    assert all(NOT_TOLD[one] in SETTLED[one] for one in NOT_TOLD.keys() & SETTLED.keys())
