"""Arabic for printers that draw one letter after the other: joined forms, and the order in which the eye meets them.

Browsers do this by themselves; PDF does not. Only what residents' papers need is done: one level of right-to-left
text, with names, addresses, times and numbers of the Latin kind inside (a plain case of Unicode's UAX #9).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

ISOLATE, END = "\u2066", "\u2069"
"""Around text that keeps its own left-to-right order, such as a telephone number (LRI and PDI)."""
UNDRAWN = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x064B, 0x0660), 0x0670])
"""Marks of direction, for which the typeface has a wide blank, and vowel signs, which it can only place with tables of
positions that PDF does not read: they would stand on the wrong letter. Grown-ups read without them.
"""
LAM = "\u0644"
MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_FORMS = ("isolated", "final", "initial", "medial")
_PIECE = re.compile(
    rf"(?P<isolate>{ISOLATE}[^{END}]*{END}?)"
    r"|(?P<latin>[A-Za-zÀ-ʯ0-9@#%+€](?:[\wÀ-ʯ\s.,:/@'’%&+\-–?=#]*[A-Za-zÀ-ʯ0-9%€])?)",
    re.ASCII,
)
_LETTER = r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"
_RUN = re.compile(rf"{_LETTER}(?:(?:{_LETTER}|\s)*{_LETTER})?")
"""Arabic words within a line of Latin ones."""


@cache
def _joined() -> dict[str, dict[str, str]]:
    """Letter (or lam-alef) → form → presentation letter, from the Unicode database."""
    found: dict[str, dict[str, str]] = {}
    for code in range(0xFE80, 0xFEFD):
        kind, _, rest = unicodedata.decomposition(chr(code)).partition("> ")
        letters = "".join(chr(int(part, 16)) for part in rest.split())
        if kind.strip("<") in _FORMS:
            found.setdefault(letters, {})[kind.strip("<")] = chr(code)
    return found


def is_arabic(text: str) -> bool:
    """Whether there is an Arabic letter in `text`."""
    return any(unicodedata.bidirectional(letter) == "AL" for letter in text)


def joined(text: str) -> str:
    """`text` with each Arabic letter in the form that its neighbours ask for, still in reading order; without what is
    not drawn.
    """
    letters = _units(text.translate(UNDRAWN))
    result = []
    for at, unit in enumerate(letters):
        forms = _joined().get(unit)
        if forms is None:
            result.append(unit)
            continue
        before = _neighbour(letters, at, -1)
        after = _neighbour(letters, at, 1)
        joins_before = before is not None and "initial" in _joined().get(before, {}) and "final" in forms
        joins_after = after is not None and "final" in _joined().get(after, {}) and "initial" in forms
        form = _FORMS[joins_before + 2 * joins_after]
        result.append(forms.get(form, unit))
    return "".join(result)


def _units(text: str) -> list[str]:
    """Letters one by one; lam and alef together."""
    units: list[str] = []
    for letter in text:
        if units and units[-1] == LAM and LAM + letter in _joined():
            units[-1] += letter
        else:
            units.append(letter)
    return units


def _neighbour(units: list[str], at: int, step: int) -> str | None:
    at += step
    return units[at] if 0 <= at < len(units) else None


def visual(line: str) -> str:
    """One line in the order in which it is drawn from left to right; a line without Arabic stays as it is."""
    line = line.translate(UNDRAWN)
    if not is_arabic(line):
        return line.replace(ISOLATE, "").replace(END, "")
    pieces: list[str] = []
    last = 0
    for match in _PIECE.finditer(line):
        pieces.append(_mirrored(line[last : match.start()]))
        pieces.append(match.group().strip(ISOLATE + END))
        last = match.end()
    pieces.append(_mirrored(line[last:]))
    return "".join(reversed(pieces))


def placed(line: str, *, rtl: bool) -> str:
    """One line as it is drawn in a text of that direction; a line that begins in Arabic is a line of Arabic."""
    if rtl or _begins_in_arabic(line):
        return visual(line)
    return _RUN.sub(lambda run: visual(run.group()), line.replace(ISOLATE, "").replace(END, ""))


def _begins_in_arabic(line: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in line)
    return next((one for one in strong if one in {"L", "R", "AL"}), "") == "AL"


def _mirrored(text: str) -> str:
    """Right-to-left text, its last letter first; signs above Latin letters stay behind their letter."""
    clusters: list[str] = []
    for letter in joined(text):
        if clusters and unicodedata.combining(letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return "".join(reversed(clusters)).translate(MIRRORED)
