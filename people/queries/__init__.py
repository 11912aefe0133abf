"""Reads about residents, for pages and for other features."""

from __future__ import annotations

from people.queries.finding import LONGEST_QUERY, MOST, Found, by_code, by_phone, find
from people.queries.likeness import Likely, is_called, recognised, similar
from people.queries.proof import born_in, proves
from people.queries.reaching import Reach, may_be_reached, reach
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
    "Reach",
    "born_in",
    "by_code",
    "by_phone",
    "companions_of",
    "consents_of",
    "current",
    "find",
    "is_called",
    "may_be_reached",
    "merge",
    "merges_of",
    "neighbourhood_choices",
    "person",
    "proves",
    "reach",
    "recognised",
    "similar",
]
