"""The definitions of all figures, in the order in which they are shown."""

from __future__ import annotations

from reach.rules.indicators.activities import ACTIVITIES
from reach.rules.indicators.contacts import CONTACTS
from reach.rules.indicators.indicator import SOURCES, UNITS, Indicator, Source, Unit
from reach.rules.indicators.outcomes import OUTCOMES

__all__ = ["INDICATORS", "SOURCES", "UNITS", "Indicator", "Source", "Unit"]

INDICATORS: dict[str, Indicator] = {one.key: one for one in (*CONTACTS, *ACTIVITIES, *OUTCOMES)}
"""Key → its definition."""
