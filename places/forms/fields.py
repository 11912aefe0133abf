"""Fields that several forms of places share."""

from __future__ import annotations

import re
from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.fields import RadioField, SelectMultipleField
from foundation.i18n import _l

YES, NO, UNKNOWN = "yes", "no", "unknown"
_TO_ANSWER = {YES: True, NO: False}
COORDINATE = Length(max=30)


class ChecksField(SelectMultipleField):
    """One checkbox a choice."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AnswerField(RadioField):
    """Yes, no, or not known: `answer` is True, False or None."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        choices = [(YES, _l("Yes")), (NO, _l("No")), (UNKNOWN, _l("Not known"))]
        super().__init__(label, [Optional()], choices=choices, default=UNKNOWN, **kwargs)

    def process_data(self, value: Any) -> None:
        if value is True or value is False:
            value = YES if value else NO
        super().process_data(value or UNKNOWN)

    @property
    def answer(self) -> bool | None:
        return _TO_ANSWER.get(self.data or "")


class LinesField(TextAreaField):
    """A list, one item a line: `items`."""

    def process_data(self, value: Any) -> None:
        super().process_data("\n".join(value) if isinstance(value, list) else value)

    @property
    def items(self) -> list[str]:
        return [line.strip() for line in re.split(r"[\r\n]+", self.data or "") if line.strip()]


def name_field(label: Any, length: int) -> StringField:
    return StringField(label, [InputRequired(_l("Write a name.")), Length(max=length)])


def text_field(label: Any, length: int, description: Any = "", **attributes: Any) -> StringField:
    return StringField(label, [Length(max=length)], description=description, render_kw=attributes or None)


def latitude_field() -> StringField:
    return StringField(
        _l("Latitude"), [COORDINATE], description=_l("Like 47.2184. Leave both empty when they are not known."),
        render_kw={"inputmode": "decimal"},
    )  # fmt: skip


def longitude_field() -> StringField:
    return StringField(
        _l("Longitude"), [COORDINATE], description=_l("Like -1.5536."), render_kw={"inputmode": "decimal"}
    )
