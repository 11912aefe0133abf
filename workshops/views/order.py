"""Who comes first on a waiting list, in the words of residents: everybody may know the rules of their list."""

from __future__ import annotations

from dataclasses import dataclass

from workshops.models import Priority, Programme
from workshops.queries.public import names_of
from workshops.rules.labels import PRIORITIES


@dataclass(frozen=True)
class Order:
    """The rules, strongest first, and the names of the neighbourhoods that one of them means."""

    priorities: list[str]
    favoured: list[str]


def order_of(programme: Programme) -> Order:
    named = Priority.NEIGHBOURHOOD in programme.priorities
    return Order(
        [str(PRIORITIES[Priority(one)]) for one in programme.priorities],
        names_of(programme.neighbourhood_ids) if named else [],
    )
