"""What a reader of squares types into a search field."""

from __future__ import annotations

import re

from foundation.codes import read_code
from vouchers.rules.codes import CARD_LENGTH

_ADDRESS = re.compile(r"https?://\S+/c/([0-9A-Za-z]{9})/?", re.ASCII)


def number_of(typed: str) -> str | None:
    """The number of a card in the address of its square, or typed as it is; None when it is something else."""
    address = _ADDRESS.fullmatch(typed.strip())
    return read_code(address[1] if address else typed, CARD_LENGTH)
