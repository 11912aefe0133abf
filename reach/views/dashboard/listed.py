"""Where the records behind a figure are listed: only lists that the reader may open, and that show just these."""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for

from accounts.models import Account
from activity.models import Theme
from equipment.rules.spans import OWN
from foundation.i18n import _, ngettext
from foundation.pages import may_open
from foundation.security import Role
from reach.queries.board import Board
from reach.rules.filters import CHOSEN, Filters
from reach.rules.scope import Scope

OF_RECORDS = frozenset({"people", "first_timers", "returning", "contacts", "anonymous", "hours"})
OF_LOANS = frozenset({"pupils", "kit_hours"})


class Link(NamedTuple):
    """Where a list is, and what it is."""

    url: str
    words: str


class Lists:
    """The lists that show what a view counts.

    That of activity records knows mediators and themes, and no other filter; that of loans knows structures. Where the
    view is narrowed by anything else, there is no link, rather than one to other records than those counted.
    """

    def __init__(self, filters: Filters, scope: Scope, reader: Account) -> None:
        self.filters, self.scope, self.reader = filters, scope, reader

    def of(self, key: str, board: Board) -> Link | None:
        """The list behind the figure of an indicator."""
        if key in OF_RECORDS and (url := self.records()):
            count = board.now.contacts.total.records
            return Link(url, ngettext("%(num)s record", "%(num)s records", count)) if count else None
        if key in OF_LOANS and board.now.kits.total.loans and (url := self.loans()):
            return Link(url, _("The loans"))
        return None

    def records(self, theme: Theme | None = None) -> str | None:
        """Those of a structure's manager are its records, and those of a mediator their own, as the figures are."""
        manages = self.reader.has(Role.MANAGER)
        own = self.scope.mediator_id is not None
        if self._narrowed_by_others("mediator_id") or not (manages or own) or not may_open("records.mine"):
            return None
        first, last = self._days()
        whose = self.filters.mediator_id if manages else None
        return url_for("records.mine", du=first, au=last, mediateur=whose, theme=theme.value if theme else None)

    def loans(self) -> str | None:
        whose = self.filters.structure_id if self.scope.whole else None
        if self._narrowed_by_others("structure_id") or self.scope.mediator_id or not may_open("upkeep.figures"):
            return None
        first, last = self._days()
        return url_for("upkeep.figures", periode=OWN, du=first, au=last, structure=whose)

    def _narrowed_by_others(self, known: str) -> bool:
        return any(getattr(self.filters, name) is not None for name in CHOSEN if name != known)

    def _days(self) -> tuple[str, str]:
        return self.filters.span.first.isoformat(), self.filters.span.last.isoformat()
