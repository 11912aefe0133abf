"""What people read for each value of mediation's enumerations, in one place."""

from __future__ import annotations

from typing import Any

from foundation.i18n import _l
from mediation.models import (
    ActivityKind,
    AgeBand,
    Attendance,
    Audience,
    Autonomy,
    Channel,
    Equipment,
    EventKind,
    Origin,
    Procedure,
    Referral,
    Theme,
)

AUDIENCES: dict[Audience, Any] = {
    Audience.STAFF: _l("The team only"),
    Audience.PRESCRIBERS: _l("The team and partner professionals"),
    Audience.EVERYONE: _l("Everyone, online too"),
}

CHANNELS: dict[Channel, Any] = {
    Channel.VENUE: _l("On site"),
    Channel.HOME: _l("At the person’s home"),
    Channel.PHONE: _l("By telephone"),
    Channel.VIDEO: _l("By video"),
}

ATTENDANCES: dict[Attendance, Any] = {
    Attendance.EXPECTED: _l("Expected"),
    Attendance.SEEN: _l("Came"),
    Attendance.EXCUSED: _l("Cancelled by the person"),
    Attendance.REVOKED: _l("Cancelled by the service"),
    Attendance.NOSHOW: _l("Did not come"),
}

ORIGINS: dict[Origin, Any] = {
    Origin.RESIDENT: _l("Online"),
    Origin.DESK: _l("At the desk or by telephone"),
    Origin.PRESCRIBER: _l("By a partner professional"),
    Origin.WALK_IN: _l("Without appointment"),
}

EVENTS: dict[EventKind, Any] = {
    EventKind.BOOKED: _l("Booked"),
    EventKind.MOVED: _l("Moved"),
    EventKind.ARRIVED: _l("Arrived"),
    EventKind.MARKED: _l("Marked"),
    EventKind.REOPENED: _l("Reopened"),
}

ACTIVITY_KINDS: dict[ActivityKind, Any] = {
    ActivityKind.INDIVIDUAL: _l("One to one"),
    ActivityKind.GROUP: _l("Group"),
}

AGE_BANDS: dict[AgeBand, Any] = {
    AgeBand.UNDER_12: _l("Under 12"),
    AgeBand.FROM_12_TO_17: _l("12 to 17"),
    AgeBand.FROM_18_TO_24: _l("18 to 24"),
    AgeBand.FROM_25_TO_39: _l("25 to 39"),
    AgeBand.FROM_40_TO_59: _l("40 to 59"),
    AgeBand.FROM_60_TO_69: _l("60 to 69"),
    AgeBand.FROM_70: _l("70 and over"),
    AgeBand.NOT_COMMUNICATED: _l("Not communicated"),
}

AUTONOMIES: dict[Autonomy, Any] = {
    Autonomy.FULLY_GUIDED: _l("Guided all along"),
    Autonomy.PARTLY_AUTONOMOUS: _l("Partly autonomous"),
    Autonomy.AUTONOMOUS: _l("Autonomous"),
}

THEMES: dict[Theme, Any] = {
    Theme.DIGITAL_DIAGNOSIS: _l("Digital diagnosis"),
    Theme.DEVICE_START: _l("Getting started with a device"),
    Theme.DEVICE_UPKEEP: _l("Device upkeep"),
    Theme.FILES: _l("Managing one’s files"),
    Theme.WEB: _l("Web browsing"),
    Theme.EMAIL: _l("E-mail"),
    Theme.OFFICE: _l("Office tools"),
    Theme.SOCIAL_NETWORKS: _l("Social networks"),
    Theme.HEALTH: _l("Health online"),
    Theme.BANKING_SHOPPING: _l("Banking and shopping online"),
    Theme.PROFESSIONAL_SUPPORT: _l("Helping a professional"),
    Theme.FINDING_WORK: _l("Finding work"),
    Theme.ONLINE_SAFETY: _l("Online safety"),
    Theme.PARENTING: _l("Parenting and screens"),
    Theme.SCHOOL: _l("School and digital tools"),
    Theme.CREATING: _l("Creating with digital tools"),
    Theme.DIGITAL_CULTURE: _l("Digital culture"),
    Theme.ARTIFICIAL_INTELLIGENCE: _l("Artificial intelligence"),
    Theme.PROCEDURES: _l("Help with administrative procedures"),
}

PROCEDURES: dict[Procedure, Any] = {
    Procedure.PAPERS: _l("Papers, elections, citizenship"),
    Procedure.FAMILY: _l("Family, school"),
    Procedure.SOCIAL_HEALTH: _l("Social, health"),
    Procedure.WORK: _l("Work, training, business"),
    Procedure.HOUSING: _l("Housing"),
    Procedure.TRANSPORT: _l("Transport"),
    Procedure.MONEY: _l("Money, taxes"),
    Procedure.JUSTICE: _l("Justice"),
    Procedure.FOREIGNERS: _l("Foreigners, Europe"),
    Procedure.LEISURE: _l("Leisure, sport, culture"),
    Procedure.ASSOCIATIONS: _l("Associations"),
}

EQUIPMENT: dict[Equipment, Any] = {
    Equipment.COMPUTER: _l("Computer"),
    Equipment.PHONE: _l("Telephone"),
    Equipment.TABLET: _l("Tablet"),
    Equipment.OTHER: _l("Other device"),
    Equipment.NONE: _l("No device"),
}

REFERRALS: dict[Referral, Any] = {
    Referral.ADMINISTRATION: _l("An administration"),
    Referral.MEDIATION_PLACE: _l("Another mediation place"),
    Referral.OPERATOR: _l("The operator in charge"),
    Referral.SOCIAL_AID: _l("Social aid"),
    Referral.EMPLOYMENT: _l("Employment support"),
    Referral.PROCEDURES: _l("Help with procedures"),
    Referral.OTHER: _l("Somebody else"),
}
