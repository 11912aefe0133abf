"""Where the records behind a figure are listed, for those who may look at such records; and what each list shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for

from activity.models import Aspect
from foundation.i18n import _, _l
from foundation.pages import may_open
from mediation.models import Attendance
from reach.queries.behind import appointments, contacts, loans, sessions, vouchers
from reach.queries.behind.found import Found
from reach.rules.amounts import NOTHING, written
from reach.rules.dimensions import Dimension
from reach.rules.filters import Filters
from reach.rules.indicators import Unit
from reach.rules.lines import NAMES as SPLITS
from reach.rules.scope import Scope
from vouchers.models import CampaignKind

MINUTES_OF_AN_HOUR = 60
Find = Callable[[Filters, Scope, int], Found]
Write = Callable[[float | None], str]


DAY = _l("Day")


@dataclass(frozen=True)
class Pages:
    """The pages of one kind of record.

    Attributes:
        endpoint, argument: of the page of one.
        may: the endpoint that one must be able to open to see the list at all.
        what: the heading of their names.
        nobody: what is said of one without a name.
        when: the heading of their days.
    """

    endpoint: str
    argument: str
    may: str
    what: Any
    nobody: Any = ""
    when: Any = DAY


@dataclass(frozen=True)
class Behind:
    """One list.

    Attributes:
        name: in its address.
        columns: heading and way of writing of each number.
        said: what stands above it, where its lines do not simply add up to the figure.
    """

    name: str
    pages: Pages
    find: Find
    columns: Sequence[tuple[Any, Write]] = ()
    said: Any = ""


def _number(value: float | None) -> str:
    return written(value, Unit.CONTACTS)


def _hours(minutes: float | None) -> str:
    return NOTHING if minutes is None else written(minutes / MINUTES_OF_AN_HOUR, Unit.HOURS)


def _points(value: float | None) -> str:
    return written(value, Unit.POINTS)


def _money(value: float | None) -> str:
    return written(value, Unit.EUROS)


def _yes(value: float | None) -> str:
    return _("yes") if value else _("no")


ERASED = _l("Person erased")
RECORDS = Pages("records.show", "record_id", "records.show", _l("Record"), _l("Activity"))
PEOPLE = Pages("people.show", "person_id", "records.show", _l("Person"), ERASED, _l("Last time"))
APPOINTMENTS = Pages("desk.show_appointment", "appointment_id", "desk.show_appointment", _l("Person"), ERASED)
SESSIONS = Pages("programmes.show_session", "session_id", "programmes.show_session", _l("Session"))
PROGRAMMES = Pages("skills.show", "programme_id", "skills.show", _l("Programme"))
LOANS = Pages("lending.show", "reservation_id", "lending.show", _l("Kit"))
VOUCHERS = Pages("issuing.show", "voucher_id", "issuing.show", _l("Person"), ERASED)
PAYMENTS = Pages("redemptions.show", "redemption_id", "redemptions.show", _l("Person"), ERASED)

OF_RECORDS = ((_l("By name"), _number), (_l("Heads"), _number), (_l("Hours"), _hours))
OF_PEOPLE = ((_l("Contacts"), _number),)
OF_SEATS = ((_l("Seats offered"), _number), (_l("Seats taken"), _number))
OF_TURNOUT = ((_l("By name"), _number), (_l("Heads"), _number))
OF_PROGRESS = ((_l("People"), _number), (_l("Before"), _points), (_l("After"), _points))

LISTS: Mapping[str, Behind] = {
    "people": Behind("personnes", PEOPLE, contacts.people, OF_PEOPLE),
    "first_timers": Behind(
        "nouvelles-personnes", PEOPLE, partial(contacts.people, which=contacts.newcomers), OF_PEOPLE
    ),
    "returning": Behind(
        "personnes-revenues", PEOPLE, partial(contacts.people, which=contacts.known_before), OF_PEOPLE
    ),
    "not_located": Behind(
        "sans-quartier", PEOPLE, partial(contacts.people, which=contacts.without_home), OF_PEOPLE,
        _l("The people of whom nobody told where they live."),
    ),
    "contacts": Behind("passages", RECORDS, contacts.records, OF_RECORDS, _l("Contacts are people by name and heads.")),
    "anonymous": Behind("sans-nom", RECORDS, contacts.heads, (OF_RECORDS[1],)),
    "hours": Behind("heures", RECORDS, contacts.records, OF_RECORDS),
    "kept": Behind("rendez-vous-honores", APPOINTMENTS, partial(appointments.of, attendance=Attendance.SEEN)),
    "noshow": Behind("absences", APPOINTMENTS, partial(appointments.of, attendance=Attendance.NOSHOW)),
    "excused": Behind("rendez-vous-annules", APPOINTMENTS, partial(appointments.of, attendance=Attendance.EXCUSED)),
    "waiting": Behind(
        "delais", APPOINTMENTS, appointments.first_ones, ((_l("Days waited"), _number),),
        _l("The figure is the median: as many people waited longer as waited less."),
    ),
    "seats_offered": Behind("places-proposees", SESSIONS, sessions.seats, OF_SEATS),
    "seats_taken": Behind("places-prises", SESSIONS, sessions.seats, OF_SEATS),
    "fill": Behind(
        "remplissage", SESSIONS, sessions.seats, OF_SEATS, _l("The figure is seats taken of seats offered.")
    ),
    "children": Behind("enfants", SESSIONS, partial(sessions.turnout, which=sessions.for_young), OF_TURNOUT),
    "care_home": Behind(
        "residents-en-etablissement", SESSIONS, partial(sessions.turnout, which=sessions.of_care_home), OF_TURNOUT
    ),
    "progress": Behind(
        "progres", PROGRAMMES, sessions.assessed, OF_PROGRESS,
        _l("Programmes of which people answered before and after. Their answers are on the page of the programme."),
    ),
    "pupils": Behind("eleves", LOANS, loans.begun, ((_l("Heads"), _number),)),
    "kit_hours": Behind("heures-de-mallettes", LOANS, loans.told, ((_l("Hours of use"), _hours),)),
    "device_vouchers": Behind(
        "cheques-equipement", VOUCHERS, partial(vouchers.handed_over, kind=CampaignKind.DEVICE),
        ((_l("Value"), _money),),
    ),
    "training_vouchers": Behind(
        "cheques-culture-numerique", VOUCHERS, partial(vouchers.handed_over, kind=CampaignKind.TRAINING),
        ((_l("Value"), _money),),
    ),
    "euros": Behind("paiements", PAYMENTS, vouchers.paid, ((_l("Paid"), _money),)),
    "still_used": Behind(
        "appareils", VOUCHERS, vouchers.asked, ((_l("Still used"), _yes),), _l("Only buyers who answered.")
    ),
}  # fmt: skip
"""Indicator → its list. Rates against inhabitants have none: what they are made of is a line for each neighbourhood."""
AGAINST_INHABITANTS = frozenset({"rate", "unevenness"})
ABOUT: Mapping[str, Aspect] = {
    "themes": Aspect.THEME, "procedures": Aspect.PROCEDURE, "referrals": Aspect.REFERRAL,
}  # fmt: skip
"""Indicators that are several figures, one for each value, whose records `about` lists."""
OF_VALUE: Mapping[str, str] = {"themes": "themes", "procedures": "demarches", "referrals": "orientations"}
"""The names of these lists; the value stands behind it in the address."""
BY_NAME: Mapping[str, str] = {one.name: key for key, one in LISTS.items()}
ALSO_OF_NOUGHT = frozenset({"waiting", "fill", "progress", "still_used"})
"""Figures that are made of records also when they are nought."""


class Lists:
    """The addresses of the lists of one view, for whoever is signed in."""

    def __init__(self, filters: Filters) -> None:
        self.address: dict[str, Any] = dict(filters.to_address())

    def of(self, key: str, value: float | None) -> str | None:
        """That of the records behind a figure; None where there are none, or the reader may not look at such."""
        if value is None or not (value or key in ALSO_OF_NOUGHT):
            return None
        if key in AGAINST_INHABITANTS:
            return url_for("reach.by", name=SPLITS[Dimension.NEIGHBOURHOOD], **self.address)
        listed = LISTS.get(key)
        if listed is None or not may_open(listed.pages.may):
            return None
        return url_for("reach.listed", name=listed.name, **self.address)

    def about(self, key: str, value: str) -> str | None:
        """That of the records that tell of a theme, a procedure or a referral."""
        if not may_open(RECORDS.may):
            return None
        return url_for("reach.told", name=OF_VALUE[key], value=value, **self.address)


def about(key: str, value: str) -> Behind:
    """The list of the records with one value."""
    return Behind(
        OF_VALUE[key], RECORDS, partial(contacts.about, aspect=ABOUT[key], value=value), OF_RECORDS,
        _l("Contacts are people by name and heads."),
    )  # fmt: skip
