"""Communes known by their INSEE code, and official names for what files call them."""

from __future__ import annotations

from sqlalchemy import select

from foundation.db import db
from places.clean.text import search_key
from places.importing.location import Facts
from places.models import Commune


def known_commune(communes: dict[str, Commune], code: str, name: str) -> int | None:
    """Id of the commune of `code`, made known if it was not. Without a name it is called by its code until one comes.

    Args:
        communes: those known, by code; completed here.
    """
    if not code:
        return None
    found = communes.get(code)
    if found is None:
        found = communes[code] = Commune(code=code, name=name or code, search_key=search_key(name or code))
        db.session.add(found)
    elif name and found.name == code:
        found.name, found.search_key = name, search_key(name)
    db.session.flush()
    return found.id


class Communes:
    """Official names and codes of the communes that are loaded."""

    def __init__(self) -> None:
        known = list(db.session.scalars(select(Commune)))
        self._by_code = {one.code: one for one in known}
        self._by_name = {one.search_key: one for one in known}

    def complete(self, facts: Facts) -> None:
        """Write the official name of a commune known by its code, and the code of one known by its name."""
        found = self._by_code.get(facts["insee_code"]) or self._by_name.get(search_key(facts["commune"]))
        if found is None:
            return
        if found.name == found.code and facts["commune"]:
            found.name, found.search_key = facts["commune"], search_key(facts["commune"])
        facts["insee_code"] = found.code
        facts["commune"] = found.name if found.name != found.code else facts["commune"]
