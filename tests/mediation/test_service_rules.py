"""What a service may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foundation.said import told
from mediation.rules.offers import TRANSLATED, NeverBookable, NoChannel, NoLabel, ServiceDetails, check_service

USUAL = ServiceDetails("Mes photos", 45)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"label": " "}, NoLabel, "label"),
        ({"channels": ()}, NoChannel, "channels"),
        ({"notice": 24 * 60, "horizon_days": 1}, NeverBookable, "notice_minutes"),
    ],
)
def test_what_nobody_could_book_is_refused_at_its_field(changes, refusal, field):
    check_service(USUAL)
    with pytest.raises(refusal) as refused:
        check_service(replace(USUAL, **changes))
    assert refused.value.field == field


def test_a_notice_within_the_horizon_passes():
    check_service(replace(USUAL, notice=24 * 60 - 1, horizon_days=1))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({}, {}),
        ({"en": {"label": " My photos ", "bring": ""}}, {"en": {"label": "My photos"}}),
        ({"en": {"label": " "}, "ar": {"description": "صور"}}, {"ar": {"description": "صور"}}),
        ({"en": {"label": "My photos", "price": "0"}}, {"en": {"label": "My photos"}}),
    ],
)
def test_only_texts_that_say_something_are_kept(sent, kept):
    assert told(sent, TRANSLATED) == kept
