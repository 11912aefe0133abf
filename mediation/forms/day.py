"""What the pages of the day send."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField, StringField
from wtforms.validators import Length

from foundation.fields import IdField, SelectField, optional
from foundation.i18n import _l
from foundation.web import BaseForm
from mediation.rules.walk_ins import WalkIn

LONGEST_NAME = 160


class WalkInForm(BaseForm):
    """Who came, for what: a name is enough, and may be missing too."""

    service_id = SelectField(_l("For what"), coerce=int)
    name = StringField(
        _l("Given name and family name"), [Length(max=LONGEST_NAME)],
        description=_l("Without a name, the person is only counted."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    venue_id = SelectField(_l("Place"), coerce=optional(int))
    person_id = IdField()
    request_key = HiddenField(validators=[Length(max=64)])

    def __init__(
        self, services: Sequence[tuple[int, str]], venues: Sequence[tuple[int, str]], *, here: str, key: str
    ) -> None:
        """`here` says where the mediator is at this time; empty when no presence tells."""
        super().__init__()
        self.service_id.choices = list(services)
        self.venue_id.choices = [("", here or _l("Choose the place")), *venues]
        if not self.request_key.data:
            self.request_key.data = key

    def names(self) -> tuple[str, str]:
        """Given name and family name; a single word is a family name, as in the search for residents."""
        given, _space, family = " ".join((self.name.data or "").split()).partition(" ")
        return (given[:80], family[:80]) if family else ("", given[:80])

    def wish(self) -> WalkIn:
        """What was asked for, for the verb; call it once the form is valid."""
        given, family = self.names()
        return WalkIn(
            service_id=self.service_id.data,
            person_id=self.person_id.data,
            given_name=given,
            family_name=family,
            venue_id=self.venue_id.data,
            request_key=self.request_key.data or None,
        )
