"""What the address of a page of figures asks for, within the scope of whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from accounts.current import staff
from foundation import clock
from foundation.errors import Refused
from foundation.i18n import _, _l
from reach.forms.filters import FiltersForm
from reach.queries.choices import choices
from reach.rules import periods
from reach.rules.filters import Filters, from_address
from reach.rules.periods import Span, UnreadablePeriod
from reach.rules.scope import Scope, scope_of


class UnreadableView(Refused):
    """A picture or a table alone has no form in which to say what is wrong with its address."""

    def __init__(self) -> None:
        super().__init__(_l("This view can not be read. Choose its period and its filters again."))


@dataclass(frozen=True)
class Asked:
    """Attributes:
    filters: None when what is asked for can not be read, or is not theirs to see; the form says what is wrong.
    retyped: whether the days stand in the address as the form sends them, and not as one shares them.
    """

    form: FiltersForm
    scope: Scope
    filters: Filters | None
    retyped: bool

    @property
    def address(self) -> dict[str, str]:
        """The query of the same view elsewhere; empty of one that can not be read."""
        return self.filters.to_address() if self.filters else {}


def asked() -> Asked:
    """By whoever is signed in. A row of another scope is as if it did not exist, and nothing is counted in its place.

    Raises:
        NoFigures: for somebody who sees none.
    """
    scope = scope_of(staff())
    retyped = bool({"du", "au"} & request.args.keys())
    span, fault = (None, "") if retyped else _named()
    form = FiltersForm(request.args, choices(scope), span or periods.month_of(clock.today()))
    if fault:
        form.validate()
        form.du.errors = [fault]
        return Asked(form, scope, None, retyped)
    if not form.validate():
        _tell_scope(form, scope)
        return Asked(form, scope, None, retyped)
    wanted = from_address({"periode": periods.written(form.span), **form.chosen()}, today=clock.today())
    return Asked(form, scope, wanted, retyped)


def readable() -> tuple[Filters, Scope]:
    """The same where there is no form to say what is wrong.

    Raises:
        NoFigures, UnreadableView
    """
    found = asked()
    if found.filters is None:
        raise UnreadableView
    return found.filters, found.scope


def _named() -> tuple[Span | None, str]:
    """The period that the address names, or what is wrong with it."""
    text = request.args.get("periode", "")
    try:
        return (periods.read(text) if text else None), ""
    except UnreadablePeriod as refused:
        return None, str(refused)


def _tell_scope(form: FiltersForm, scope: Scope) -> None:
    """Whose figures somebody may ask for is told with the refusal."""
    for field in (form["structure"], form["mediateur"]):
        if field.errors and not scope.whole:
            field.errors = [_("These figures are not in what you may see. Choose again.")]
            field.choices = [("", _("All that you may see")), *field.choices[1:]]
