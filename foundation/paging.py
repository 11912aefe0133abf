"""Long lists, a page at a time: which page the address asks for, and the addresses of those around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request, url_for

Row = TypeVar("Row")
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Pages:
    """Addresses of the pages around this one."""

    previous: str | None
    next: str | None


def page_asked() -> int:
    """The number in `?page=`, from 1 on; what is no number is the first page."""
    return min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)


def pages_around(number: int, endpoint: str, *, more: bool, **kept: Any) -> Pages:
    """The neighbours of page `number` of `endpoint`; `kept` are the other parts of the address, empty ones left out."""
    rest = {name: value for name, value in kept.items() if value}
    return Pages(
        previous=url_for(endpoint, **rest, page=number - 1) if number > 1 else None,
        next=url_for(endpoint, **rest, page=number + 1) if more else None,
    )


def paged(rows: Sequence[Row], size: int, endpoint: str, **kept: Any) -> tuple[Sequence[Row], Pages]:
    """The rows of the page that is asked for, of all that there are, `size` a page."""
    number = page_asked()
    start = (number - 1) * size
    return rows[start : start + size], pages_around(number, endpoint, more=len(rows) > start + size, **kept)
