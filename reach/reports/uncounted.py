"""What is said where nobody knows how many people live anywhere: rates, blanks and shares have nothing to stand on."""

from __future__ import annotations

from foundation.i18n import _
from reach.reports.reading import Reading


def uncounted(reading: Reading) -> str:
    """Why nothing is compared with inhabitants; empty where those of one neighbourhood at least are known."""
    if any(one.population for one in reading.content.areas):
        return ""
    return _("The population of no neighbourhood is known, so that nothing can be compared.")
