"""Fields of choice that take (value, label) pairs, as queries and tables of words give them.

What is not among the choices was made up, or is not offered any more: one plain sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import fields
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from foundation.i18n import _l

Offered = Iterable[Any] | None
REFUSAL = _l("Choose one of the answers that are offered.")
NOT_OFFERED: dict[str, Any] = {"invalid_value_message": REFUSAL, "invalid_choice_message": REFUSAL}


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
