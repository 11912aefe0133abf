"""What is looked for in the lists of places: read from the address of the page, it writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms import StringField
from wtforms.validators import Length

from foundation.fields import SelectField
from foundation.i18n import _, _l
from foundation.web import BaseForm

Choices = Iterable[tuple[int, str]]
ALL = 0
LONGEST = 100


class SearchForm(BaseForm):
    """Words of the name or the address, and a neighbourhood; what is none of those looks for nothing."""

    text = StringField(_l("Name or address"), [Length(max=LONGEST)], render_kw={"type": "search"})
    neighbourhood = SelectField(_l("Neighbourhood"), coerce=int, default=ALL)

    def __init__(self, neighbourhoods: Choices) -> None:
        super().__init__(request.args, meta={"csrf": False})
        self.neighbourhood.choices = [(ALL, _("All")), *neighbourhoods]

    def criteria(self) -> dict[str, Any]:
        """For the query of the same name."""
        self.validate()
        return {"text": (self.text.data or "")[:LONGEST], "neighbourhood_id": _chosen(self.neighbourhood)}


class VenueSearchForm(SearchForm):
    """The same, and whose place it is."""

    structure = SelectField(_l("Structure"), coerce=int, default=ALL)

    def __init__(self, neighbourhoods: Choices, structures: Choices) -> None:
        super().__init__(neighbourhoods)
        self.structure.choices = [(ALL, _("All")), *structures]

    def criteria(self) -> dict[str, Any]:
        return {**super().criteria(), "structure_id": _chosen(self.structure)}


def _chosen(field: SelectField) -> int | None:
    return None if field.errors else field.data or None
