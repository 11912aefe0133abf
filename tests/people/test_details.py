"""What may be written of a resident."""

from __future__ import annotations

import pytest

from people.models import ContactMeans
from people.rules.details import (
    Details,
    NoAddressToWriteTo,
    NoName,
    NoNumberToWriteTo,
    YearImplausible,
    check,
    means_of,
)

MOBILE, LANDLINE, MAIL = "+33639980012", "+33240123456", "anna@example.org"


@pytest.mark.parametrize("details", [Details("Martin"), Details("", "Anna"), Details("Martin", birth_year=1906),
                                     Details("Martin", birth_year=2026)])  # fmt: skip
def test_a_name_is_enough(details):
    check(details, 2026)


@pytest.mark.parametrize(
    ("details", "reason", "field"),
    [
        (Details(), NoName, "family_name"),
        (Details("  ", " \t"), NoName, "family_name"),
        (Details("Martin", birth_year=1905), YearImplausible, "birth_year"),
        (Details("Martin", birth_year=2027), YearImplausible, "birth_year"),
        (Details("Martin", contact_means=ContactMeans.SMS), NoNumberToWriteTo, "phone"),
        (Details("Martin", contact_means=ContactMeans.PHONE_CALL, email=MAIL), NoNumberToWriteTo, "phone"),
        (Details("Martin", contact_means=ContactMeans.EMAIL, phone=MOBILE), NoAddressToWriteTo, "email"),
    ],
)
def test_is_refused(details, reason, field):
    with pytest.raises(reason) as refused:
        check(details, 2026)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("phone", "email", "means"),
    [
        (MOBILE, None, ContactMeans.SMS),
        (MOBILE, MAIL, ContactMeans.SMS),
        (LANDLINE, MAIL, ContactMeans.EMAIL),
        (LANDLINE, None, ContactMeans.PHONE_CALL),
        (None, MAIL, ContactMeans.EMAIL),
        (None, None, ContactMeans.NONE),
        ("+262692123456", None, ContactMeans.SMS),
    ],
)
def test_the_means_that_is_tried_when_nobody_chose(phone, email, means):
    assert means_of(phone, email) is means
