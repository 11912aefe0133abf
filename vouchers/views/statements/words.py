"""How statements and their lines are said, on pages, on paper and in tables."""

from __future__ import annotations

from foundation.i18n import _, ngettext, short_day
from vouchers.models import Statement
from vouchers.queries.statement_lines import StatementLine
from vouchers.rules.labels import DEVICES
from vouchers.rules.statement_words import said
from vouchers.rules.statements import Month


def month_of(statement: Statement) -> str:
    """`mars 2026`."""
    return said(Month(statement.year, statement.month))


def bought(line: StatementLine) -> str:
    """What was bought; of what is taken back, why."""
    if line.undone:
        return _("Undone: %(reason)s", reason=line.reason)
    if line.device_kind:
        return f"{DEVICES[line.device_kind]} {line.serial}"
    units = ngettext("%(num)s unit", "%(num)s units", line.units)
    return _("%(units)s, session of %(day)s", units=units, day=short_day(line.session_on)) if line.session_on else units
