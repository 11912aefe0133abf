"""The columns of an import's preview: for each kind of file, what tells that it was understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foundation.i18n import _, _l, phone
from places.forms.imports import Kind
from places.views.presenting import thousands, word

HOURS = "hours"
"""A cell that the page draws itself, line by line."""

Facts = dict[str, Any]
Column = tuple[Any, Callable[[Facts], str] | str]


def _told(name: str) -> Callable[[Facts], str]:
    return lambda facts: str(facts.get(name) or "")


def _kind(name: str) -> Callable[[Facts], str]:
    return lambda facts: word(facts[name])


def _where(facts: Facts) -> str:
    """The address; without one, the point."""
    told = " ".join(facts[name] for name in ("address", "postcode", "commune") if facts.get(name))
    return told or _point(facts)


def _point(facts: Facts) -> str:
    return f"{facts['latitude']:.5f}, {facts['longitude']:.5f}" if facts.get("latitude") is not None else ""


def _people(name: str) -> Callable[[Facts], str]:
    return lambda facts: thousands(facts[name]) if facts.get(name) is not None else ""


def _population(facts: Facts) -> str:
    """How many people, and of which year when it is known."""
    told, year = _people("population")(facts), facts.get("population_year")
    return f"{told} ({year})" if told and year else told


def _priority(facts: Facts) -> str:
    return (facts.get("priority_code") or _("yes")) if facts.get("is_priority") else ""


def _commune(facts: Facts) -> str:
    return str(facts.get("commune") or facts.get("commune_code") or "")


NAME: Column = (_l("Name"), _told("name"))
WHERE: Column = (_l("Where"), _where)
CODE: Column = (_l("Code"), _told("external_id"))
KIND: Column = (_l("Kind"), _kind("kind"))
PHONE: Column = (_l("Phone"), lambda facts: phone(facts.get("phone")))
COLUMNS: dict[Kind, list[Column]] = {
    Kind.VENUES: [NAME, WHERE, CODE, (_l("Opening hours"), HOURS)],
    Kind.NEIGHBOURHOODS: [
        NAME, (_l("Code"), _told("code")), (_l("Kind"), _kind("level")), (_l("Commune"), _commune),
        (_l("Population"), _population), (_l("Priority neighbourhood (QPV)"), _priority),
    ],
    Kind.SCHOOLS: [NAME, KIND, WHERE, CODE, (_l("Pupils"), _people("pupils")), PHONE],
    Kind.CARE_HOMES: [NAME, KIND, WHERE, CODE, (_l("Beds"), _people("beds")), PHONE],
    Kind.ADDRESSES: [(_l("Address"), _told("label")), (_l("Point"), _point), CODE],
}  # fmt: skip
