"""Appointments, workshops and kits, in words."""

from __future__ import annotations

from foundation.i18n import _l
from reach.rules.indicators.indicator import Indicator, Source, Unit

ACTIVITIES = (
    Indicator(
        key="kept",
        label=_l("Appointments kept"),
        definition=_l("Booked appointments to which the person came."),
        counts=_l("Appointments that begin in the period and are marked as seen."),
        does_not_count=_l("Walk-ins: nobody booked them, they stand apart."),
        records=Source.APPOINTMENTS,
        unit=Unit.APPOINTMENTS,
    ),
    Indicator(
        key="noshow",
        label=_l("No-shows"),
        definition=_l("Booked appointments to which the person did not come, without a word."),
        counts=_l("Their share is of the appointments that took the mediator's time: kept and no-show."),
        does_not_count=_l("Appointments called off by either side, and those that nobody marked yet."),
        records=Source.APPOINTMENTS,
        unit=Unit.APPOINTMENTS,
    ),
    Indicator(
        key="excused",
        label=_l("Cancelled by residents"),
        definition=_l("Booked appointments that the resident called off."),
        counts=_l("Until the appointment, by whichever way."),
        does_not_count=_l(
            "Appointments called off by the service, which are told apart, and appointments that were moved."
        ),
        records=Source.APPOINTMENTS,
        unit=Unit.APPOINTMENTS,
    ),
    Indicator(
        key="waiting",
        label=_l("Days until the first appointment"),
        definition=_l("Days from booking to the first appointment ever kept; the median, with the mean beside."),
        counts=_l("People whose first kept appointment lies in the period. Moving it does not begin anew."),
        does_not_count=_l("People who first came without appointment: they waited for none."),
        records=Source.APPOINTMENTS,
        unit=Unit.DAYS,
    ),
    Indicator(
        key="seats_offered",
        label=_l("Workshop seats offered"),
        definition=_l("Seats of the sessions held, as planned."),
        counts=_l("Sessions for which residents register."),
        does_not_count=_l("Drop-in events, groups of a school or care home, sessions cancelled or not yet told of."),
        records=Source.SESSIONS,
        unit=Unit.SEATS,
    ),
    Indicator(
        key="seats_taken",
        label=_l("Workshop seats taken"),
        definition=_l("Seats of these sessions for which somebody is registered."),
        counts=_l("Also seats that staff gave beyond the number planned."),
        does_not_count=_l("The waiting list; registrations that were called off."),
        records=Source.SESSIONS,
        unit=Unit.SEATS,
    ),
    Indicator(
        key="fill",
        label=_l("Fill rate"),
        definition=_l("Seats taken of the seats offered."),
        counts=_l("The same sessions for both; over 100 % when staff gave more seats than planned."),
        does_not_count=_l("Whether those registered came: see contacts."),
        records=Source.SESSIONS,
        unit=Unit.SHARE,
    ),
    Indicator(
        key="children",
        label=_l("Children and teenagers"),
        definition=_l("Attendance of children at clubs, children's programmes and school sessions."),
        counts=_l("Children by name and heads of classes, once for each session held."),
        does_not_count=_l(
            "Pupils who used a lent kit without a session: see pupils. They are also in the contacts: never add "
            "the two."
        ),
        records=Source.SESSIONS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="care_home",
        label=_l("Care-home participants"),
        definition=_l("Attendance at sessions of care homes."),
        counts=_l("Residents of the home by name and heads, once for each session held."),
        does_not_count=_l("Staff of the home. They are also in the contacts: never add the two."),
        records=Source.SESSIONS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="pupils",
        label=_l("Pupils and others with a kit"),
        definition=_l("Heads that loans of kits were for."),
        counts=_l("The head-count of each loan that begins in the period, once for each loan."),
        does_not_count=_l("Loans that told no head-count: they are shown beside. Never added to people reached."),
        records=Source.LOANS,
        unit=Unit.HEADS,
    ),
    Indicator(
        key="kit_hours",
        label=_l("Hours of use of kits"),
        definition=_l("Head-count multiplied by the time in use that the return told."),
        counts=_l("Loans that are over and told both."),
        does_not_count=_l("Loans that told one of them or none: they are shown beside, and nothing is made up."),
        records=Source.LOANS,
        unit=Unit.HOURS,
    ),
)
