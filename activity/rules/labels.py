"""What the enumerations of records are called on pages, in messages and in exports."""

from __future__ import annotations

from typing import Any

from activity.models import (
    ActivityKind,
    AgeBand,
    Aspect,
    Autonomy,
    Channel,
    Equipment,
    Helped,
    Outcome,
    Procedure,
    Referral,
    Theme,
)
from foundation.i18n import _l

CHANNELS = {
    Channel.VENUE: _l("On site"),
    Channel.HOME: _l("At home"),
    Channel.PHONE: _l("By telephone"),
    Channel.VIDEO: _l("By video call"),
}
ACTIVITY_KINDS = {
    ActivityKind.INDIVIDUAL: _l("One person"),
    ActivityKind.GROUP: _l("Group"),
}
AGE_BANDS = {
    AgeBand.UNDER_12: _l("Under 12"),
    AgeBand.FROM_12_TO_17: _l("12–17"),
    AgeBand.FROM_18_TO_24: _l("18–24"),
    AgeBand.FROM_25_TO_39: _l("25–39"),
    AgeBand.FROM_40_TO_59: _l("40–59"),
    AgeBand.FROM_60_TO_69: _l("60–69"),
    AgeBand.FROM_70: _l("70 and over"),
    AgeBand.NOT_COMMUNICATED: _l("Not communicated"),
}
AUTONOMIES = {
    Autonomy.FULLY_GUIDED: _l("Guided all along"),
    Autonomy.PARTLY_AUTONOMOUS: _l("Partly autonomous"),
    Autonomy.AUTONOMOUS: _l("Autonomous"),
}
THEMES = {
    Theme.DIGITAL_DIAGNOSIS: _l("Digital diagnosis"),
    Theme.DEVICE_START: _l("Getting started with a device"),
    Theme.DEVICE_UPKEEP: _l("Device upkeep"),
    Theme.FILES: _l("Managing one's files"),
    Theme.WEB: _l("Web browsing"),
    Theme.EMAIL: _l("E-mail"),
    Theme.OFFICE: _l("Office tools"),
    Theme.SOCIAL_NETWORKS: _l("Social networks"),
    Theme.HEALTH: _l("Health online"),
    Theme.BANKING_SHOPPING: _l("Banking and shopping online"),
    Theme.PROFESSIONAL_SUPPORT: _l("Helping a professional"),
    Theme.FINDING_WORK: _l("Finding work"),
    Theme.ONLINE_SAFETY: _l("Online safety"),
    Theme.PARENTING: _l("Parenting"),
    Theme.SCHOOL: _l("School and digital"),
    Theme.CREATING: _l("Creating with digital"),
    Theme.DIGITAL_CULTURE: _l("Digital culture"),
    Theme.ARTIFICIAL_INTELLIGENCE: _l("Artificial intelligence"),
    Theme.PROCEDURES: _l("Help with administrative procedures"),
}
PROCEDURES = {
    Procedure.PAPERS: _l("Papers, elections, citizenship"),
    Procedure.FAMILY: _l("Family, school"),
    Procedure.SOCIAL_HEALTH: _l("Social, health"),
    Procedure.WORK: _l("Work, training, business"),
    Procedure.HOUSING: _l("Housing"),
    Procedure.TRANSPORT: _l("Transport, mobility"),
    Procedure.MONEY: _l("Money, taxes"),
    Procedure.JUSTICE: _l("Justice"),
    Procedure.FOREIGNERS: _l("Foreigners, Europe"),
    Procedure.LEISURE: _l("Leisure, sport, culture"),
    Procedure.ASSOCIATIONS: _l("Associations"),
}
EQUIPMENT = {
    Equipment.COMPUTER: _l("Computer"),
    Equipment.PHONE: _l("Telephone"),
    Equipment.TABLET: _l("Tablet"),
    Equipment.OTHER: _l("Other device"),
    Equipment.NONE: _l("No device"),
}
REFERRALS = {
    Referral.ADMINISTRATION: _l("Administration"),
    Referral.MEDIATION_PLACE: _l("Another place of digital mediation"),
    Referral.OPERATOR: _l("Operator in charge"),
    Referral.SOCIAL_AID: _l("Social aid"),
    Referral.EMPLOYMENT: _l("Employment support"),
    Referral.PROCEDURES: _l("Help with procedures elsewhere"),
    Referral.OTHER: _l("Somewhere else"),
}
OUTCOMES = {
    Outcome.HELPED: _l("It helped"),
    Outcome.NOT_HELPED: _l("It did not help"),
    Outcome.DID_NOT_GO: _l("Did not take it up"),
    Outcome.NOT_KNOWN: _l("Nobody can tell"),
}
ANSWERS = {
    Helped.FULLY: _l("Yes, fully"),
    Helped.PARTLY: _l("In part"),
    Helped.NOT_REALLY: _l("Not really"),
}
"""To whether it helped."""
FIELDS = {
    "started_at": _l("Day and time"),
    "duration_minutes": _l("Length"),
    "kind": _l("Kind"),
    "channel": _l("Where"),
    "venue_id": _l("Place"),
    "service_id": _l("Service"),
    "theme": _l("Themes"),
    "procedure": _l("Procedures"),
    "equipment": _l("Device used"),
    "referral": _l("Referred to"),
    "autonomy": _l("Autonomy"),
    "note": _l("Note"),
    "person_ids": _l("People"),
    "anonymous_count": _l("People without a name"),
    "anonymous_feminine": _l("Of whom women"),
    "anonymous_masculine": _l("Of whom men"),
}
"""Facts of a record, as its history calls them."""
ASPECTS: dict[Aspect, dict[Any, Any]] = {
    Aspect.THEME: THEMES,
    Aspect.PROCEDURE: PROCEDURES,
    Aspect.EQUIPMENT: EQUIPMENT,
    Aspect.REFERRAL: REFERRALS,
}
"""Of each aspect of a record, what its values are called."""
