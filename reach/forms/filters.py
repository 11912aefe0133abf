"""The filters of figures, as the page sends them in its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.validators import Optional

from activity.rules.labels import AGE_BANDS, CHANNELS
from foundation.fields import DayField, SelectField
from foundation.i18n import _, _l
from foundation.labels import choices as named
from foundation.web import BaseForm
from people.words import GENDERS, STATUSES
from reach.queries.choices import Choices, Offered
from reach.rules.dimensions import PRIORITIES
from reach.rules.filters import Side
from reach.rules.periods import Span

SIDES = {Side.RESIDENCE: _l("where people live"), Side.PLACE: _l("where they were received")}
ANY: dict[str, Any] = {
    "quartier": _l("All neighbourhoods"),
    "qpv": _l("All"),
    "commune": _l("All communes"),
    "structure": _l("All structures"),
    "lieu": _l("All places"),
    "mediateur": _l("All mediators"),
    "age": _l("All ages"),
    "genre": _l("All"),
    "statut": _l("All"),
    "canal": _l("All channels"),
}
"""Field → the words of its empty choice."""


class FiltersForm(BaseForm):
    """The names of the fields are the keys of the address (`Filters.to_address`). Days that are written win over a
    period that the address names.
    """

    du = DayField(_l("From"), [Optional()])
    au = DayField(_l("Up to"), [Optional()])
    cote = SelectField(_l("Neighbourhoods are those"))
    quartier = SelectField(_l("Neighbourhood"))
    qpv = SelectField(_l("Priority neighbourhood (QPV)"))
    commune = SelectField(_l("Commune"))
    structure = SelectField(_l("Structure"))
    lieu = SelectField(_l("Place"))
    mediateur = SelectField(_l("Mediator"))
    age = SelectField(_l("Age"))
    genre = SelectField(_l("Gender"))
    statut = SelectField(_l("Occupation"))
    canal = SelectField(_l("Channel"))

    def __init__(self, asked: MultiDict[str, str], offered: Choices, span: Span) -> None:
        """`span`: written into the days when the address does not write them."""
        super().__init__(asked, data={"du": span.first, "au": span.last}, meta={"csrf": False})
        self.cote.choices = named(SIDES)
        self.cote.data = self.cote.data or Side.RESIDENCE.value
        for key, pairs in _pairs(offered).items():
            self[key].choices = [("", ANY[key]), *pairs]
            self[key].data = self[key].data or ""

    def shown(self, key: str) -> bool:
        """Whether there is something to choose, or something wrong to tell."""
        return len(self[key].choices) > 2 or bool(self[key].errors)

    def validate(self, extra_validators: Any = None) -> bool:
        """Both days, in their order."""
        sound = bool(super().validate(extra_validators))
        first, last = self.du.data, self.au.data
        if not self.du.errors and not self.au.errors:
            if first is None or last is None:
                missing = self.du if first is None else self.au
                missing.errors = [_("Choose the first and the last day.")]
                return False
            if last < first:
                self.au.errors = [_("The last day can not be before the first one.")]
                return False
        return sound

    @property
    def span(self) -> Span:
        """The days of a form that is valid."""
        if self.du.data is None or self.au.data is None:
            raise ValueError("the form is not valid")
        return Span(self.du.data, self.au.data)

    def said(self) -> list[str]:
        """What narrows, in words: the name of each filter with its value."""
        keys = [key for key in ANY if self[key].data]
        if self.cote.data == Side.PLACE and {"quartier", "qpv", "commune"} & set(keys):
            keys.append("cote")
        return [
            _("%(filter)s: %(value)s", filter=self[key].label.text, value=dict(self[key].choices)[self[key].data])
            for key in keys
        ]

    def chosen(self) -> dict[str, str]:
        """Key → value of what narrows, as an address has it."""
        return {key: self[key].data for key in ("cote", *ANY) if self[key].data}


def _pairs(offered: Choices) -> Mapping[str, list[tuple[str, Any]]]:
    rows: dict[str, Callable[[Choices], Offered]] = {
        "quartier": lambda one: one.neighbourhoods, "commune": lambda one: one.communes,
        "structure": lambda one: one.structures, "lieu": lambda one: one.venues,
        "mediateur": lambda one: one.mediators,
    }  # fmt: skip
    words: dict[str, Mapping[Any, Any]] = {
        "qpv": PRIORITIES, "age": AGE_BANDS, "genre": GENDERS, "statut": STATUSES, "canal": CHANNELS
    }  # fmt: skip
    ids = {key: [(str(id_), name) for id_, name in of(offered)] for key, of in rows.items()}
    return ids | {key: named(values) for key, values in words.items()}
