"""Telephone numbers as people write them, and as they are stored (E.164)."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from phonenumbers import PhoneNumberType
from wtforms import StringField

from foundation.errors import Refused
from foundation.i18n import _l
from foundation.i18n import phone as spoken

REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
"""A number without country code is tried in metropolitan France first, then overseas."""
LONGEST = 40
FICTION = re.compile(r"(19900|26191|35301|46571|53649|63998)\d{4}")
"""French numbers that Arcep keeps for fiction (decision 2018-0881): no telephone rings, demonstrations use them."""
WITHOUT_TEXTS = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.VOIP,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
}


class BadPhone(Refused):
    def __init__(self, field: str = "phone") -> None:
        super().__init__(_l("Write the number with its ten digits, like 06 12 34 56 78."), field)


def e164(text: str | None, field: str = "phone") -> str | None:
    """`+33612345678` for `06.12.34.56.78`; None when nothing was written.

    Raises:
        BadPhone: no country's number looks like this.
    """
    written = (text or "").strip()
    if not written:
        return None
    for region in REGIONS if len(written) <= LONGEST else ():
        try:
            parsed = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if can_be(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    raise BadPhone(field)


def can_be(number: phonenumbers.PhoneNumber) -> bool:
    """Whether a telephone may have this number, in life or in fiction."""
    return phonenumbers.is_valid_number(number) or bool(
        number.country_code == 33 and FICTION.fullmatch(str(number.national_number))
    )


def takes_texts(number: str | None) -> bool:
    """Whether an E.164 number can receive text messages: a landline can not."""
    if not number:
        return False
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) not in WITHOUT_TEXTS


class PhoneField(StringField):
    """A number in any usual writing; `data` is E.164, or None when the field is empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.written = str(valuelist[0]) if valuelist else ""
        try:
            self.data = e164(self.written)
        except BadPhone as refused:
            self.data = None
            raise ValueError(str(refused)) from refused

    def _value(self) -> str:
        """What was typed, when it could not be read; else the number as it is read aloud."""
        written: str = getattr(self, "written", "")
        return spoken(self.data) if self.data else written[:LONGEST]
