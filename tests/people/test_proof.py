"""Whether somebody without an account is who they say."""

from __future__ import annotations

import pytest

from people.queries import proves
from tests.people.residents import write


@pytest.mark.parametrize(
    ("typed", "proven"),
    [
        ("06 39 98 00 12", True),
        ("+33 6 39 98 00 12", True),
        ("06 39 98 00 13", False),
        ("0012", False),
        ("Roux", False),
        ("", False),
    ],
)
def test_by_the_number_when_there_is_one(app, typed, proven):
    assert proves(write("Roux", "Nadia", phone="+33639980012"), typed) is proven


@pytest.mark.parametrize(
    ("typed", "proven"),
    [
        ("Roux", True),
        (" ROÙX ", True),
        ("Nadia Roux", True),
        ("Roux Nadia", True),
        ("Nadia", False),
        ("Rou", False),
        ("", False),
        ("06 39 98 00 12", False),
    ],
)
def test_by_the_family_name_when_there_is_none(app, typed, proven):
    assert proves(write("Roux", "Nadia"), typed) is proven


def test_by_the_given_name_of_who_has_no_other(app):
    assert proves(write("", "Nadia"), "nadia")
