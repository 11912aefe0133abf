"""The address of a venue in one line, as messages and calendars say it."""

from __future__ import annotations

import pytest

from places.models import Venue


@pytest.mark.parametrize(
    ("address", "extra", "expected"),
    [
        ("12 rue des Lilas", "", "12 rue des Lilas, 44000 Nantes"),
        ("12 rue des Lilas", "Bâtiment B", "12 rue des Lilas, Bâtiment B, 44000 Nantes"),
        ("", "", "44000 Nantes"),
    ],
)
def test_what_is_not_known_leaves_no_gap(address, extra, expected):
    venue = Venue(address=address, address_extra=extra, postcode="44000", commune="Nantes")
    assert venue.whole_address == expected
