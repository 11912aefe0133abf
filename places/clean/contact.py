"""Telephone numbers, web addresses and e-mail addresses."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers

from foundation.phones import REGIONS, can_be
from places.clean.text import one_line, without_accents

_REGION_OF_POSTCODE = {"971": "GP", "972": "MQ", "973": "GF", "974": "RE", "976": "YT"}
# Area codes of the French plan that are overseas, whatever the library of numbers says of the mainland.
_REGION_OF_AREA = {"0262": "RE", "0263": "RE", "0269": "YT", "0590": "GP", "0594": "GF", "0596": "MQ"}
# Short numbers that publish a full one for callers from elsewhere (lassuranceretraite.fr).
_FULL_NUMBER = {"3960": "+33971103960"}
_SHORT_NUMBER = re.compile(r"3\d{3}|1\d{1,3}|116\d{3}")
_SEVERAL = re.compile(r"\s*(?:[/|;,\n]|\bou\b|\bet\b)\s*", re.IGNORECASE)


def clean_phone(value: Any, postcode: str = "") -> str | None:
    """The first telephone number of `value` in E.164, or a French short number as it is dialled.

    Args:
        value: text or number of a spreadsheet (which loses its leading zero).
        postcode: an overseas one tries that plan of numbers first.

    Returns:
        None when no number that exists can be read.
    """
    written = one_line(value) if isinstance(value, float) else str(value if value is not None else "")
    text = re.sub(r"\([^)]*[^\d)+\s][^)]*\)", "", written).replace("(0)", "")
    for part in _SEVERAL.split(text.replace("\r", "\n")):
        if number := _one_phone(one_line(part).strip("'’`"), postcode):
            return number
    return None


def _one_phone(text: str, postcode: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    if _SHORT_NUMBER.fullmatch(digits):
        return _FULL_NUMBER.get(digits, digits)
    if len(digits) == 9 and digits[0] != "0" and "+" not in text:
        text = "0" + digits
    home = _REGION_OF_AREA.get(digits[:4]) or _REGION_OF_POSTCODE.get(postcode[:3])
    for region in (home, *REGIONS) if home else REGIONS:
        try:
            parsed = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if can_be(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return None


_BETWEEN_SITES = re.compile(r"\s+/\s+|[|;\n]|\s+ou\s+|\s+et\s+(?=http|www)|(?<!://)(?<=.)(?=https?:/)", re.IGNORECASE)
_SCHEME = re.compile(r"^(https?)(?::/{0,2}|/{1,2}:?|:)", re.IGNORECASE)
_SITE = re.compile(r"^https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?([/?#][^\s]*)?$", re.IGNORECASE)


def clean_websites(value: Any) -> tuple[list[str], list[str]]:
    """(web addresses, what could not be read as one) of a text that may hold several."""
    found: list[str] = []
    lost: list[str] = []
    for part in _BETWEEN_SITES.split(str(value if value is not None else "").replace("\r", "\n")):
        text = one_line(part)
        if not text or text.lower() in {"http://", "https://", "http", "https"}:
            continue
        site = _one_site(text)
        if site is None:
            lost.append(text)
        elif site not in found:
            found.append(site)
    return found, lost


def _one_site(text: str) -> str | None:
    scheme = "http"
    while match := _SCHEME.match(text):
        scheme, text = match.group(1).lower(), text[match.end() :].lstrip("/:")
    host, slash, path = text.partition("/")
    site = f"{scheme}://{host.lower().replace(',', '.')}{slash}{path}"
    return site if _SITE.match(site) and without_accents(site) == site else None


_EMAIL = re.compile(r"^[A-Z0-9._%+'-]+@[A-Z0-9-]+(\.[A-Z0-9-]+)+$", re.IGNORECASE)
_BETWEEN_EMAILS = re.compile(r"[|;,\s]+(?:ou|et|/)?[|;,\s]*", re.IGNORECASE)


def clean_emails(value: Any) -> tuple[list[str], list[str]]:
    """(e-mail addresses, what was said instead): a column of addresses may hold a sentence."""
    text = one_line(value)
    found = [part for part in _BETWEEN_EMAILS.split(text) if _EMAIL.match(part)]
    return list(dict.fromkeys(found)), [] if found or not text else [text]
