"""Lists of labels read from any dialect: `|`, `;`, new lines, or `/` that may also stand inside an item."""

from __future__ import annotations

import re
from typing import Any

from places.clean.text import one_line, search_key
from places.standard.labels import KINDS, LISTS, PHRASES

_CURRENT = {column: {search_key(label): label for label in labels} for column, labels in LISTS.items()}


def items(value: Any) -> list[str]:
    """The items of a list as it was written; the strongest separator found is the one that counts.

    A `/` separates unless it is inside parentheses (`Jeunes (16/26 ans)`) or in `et/ou`. A text that is one
    whole label of the standard is not cut.
    """
    if isinstance(value, list):
        return [item for part in value for item in items(part)]
    text = str(value if value is not None else "").strip()
    for separator in ("|", ";"):
        if separator in text:
            return _not_empty(text.split(separator))
    if any(search_key(text) in labels for labels in _CURRENT.values()):
        return [one_line(text)]
    held = re.sub(r"\([^)]*\)|et/ou", lambda found: found.group().replace("/", "\x01"), text)
    return [part.replace("\x01", "/") for part in _not_empty(re.split(r"[/\n]", held))]


def _not_empty(parts: list[str]) -> list[str]:
    return [cleaned for part in parts if (cleaned := one_line(part))]


def labels(column: str, value: Any) -> tuple[dict[str, list[str]], list[str]]:
    """(labels of the standard by column, items without equal in it), both in the order of the text.

    An audience of the older lists may be a special support today: one column is read into several.
    """
    found: dict[str, list[str]] = {}
    lost: list[str] = []
    for item in items(value):
        key = search_key(item)
        if key in _CURRENT[column]:
            meanings: list[tuple[str, str]] | None = [(column, _CURRENT[column][key])]
        else:
            meanings = _by_phrase(column, key)
        if not meanings:
            lost.append(item)
        for target, label in meanings or []:
            if label not in found.setdefault(target, []):
                found[target].append(label)
    return found, lost


def _by_phrase(column: str, key: str) -> list[tuple[str, str]]:
    """What every known phrase in `key` means: a separator may have been forgotten between two."""
    known = PHRASES.get(column, {})
    return [meaning for phrase, meanings in known.items() if phrase in key for meaning in meanings]


def kinds(value: Any) -> list[str]:
    """`typologie`: codes as they are, known words as their code, others as written."""
    return list(dict.fromkeys(KINDS.get(search_key(item), item) for item in items(value)))


def plain_list(value: Any) -> list[str]:
    """An open list, as written, without doubles."""
    return list(dict.fromkeys(items(value)))
