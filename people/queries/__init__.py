"""Reads about residents, for pages and for other features."""

from __future__ import annotations

from people.queries.finding import LONGEST_QUERY, MOST, Found, by_code, by_phone, find
from people.queries.likeness import Likely, recognised, similar
from people.queries.proof import proves
from people.queries.records import (
    companions_of,
    consents_of,
    current,
    merge,
    merges_of,
    neighbourhood_choices,
    person,
)

__all__ = [
    "LONGEST_QUERY",
    "MOST",
    "Found",
    "Likely",
    "by_code",
    "by_phone",
    "companions_of",
    "consents_of",
    "current",
    "find",
    "merge",
    "merges_of",
    "neighbourhood_choices",
    "person",
    "proves",
    "recognised",
    "similar",
]
