"""Whose figures somebody of the staff may see, and how pages and files say so."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Account
from foundation.errors import Forbidden
from foundation.i18n import _, _l
from foundation.security import Role


class NoFigures(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Figures are for managers, and for mediators who look at their own."))


@dataclass(frozen=True)
class Scope:
    """The records of one structure, of one mediator, or (both None) of the whole territory.

    A filter narrows within it and never widens it: a mediator who asks for a colleague's figures gets none.
    """

    structure_id: int | None = None
    mediator_id: int | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the whole territory."""
        return self == Scope()

    def said(self, name: str) -> str:
        """The sentence that stands on every page and file; `name`: of the territory, structure or mediator."""
        if self.mediator_id is not None:
            return _("Only what %(name)s recorded: other people's figures are not in these totals.", name=name)
        if self.structure_id is not None:
            return _("Only what %(name)s recorded: other structures' figures are not in these totals.", name=name)
        if not name:
            return _("All that was recorded, by all structures.")
        return _("All that was recorded in %(name)s, by all structures.", name=name)


TERRITORY = Scope()


def scope_of(account: Account) -> Scope:
    """A manager or administrator sees their structure, or all of the territory; a mediator sees their own figures.

    Raises:
        NoFigures: for everybody else.
    """
    if account.has(Role.MANAGER, Role.ADMINISTRATOR):
        return Scope(structure_id=account.structure_id)
    if account.has(Role.MEDIATOR):
        return Scope(mediator_id=account.id)
    raise NoFigures
