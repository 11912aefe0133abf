"""The figure that the lines of a list make, put together by hand: it must be the one that the list stands behind."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from reach.queries.behind.found import Line
from reach.rules.scope import TERRITORY, Scope
from reach.views.dashboard.listed import LISTS, Behind
from tests.reach.asking import asked


def lines(listed: Behind, scope: Scope = TERRITORY, **chosen: Any) -> list[Line]:
    """Those of all pages; the number of lines and the sums that the pages tell must be those of the lines."""
    pages = [_page(listed, scope, chosen, 1)]
    while pages[-1].more(len(pages)):
        pages.append(_page(listed, scope, chosen, len(pages) + 1))
    found = [line for page in pages for line in page.lines]
    assert {len(line.numbers) for line in found} <= {len(listed.columns)}
    assert {page.count for page in pages} == {len(found)}
    for at, total in enumerate(pages[0].sums):
        assert total is None or abs(total - sum(line.numbers[at] or 0 for line in found)) < 1e-6
    return found


def _page(listed: Behind, scope: Scope, chosen: dict[str, Any], number: int) -> Any:
    return asked(lambda filters, within: listed.find(filters, within, number), scope, **chosen)


def made(key: str, scope: Scope = TERRITORY, **chosen: Any) -> float | None:
    """The figure of an indicator, from the lines behind it."""
    return MADE.get(key, len)(lines(LISTS[key], scope, **chosen))


def column(*numbers: int) -> Callable[[list[Line]], float]:
    return lambda found: sum(line.numbers[at] or 0 for line in found for at in numbers)


def _share(part: Callable[[list[Line]], float], whole: Callable[[list[Line]], float]) -> Any:
    return lambda found: part(found) / whole(found) if whole(found) else None


def _days(found: list[Line]) -> float | None:
    return median(line.numbers[0] or 0 for line in found) if found else None


def _progress(found: list[Line]) -> float | None:
    grown = sum((people or 0) * ((after or 0) - (before or 0)) for people, before, after in (o.numbers for o in found))
    return grown / column(0)(found) if found else None


MADE: dict[str, Callable[[list[Line]], float | None]] = {
    "contacts": column(0, 1),
    "anonymous": column(0),
    "hours": lambda found: column(2)(found) / 60,
    "waiting": _days,
    "seats_offered": column(0),
    "seats_taken": column(1),
    "fill": _share(column(1), column(0)),
    "children": column(0, 1),
    "care_home": column(0, 1),
    "progress": _progress,
    "pupils": column(0),
    "kit_hours": lambda found: column(0)(found) / 60,
    "euros": column(0),
    "still_used": _share(column(0), len),
}
"""Those that are not simply the number of lines."""
