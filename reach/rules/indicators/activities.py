"""Appointments, workshops and kits, in words."""

from __future__ import annotations

from foundation.i18n import _l
from reach.rules.indicators.indicator import Indicator, Source, Unit

ACTIVITIES = (
    Indicator(
        key="kept",
        label=_l("Appointments kept"),
        definition=_l("Booked appointments that the person attended."),
        counts=_l("Appointments that begin within the period and are marked as seen."),
        does_not_count=_l("Walk-ins, which nobody booked: they are shown separately."),
        records=Source.APPOINTMENTS,
        unit=Unit.APPOINTMENTS,
    ),
    Indicator(
        key="noshow",
        label=_l("No-shows"),
        definition=_l("Booked appointments that the person missed without giving notice."),
        counts=_l(
            "Their share is worked out on the appointments that took up the mediator's time: those kept and "
            "those missed."
        ),
        does_not_count=_l("Appointments cancelled by either side, and those not yet marked."),
        records=Source.APPOINTMENTS,
        unit=Unit.APPOINTMENTS,
    ),
    Indicator(
        key="excused",
        label=_l("Cancelled by residents"),
        definition=_l("Booked appointments that the resident cancelled."),
        counts=_l("Up to the appointment, by any means."),
        does_not_count=_l(
            "Appointments cancelled by the service, which are counted separately, and appointments that were moved."
        ),
        records=Source.APPOINTMENTS,
        unit=Unit.APPOINTMENTS,
    ),
    Indicator(
        key="waiting",
        label=_l("Days until the first appointment"),
        definition=_l("Days between booking and the first appointment ever kept: the median, with the mean beside it."),
        counts=_l("People whose first kept appointment falls within the period. Moving it does not restart the count."),
        does_not_count=_l("People who first came without an appointment, and so waited for none."),
        records=Source.APPOINTMENTS,
        unit=Unit.DAYS,
    ),
    Indicator(
        key="seats_offered",
        label=_l("Workshop seats offered"),
        definition=_l("Planned seats of the sessions held."),
        counts=_l("Sessions for which residents register."),
        does_not_count=_l(
            "Drop-in events, groups from a school or care home, and sessions cancelled or not yet written up."
        ),
        records=Source.SESSIONS,
        unit=Unit.SEATS,
    ),
    Indicator(
        key="seats_taken",
        label=_l("Workshop seats taken"),
        definition=_l("Seats of these sessions for which someone is registered."),
        counts=_l("Including seats that staff added beyond the number planned."),
        does_not_count=_l("The waiting list, and cancelled registrations."),
        records=Source.SESSIONS,
        unit=Unit.SEATS,
    ),
    Indicator(
        key="fill",
        label=_l("Fill rate"),
        definition=_l("Seats taken as a share of the seats offered."),
        counts=_l("The same sessions for both; above 100% when staff added seats beyond those planned."),
        does_not_count=_l("Whether those registered actually came: see contacts."),
        records=Source.SESSIONS,
        unit=Unit.SHARE,
    ),
    Indicator(
        key="children",
        label=_l("Children and teenagers"),
        definition=_l("Attendances of children at clubs, children's programmes and school sessions."),
        counts=_l("Children known by name and the head-counts of classes, once for each session held."),
        does_not_count=_l(
            "Pupils who used a kit on loan without a session: see pupils. These attendances are also among "
            "the contacts: never add the two."
        ),
        records=Source.SESSIONS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="care_home",
        label=_l("Care-home participants"),
        definition=_l("Attendances at sessions in care homes."),
        counts=_l("Residents of the home, named or counted, once for each session held."),
        does_not_count=_l("Staff of the home. These attendances are also among the contacts: never add the two."),
        records=Source.SESSIONS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="pupils",
        label=_l("Pupils and others with a kit"),
        definition=_l("People for whom kits were lent."),
        counts=_l("The head-count of each loan that begins within the period, once for each loan."),
        does_not_count=_l(
            "Loans without a head-count, which are shown beside it. These people are never added to the people reached."
        ),
        records=Source.LOANS,
        unit=Unit.HEADS,
    ),
    Indicator(
        key="kit_hours",
        label=_l("Hours of use of kits"),
        definition=_l("Head-count multiplied by the time in use noted on return."),
        counts=_l("Loans that have ended and for which both were noted."),
        does_not_count=_l(
            "Loans for which one of the two or both are missing: they are shown beside it, and nothing is made up."
        ),
        records=Source.LOANS,
        unit=Unit.HOURS,
    ),
)
