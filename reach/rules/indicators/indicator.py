"""What each figure counts, what it does not, and from which records: the definition that stands beside it everywhere.

Pages, reports, exports and the open data's dictionary read these words; the figures come from `reach.queries`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from foundation.i18n import _l


class Unit(StrEnum):
    """What a figure is a number of."""

    PEOPLE = "people"
    HEADS = "heads"
    CONTACTS = "contacts"
    HOURS = "hours"
    APPOINTMENTS = "appointments"
    DAYS = "days"
    SEATS = "seats"
    VOUCHERS = "vouchers"
    EUROS = "euros"
    SHARE = "share"
    RATE = "rate"
    POINTS = "points"


class Source(StrEnum):
    """The records that a figure is counted from."""

    RECORDS = "records"
    RECORDS_POPULATION = "records_population"
    APPOINTMENTS = "appointments"
    SESSIONS = "sessions"
    LOANS = "loans"
    VOUCHERS = "vouchers"
    ASSESSMENTS = "assessments"
    ANSWERS = "answers"


UNITS: dict[Unit, Any] = {
    Unit.PEOPLE: _l("people"),
    Unit.HEADS: _l("heads"),
    Unit.CONTACTS: _l("contacts"),
    Unit.HOURS: _l("hours"),
    Unit.APPOINTMENTS: _l("appointments"),
    Unit.DAYS: _l("days"),
    Unit.SEATS: _l("seats"),
    Unit.VOUCHERS: _l("vouchers"),
    Unit.EUROS: _l("euros"),
    Unit.SHARE: _l("per cent"),
    Unit.RATE: _l("per 1,000 inhabitants"),
    Unit.POINTS: _l("points"),
}
SOURCES: dict[Source, Any] = {
    Source.RECORDS: _l("Activity records"),
    Source.RECORDS_POPULATION: _l("Activity records, and the population of neighbourhoods"),
    Source.APPOINTMENTS: _l("Appointments"),
    Source.SESSIONS: _l("Workshop sessions, their registrations and attendance"),
    Source.LOANS: _l("Loans of kits and their returns"),
    Source.VOUCHERS: _l("Vouchers and their payments"),
    Source.ASSESSMENTS: _l("Self-assessments of workshops"),
    Source.ANSWERS: _l("Answers of residents, and the activity records of what they are about"),
}


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A figure in words; `SOURCES` and `UNITS` say where it comes from and what it is a number of."""

    key: str
    label: Any
    definition: Any
    counts: Any
    does_not_count: Any
    records: Source
    unit: Unit
