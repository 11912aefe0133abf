"""Amounts as people type them, and as pages and papers write them."""

from __future__ import annotations

import re
from typing import Any

from babel.numbers import format_currency
from wtforms import StringField

from foundation.i18n import _, language

_EUROS = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?\s*€?", re.ASCII)
_GAPS = re.compile("(?<=\\d)[ \u00a0\u202f](?=\\d)")


class EurosField(StringField):
    """An amount in euros; `data` is in cents, None when it is left empty. `1 250,5` and `80 €` are read too."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data // 100},{self.data % 100:02}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = _GAPS.sub("", (valuelist[0] if valuelist else "").strip())
        self.data = None
        if not typed:
            return
        match = _EUROS.fullmatch(typed)
        if match is None:
            raise ValueError(_("Write an amount in euros, such as 45 or 45,50."))
        self.data = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def euros(cents: int) -> str:
    """`1 250,50 €`, in the language at hand."""
    return str(format_currency(cents / 100, "EUR", locale=language()))
