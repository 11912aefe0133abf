"""Which records are shown before a new one is made, how sure, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.rules.duplicates import Likeness, Nearness, Reason, Traits, alike, compare_names, likeness

PHONE, OTHER = "+33639980012", "+33639980013"
KNOWN = Traits("Anna", "Martin", 1957, PHONE)
TABLE = [
    (Traits("Anna", "Martin", 1957, PHONE), 95, Reason.SAME_PHONE_AND_NAME),
    (Traits("ANNA", "MARTÍN", None, PHONE), 95, Reason.SAME_PHONE_AND_NAME),
    (Traits("Ana", "Martain", None, PHONE), 95, Reason.SAME_PHONE_AND_NAME),
    (Traits("Anna", "Martin", 1992, PHONE), 60, Reason.SAME_PHONE_AND_NAME),
    (Traits("Anna", "Martin", 1957), 90, Reason.SAME_NAME_AND_YEAR),
    (Traits("Martin", "Anna", 1957, OTHER), 90, Reason.SAME_NAME_AND_YEAR),
    (Traits("Anna", "Martin"), 75, Reason.SAME_NAME),
    (Traits("Anna", "Martin", 1958), 70, Reason.SAME_NAME),
    (Traits("Ana", "Martin", 1957), 70, Reason.CLOSE_NAME_AND_YEAR),
    (Traits("Anna", "Matrin", 1957), 70, Reason.CLOSE_NAME_AND_YEAR),
    (Traits("Ana", "Martin"), 52, Reason.CLOSE_NAME),
    (Traits("Anna Maria", "Martin"), 52, Reason.CLOSE_NAME),
    (Traits("Ana", "Martin", 1956), 50, Reason.CLOSE_NAME),
    (Traits("Hugo", "Martin", 2010, PHONE), 55, Reason.SAME_PHONE),
    (Traits("Hugo", "Petit", None, PHONE), 55, Reason.SAME_PHONE),
]


@pytest.mark.parametrize(("new", "score", "reason"), TABLE)
def test_is_shown(new, score, reason):
    assert likeness(new, KNOWN) == Likeness(score, reason)


@pytest.mark.parametrize(
    "new",
    [
        Traits("Anna", "Martin", 1960),
        Traits("Anna", "Martin", 1992, OTHER),
        Traits("Hugo", "Martin", 1957),
        Traits("Anna", "Bernard", 1957),
        Traits("", "Martin"),
        Traits("Anna", ""),
        Traits("", "", 1957),
    ],
)
def test_is_not_shown(new):
    assert likeness(new, KNOWN) is None


@pytest.mark.parametrize(
    ("left", "right", "nearness"),
    [
        (("Jean-Luc", "Le Goff"), ("Jean Luc", "Legoff"), Nearness.SAME),
        (("Jean-Luc", "Le Goff"), ("Jeanluc", "Le Goff"), Nearness.SAME),
        (("Karim", "Ben Ali"), ("Karim", "Benali"), Nearness.SAME),
        (("Karim", "Ben Ali"), ("Karim", "Ben-Ali"), Nearness.SAME),
        (("Mohamed", "Haddad"), ("Mohammed", "Hadad"), Nearness.CLOSE),
        (("Sophie", "Dupont"), ("Sofie", "Dupond"), Nearness.CLOSE),
        (("", "Haddad"), ("", "Haddad"), Nearness.SAME),
        (("", "Haddad"), ("", "Hadad"), Nearness.CLOSE),
        (("", "Haddad"), ("Farid", "Haddad"), Nearness.FAR),
        (("Li", "Wu"), ("Lo", "Wu"), Nearness.FAR),
        (("Paul", "Petit"), ("Paule", "Petit"), Nearness.CLOSE),
        (("Marie", "Roux"), ("Marc", "Roux"), Nearness.FAR),
    ],
)
def test_names_compared(left, right, nearness):
    assert compare_names(Traits(*left), Traits(*right)) is nearness
    assert compare_names(Traits(*right), Traits(*left)) is nearness


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("anna", "ana", True), ("li", "lo", False), ("philippe", "filippe", True), ("martin", "mratni", True),
     ("roux", "petit", False), ("moreau", "moro", True)],
)  # fmt: skip
def test_words_alike(left, right, same):
    assert alike(left, right) is same


TRAITS = st.builds(
    Traits,
    st.sampled_from(["", "Anna", "Ana", "Jean-Luc", "Hugo"]),
    st.sampled_from(["Martin", "Martain", "Le Goff", "Legoff"]),
    st.none() | st.integers(1940, 1945),
    st.sampled_from([None, PHONE, OTHER]),
)


@given(TRAITS, TRAITS)
def test_it_does_not_matter_which_comes_first(left, right):
    assert likeness(left, right) == likeness(right, left)


@given(TRAITS)
def test_a_record_is_always_like_itself(traits):
    found = likeness(traits, traits)
    assert found is not None
    assert found.score >= 75
