"""Where money is sent: IBAN and BIC as people type them, and as pages may show them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foundation.errors import Refused
from foundation.forbidden import check_text
from foundation.i18n import _l

LENGTHS = {
    "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip
"""Characters of an IBAN in each country of the single euro payments area (registry of ISO 13616)."""
LONGEST_HOLDER = 70
_BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


class BadIban(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("This IBAN has a mistake in it. Copy it from the bank’s slip: a French one has 27 characters."), "iban"
        )


class BankNotInEurope(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("Euros can not be sent to this country by plain transfer. Ask for another account."), "iban"
        )


class BadBic(Refused):
    def __init__(self) -> None:
        super().__init__(_l("A BIC has 8 or 11 characters, such as CMCIFRPP. Or leave it empty."), "bic")


class BicOfAnotherCountry(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This BIC is of another country than the IBAN. Check both."), "bic")


class HolderMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the name on the account, in up to 70 characters."), "holder")


@dataclass(frozen=True)
class BankDetails:
    """An account as it was typed, or as `checked` returns it."""

    iban: str
    bic: str
    holder: str


def checked(typed: BankDetails) -> BankDetails:
    """The same without gaps, in capitals.

    Raises:
        BadIban, BankNotInEurope, BadBic, BicOfAnotherCountry, HolderMissing, and what `check_text` finds
    """
    iban, bic = read_iban(typed.iban), read_bic(typed.bic)
    if bic and bic[4:6] != iban[:2] and not _shared(iban[:2], bic[4:6]):
        raise BicOfAnotherCountry
    holder = " ".join(typed.holder.split())
    if not 0 < len(holder) <= LONGEST_HOLDER:
        raise HolderMissing
    check_text(holder, "holder")
    return BankDetails(iban, bic, holder)


def _shared(country: str, of_bank: str) -> bool:
    """Monaco and the lands over sea have IBANs of France, and BICs of their own."""
    return country in {"FR", "MC"} and of_bank in {"FR", "MC", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"}


def read_iban(text: str) -> str:
    """The IBAN that `text` spells, its key checked (ISO 7064, modulo 97).

    Raises:
        BadIban, BankNotInEurope
    """
    iban = _plain(text)
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", iban, re.ASCII) or not has_key(iban):
        raise BadIban
    if iban[:2] not in LENGTHS:
        raise BankNotInEurope
    if len(iban) != LENGTHS[iban[:2]]:
        raise BadIban
    return iban


def has_key(iban: str) -> bool:
    """Whether the two digits after the country check the rest."""
    return "02" <= iban[2:4] <= "98" and int("".join(str(int(one, 36)) for one in iban[4:] + iban[:4])) % 97 == 1


def read_bic(text: str) -> str:
    """The BIC that `text` spells; empty when there is none.

    Raises:
        BadBic
    """
    bic = _plain(text)
    if bic and not _BIC.fullmatch(bic):
        raise BadBic
    return bic


def _plain(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).upper()


def masked(iban: str) -> str:
    """`FR•• •••• 0189`: enough to tell which one, too little to use it."""
    return f"{iban[:2]}•• •••• {iban[-4:]}"
