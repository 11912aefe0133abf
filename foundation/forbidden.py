"""What a note must never hold: numbers that open other people's accounts, and passwords.

Health and family matters can not be told from other words; the page warns of them. What is here can be told, and is
refused rather than erased, so that nobody believes it was kept. A telephone number, a date or the number of a file
passes: the keys of each kind of number are checked where it has one.
"""

from __future__ import annotations

import re

from foundation.errors import Refused
from foundation.i18n import _l

_GAP = "[ .\\-\u00a0\u202f]?"
_SPACES = re.compile(r"[^0-9A-Z]")


class SocialSecurityNumber(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(
            _l("This looks like a social security number. It must not be kept here: remove it, then go on."), field
        )


class CardNumber(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(
            _l("This looks like the number of a bank card. It must not be kept here: remove it, then go on."),
            field,
        )


class AccountNumber(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(
            _l("This looks like a bank account number (IBAN). It must not be kept here: remove it, then go on."),
            field,
        )


class Password(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(
            _l("This looks like a password or a secret code. It must not be kept here: remove it, then go on."),
            field,
        )


def check_text(text: str, field: str = "note") -> None:
    """Refuse a free text that holds what must not be kept.

    Raises:
        SocialSecurityNumber, AccountNumber, CardNumber, Password: with `field`.
    """
    if holds_social_security_number(text):
        raise SocialSecurityNumber(field)
    if holds_iban(text):
        raise AccountNumber(field)
    if holds_card_number(text):
        raise CardNumber(field)
    if holds_password(text):
        raise Password(field)


# Sex, year, month, department, commune, order, key: https://www.insee.fr/fr/metadonnees/definition/c1409 .
# Months 20, 30–42 and 50–99 stand for a month that is not known.
_NIR = re.compile(
    rf"(?<![0-9A-Za-z])(?P<body>[12378]{_GAP}\d\d{_GAP}(?P<month>\d\d){_GAP}(?P<place>\d\d|2[ABab]){_GAP}"
    rf"\d{{3}}{_GAP}\d{{3}})(?:(?P<apart>{_GAP})(?P<key>\d\d))?(?![0-9A-Za-z])"
)
_KNOWN_MONTHS = {f"{month:02}" for month in range(1, 13)}
_OTHER_MONTHS = {"20", *map(str, range(30, 43)), *map(str, range(50, 100))}
_GROUPED = re.compile(r"\d\D\d\d\D\d\d\D\w\w\D\d{3}\D\d{3}")


def holds_social_security_number(text: str) -> bool:
    """Whether `text` holds a French one (NIR): with its key, or written in its groups, or plausible without a key."""
    return any(_is_nir(match) for match in _NIR.finditer(text))


def _is_nir(match: re.Match[str]) -> bool:
    month, key = match["month"], match["key"]
    if month not in _KNOWN_MONTHS | _OTHER_MONTHS or match["place"] == "00":
        return False
    if key and _nir_key(match["body"]) == int(key):
        return True
    if _GROUPED.fullmatch(match["body"]):
        return True
    return (key is None or bool(match["apart"])) and month in _KNOWN_MONTHS and match["body"][0] in "12"


def _nir_key(body: str) -> int:
    """The two last digits that belong to the thirteen first; Corsica counts as 19 and 18."""
    digits = _SPACES.sub("", body.upper()).replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97


_CARD = re.compile(rf"(?<![0-9A-Za-z])(?:\d{_GAP}){{12,18}}\d(?![0-9A-Za-z])")
# First digits and lengths of the issuers that are met here. Fourteen digits are left out: every SIRET has as many, and
# passes the same check.
_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|35\d{14}|(?:50|5[6-9]|6\d)\d{14,17}"
)


def holds_card_number(text: str) -> bool:
    """Whether `text` holds 13 to 19 digits that an issuer of bank cards uses, with a valid last one (Luhn)."""
    for match in _CARD.finditer(text):
        digits = _SPACES.sub("", match[0])
        if _ISSUERS.fullmatch(digits) and _luhn(digits):
            return True
    return False


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_IBAN = re.compile("(?<![0-9A-Za-z])[A-Za-z]{2}\\d\\d(?:[ \u00a0\u202f]?[0-9A-Za-z]{2,4}){3,8}(?![0-9A-Za-z])")
_SHORTEST_IBAN = 15
_FRENCH_IBAN = 27


def holds_iban(text: str) -> bool:
    """Whether `text` holds an International Bank Account Number with valid check digits (ISO 13616)."""
    return any(_starts_with_iban(_SPACES.sub("", match[0].upper())) for match in _IBAN.finditer(text))


def _starts_with_iban(letters: str) -> bool:
    """Words that follow the number may have been taken for a part of it: shorter beginnings are tried too."""
    lengths = [_FRENCH_IBAN] if letters.startswith("FR") else range(_SHORTEST_IBAN, len(letters) + 1)
    return any(len(letters) >= length and _iban_valid(letters[:length]) for length in lengths)


def _iban_valid(letters: str) -> bool:
    moved = letters[4:] + letters[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


_SECRET = r"(?:mots?\s*de\s*passe|mdp|m\.d\.p|password|passwd|pwd|pw)"  # noqa: S105  (a pattern, no secret)
_CODE = r"(?:code\s+(?:secret|confidentiel|pin|d[’']acc[èe]s|personnel|bancaire)|\bpin)"
_NAMED = re.compile(
    rf"\b(?:{_SECRET}|{_CODE})\b\.?[^\S\n]*(?:[:=→]|\best\b|\bc[’']est\b|\bis\b)[^\S\n]*[«\"“']?\s?(?P<said>\S+)", re.I
)
_BARE_SECRET = re.compile(rf"\b{_SECRET}\s+[«\"“']?\s?(?P<said>\S+)", re.I)
_BARE_CODE = re.compile(rf"\b{_CODE}\s+(?:\w+\s+)?[«\"“']?\s?\d{{3,8}}(?!\d)", re.I)
_TALK = re.compile(
    r"(?:à|a|au|aux|avec|bien|ce|changé|changée|choisi|créé|d|dans|de|des|du|elle|en|encore|enregistré|et|été|expiré|fait"
    r"|il|inconnu|introuvable|l|la|le|les|mémorisé|modifié|n|non|noté|nouveau|ok|oublié|oubliée|oui|par|pas|perdu|plus"
    r"|pour|qu|que|réinitialisé|refait|refusé|retrouvé|sécurisé|son|sur|toujours|trop|trouvé|un|une|vu)\b",
    re.I,
)


_TOKEN = re.compile(r"[^\s/:@«»\"“”(),;]{8,}")
_SIGNS = re.compile(r"[*$^~!](?!$)|[*#$^~]$")
"""A sign within that no address on the web has there, or one that ends no sentence."""


def holds_password(text: str) -> bool:
    """Whether `text` tells a password or a code.

    Named with a sign (`mdp=…`), followed by what can be no word, or made as passwords have to be: small and capital
    letters, digits and a sign in one.
    """
    named = any(not _TALK.match(match["said"]) for match in _NAMED.finditer(text))
    bare = any(_can_be_no_word(match["said"]) for match in _BARE_SECRET.finditer(text))
    made = any(_is_made_as_one(token) for token in _TOKEN.findall(text))
    return named or bare or made or bool(_BARE_CODE.search(text))


def _is_made_as_one(token: str) -> bool:
    kinds = (str.islower, str.isupper, str.isdigit)
    return bool(_SIGNS.search(token)) and all(any(kind(letter) for letter in token) for kind in kinds)


def _can_be_no_word(said: str) -> bool:
    """`Azerty12!` is none, `oublié` and `2fois` are."""
    core = said.strip(".,;:!?»\"”')(")
    return len(core) >= 6 and any(letter.isdigit() for letter in core) and any(letter.isalpha() for letter in core)
