"""Fields of sessions that hold several lines: kits and how many of each, titles one a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import FieldList, Form, FormField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from foundation.fields import IntegerField, only_lines
from foundation.i18n import _, _l
from foundation.web import stripped
from workshops.rules.kits import LONGEST_KIND, kits_asked
from workshops.rules.planning import MOST_KITS

LINES = 3
MOST_LINES = 8


class KitForm(Form):
    """One kind of kit, and how many; both empty: nothing."""

    kind = StringField(
        _l("Kind of kit"), [Length(max=LONGEST_KIND)], filters=[stripped], render_kw={"list": "known-kits"}
    )
    count = IntegerField(
        _l("How many"), [Optional(), NumberRange(1, MOST_KITS, _l("Ask for 1 to 20 kits of a kind."))],
        render_kw={"class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip


def kits_field() -> Any:
    """A few lines to fill in, at least `LINES`."""
    return FieldList(FormField(KitForm), _l("Kits needed"), min_entries=LINES, max_entries=MOST_LINES)


def asked_kits(field: Any, known: Sequence[str]) -> dict[str, int]:
    """Kind of kit → how many.

    Raises:
        NoKindOfKit, BadKits, and what `foundation.forbidden.check_text` raises
    """
    return kits_asked([(one.form.kind.data or "", one.form.count.data) for one in field], known)


class LinesField(TextAreaField):
    """Several texts, one a line, each of at most `longest` characters; `said_in` tells the browser their language."""

    def __init__(self, label: Any, *, longest: int, said_in: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(label, filters=[only_lines], render_kw={"rows": 4, **(said_in or {})}, **more)
        self.longest = longest

    def pre_validate(self, form: Any) -> None:
        for line in self.lines():
            if len(line) > self.longest:
                raise ValidationError(_("This line is too long: %(line)s…", line=line[:30]))

    def lines(self) -> list[str]:
        """Line by line, in order; an empty one says nothing of what it stands for, and none is left at the end."""
        return [line.strip() for line in (self.data or "").rstrip().split("\n")] if (self.data or "").strip() else []
