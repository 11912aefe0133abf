"""Words for the values of enumerations, from the tables of words that each feature keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def labels(words: Mapping[Any, Any], values: Iterable[str]) -> list[str]:
    """What stored values are called, in the order of `words`; values of another version are left out."""
    known = set(values)
    return [str(said) for value, said in words.items() if value.value in known]


def choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """(value, lazy words) of every member, in order, for a choice in a form."""
    return [(value.value, said) for value, said in words.items()]
