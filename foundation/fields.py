"""Kinds of fields that forms of every feature share; those of choice take (value, label) pairs.

What is not among the choices was made up, or is not offered any more: one plain sentence says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from wtforms import DateField, HiddenField, fields
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from foundation.formwords import CHOICE, DAY, NUMBER
from foundation.i18n import _

T = TypeVar("T")
Offered = Iterable[Any] | None
NOT_OFFERED: dict[str, Any] = {"invalid_value_message": CHOICE, "invalid_choice_message": CHOICE}


def offered(pairs: Offered) -> list[Any] | None:
    """The pairs as WTForms wants them from 3.4 on; None, for those that come later, stays None."""
    return None if pairs is None else [SelectChoice(*one) if isinstance(one, tuple) else one for one in pairs]


class SelectField(fields.SelectField):
    def __init__(self, label: Any = None, validators: Any = None, *, choices: Offered = None, **more: Any) -> None:
        super().__init__(label, validators, choices=offered(choices), **NOT_OFFERED | more)


class SelectMultipleField(fields.SelectMultipleField):
    def __init__(self, label: Any = None, validators: Any = None, *, choices: Offered = None, **more: Any) -> None:
        super().__init__(label, validators, choices=offered(choices), **NOT_OFFERED | more)


class RadioField(fields.RadioField):
    def __init__(self, label: Any = None, validators: Any = None, *, choices: Offered = None, **more: Any) -> None:
        super().__init__(label, validators, choices=offered(choices), **NOT_OFFERED | more)


class IntegerField(fields.IntegerField):
    """A number; one of more digits than any column holds is none (its limits could not even be compared)."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist and len(valuelist[0]) > MOST_DIGITS:
            raise ValueError(str(NUMBER))
        super().process_formdata(valuelist)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """One mistake, one sentence: that of the validator, when there is one, says better what is wanted."""
        self.errors = self.errors[len(self.process_errors) :] or self.errors


class ChoiceSetField(SelectMultipleField):
    """Checkboxes; `data` is a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NumberTravelling(HiddenField):
    """The id of what was chosen, hidden; 0 when nothing was, or when it is no number."""

    data: Any

    def process_data(self, value: Any) -> None:
        self.data = value or 0

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = whole(valuelist[0] if valuelist else None)


def whole(value: Any) -> int:
    """A small number out of a form; what is none counts as 0, which chooses nothing."""
    text = str(value or "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def optional(kind: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Coerce a choice of which the empty one means nothing."""
    return lambda value: None if value in (None, "", "None") else kind(value)


def only_lines(text: Any) -> str:
    """Line ends as one kind: browsers send two characters."""
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n")


def with_value(choices: Iterable[tuple[Any, Any]], value: Any, words: Any) -> list[tuple[Any, Any]]:
    """`choices`, and the stored `value` when it is none of them, so that saving changes nothing unseen."""
    known = list(choices)
    return known if value is None or value in {one for one, _words in known} else [*known, (value, words)]


def given(value: T | None) -> T:
    """What a required field holds, once its form is valid."""
    if value is None:
        raise ValueError("the form was not validated")
    return value


LARGEST_ID = 2**31 - 1
MOST_DIGITS = 20
YEARS = range(2000, 2100)


def row_id(text: str) -> int:
    """An id in an address or a hidden field.

    Raises:
        ValueError: it is none that a database could hold.
    """
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError("no such id")
    return number


def near_day(text: str) -> date:
    """A day in an address.

    Raises:
        ValueError: it is none, or of a year in which nothing is planned.
    """
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError("no such day")
    return day


class DayField(DateField):
    """A day; one of a year in which nothing is planned is none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data and self.data.year not in YEARS:
            self.data = None
            raise ValueError(str(DAY))


class IdField(IntegerField):
    """A hidden id; None when the page sends none, an error when it sends what can be none."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = row_id(valuelist[0]) if valuelist and valuelist[0] else None
        except ValueError as error:
            raise ValueError(_("This is not offered. Load the page again.")) from error


class InstantField(HiddenField):
    """A hidden instant; None when the page sends none, or what can be none."""

    data: Any

    def _value(self) -> str:
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            sent = datetime.fromisoformat(valuelist[0]) if valuelist and valuelist[0] else None
        except ValueError:
            sent = None
        self.data = sent if sent and sent.tzinfo else None
