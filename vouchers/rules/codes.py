"""Numbers of cards and codes of vouchers: read aloud, typed at a counter, never guessed.

Both are of foundation/codes' alphabet and end with its check character: the weights of ten positions differ modulo 31,
a prime, so that one wrong character and two swapped ones, wherever they stand, are always noticed.
"""

from __future__ import annotations

from foundation.codes import read_code
from foundation.errors import Refused
from foundation.i18n import _, _l, ngettext

CARD_LENGTH, VOUCHER_LENGTH = 9, 10


class Mistyped(Refused):
    """The check character does not fit: it is said without looking anything up, so that it tells a guesser nothing."""

    def __init__(self, field: str) -> None:
        super().__init__(
            _l("This code has a mistake in it. Read it again: it has neither 0 nor O, neither 1, I nor L."), field
        )


class WrongLength(Mistyped):
    """Too few or too many: it can not be a code, and tells a guesser nothing."""

    def __init__(self, field: str, needed: int, typed: int) -> None:
        super().__init__(field)
        self.message = ngettext(
            "The code has %(needed)s characters, and %(num)s was typed. Read it again.",
            "The code has %(needed)s characters, and %(num)s were typed. Read it again.",
            typed,
            needed=needed,
        )


class CardNotVoucher(Mistyped):
    """Somebody shows the card, on which no money is."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.message = _(
            "This is the number of a solidarity card. The voucher is needed: its code has 10 letters and digits."
        )


def read_voucher_code(text: str, field: str = "code") -> str:
    """The ten characters that `text` spells.

    Raises:
        Mistyped: also as CardNotVoucher or WrongLength.
    """
    return _read(text, VOUCHER_LENGTH, field)


def read_card_number(text: str, field: str = "number") -> str:
    """The nine characters that `text` spells.

    Raises:
        Mistyped
    """
    return _read(text, CARD_LENGTH, field)


def _read(text: str, length: int, field: str) -> str:
    code = read_code(text, length)
    if code is not None:
        return code
    if length == VOUCHER_LENGTH and read_code(text, CARD_LENGTH):
        raise CardNotVoucher(field)
    typed = sum(letter.isalnum() for letter in text)
    if typed not in {0, length}:
        raise WrongLength(field, length, typed)
    raise Mistyped(field)


def ending_of(code: str) -> str:
    """The last characters of a voucher's code: enough to find it by, too few to use it."""
    return code[-4:]


def spoken(code: str) -> str:
    """`K7M 2PQ 9RT` of a card, `K7M 2PQ 9RTW` of a voucher: groups as one reads them aloud."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"
