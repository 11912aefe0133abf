"""Amounts in forms: typed in euros, kept in cents."""

from __future__ import annotations

from typing import Any

from wtforms import StringField

from foundation.errors import Refused
from vouchers.rules.money import read_cents, typed


class CentsField(StringField):
    """An amount in euros; `data` is in cents, None when it is left empty. What was typed is shown again."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else typed(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            return
        try:
            self.data = read_cents(text)
        except Refused as refused:
            raise ValueError(str(refused)) from refused
