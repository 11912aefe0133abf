"""How statements and their lines are said, on pages, on paper and in tables."""

from __future__ import annotations

from foundation.i18n import _, euros, full_day, local, ngettext, short_day
from vouchers.models import Statement
from vouchers.queries.statement_lines import StatementLine, Total
from vouchers.rules.labels import DEVICES
from vouchers.rules.statement_words import said
from vouchers.rules.statements import Month


def month_of(statement: Statement) -> str:
    """`mars 2026`."""
    return said(Month(statement.year, statement.month))


def taken_off(line: StatementLine) -> str:
    """When a payment was undone since, and which statement takes it off; empty when it was not."""
    if line.undone_since is None:
        return ""
    day = local(line.undone_since).date()
    return _("Undone on %(day)s, taken off the statement of %(month)s", day=full_day(day), month=said(Month.of(day)))


def undone_words(found: Total) -> str:
    """How much of a statement was undone since; empty when nothing was."""
    if not found.lines:
        return ""
    return ngettext(
        "%(num)s payment of this statement was undone since (%(amount)s). The total stays: a later statement takes it"
        " off, as its line says.",
        "%(num)s payments of this statement were undone since (%(amount)s). The total stays: a later statement takes"
        " them off, as their lines say.",
        found.lines, amount=euros(found.cents),
    )  # fmt: skip


def bought(line: StatementLine) -> str:
    """What was bought; of what is taken back, why."""
    if line.undone:
        return _("Undone: %(reason)s", reason=line.reason)
    if line.device_kind:
        return f"{DEVICES[line.device_kind]} {line.serial}"
    units = ngettext("%(num)s unit", "%(num)s units", line.units)
    return _("%(units)s, session of %(day)s", units=units, day=short_day(line.session_on)) if line.session_on else units
