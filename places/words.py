"""Sentences for what an import found, and names of the kinds of places, as people read them."""

from __future__ import annotations

from typing import Any

from foundation.i18n import _l
from places.importing.report import Trouble
from places.models import CareHomeKind, Level, Placement, SchoolKind, StructureKind

TROUBLES: dict[Trouble, Any] = {
    Trouble.NOT_A_RECORD: _l("the row is empty"),
    Trouble.NO_NAME: _l("the name is missing"),
    Trouble.NO_COMMUNE: _l("the commune is missing"),
    Trouble.NO_CODE: _l("the code is missing"),
    Trouble.BAD_POSTCODE: _l("the postcode is missing or has not five digits"),
    Trouble.BAD_COORDINATES: _l("the coordinates are not in France"),
    Trouble.NO_GEOMETRY: _l("there is no polygon, or it is not in France"),
    Trouble.TOO_LONG: _l("the text is too long"),
    Trouble.SAME_ID_TWICE: _l("an earlier row of this file has the same identifier and says something else"),
    Trouble.CODE_ELSEWHERE: _l("this code is that of a polygon elsewhere: say in which commune these are"),
    Trouble.NOT_A_SCHOOL: _l("this is not a school"),
    Trouble.NOT_A_CARE_HOME: _l("nobody lives or spends the day there"),
    Trouble.ID_MADE_UP: _l("there was no identifier: one was made of the name and the address"),
    Trouble.COORDINATES_SWAPPED: _l("latitude and longitude were swapped: put right"),
    Trouble.COORDINATES_PROJECTED: _l("the coordinates were in metres (Web Mercator): converted"),
    Trouble.NO_COORDINATES: _l("no coordinates: the neighbourhood is not known"),
    Trouble.SIRET_WRONG: _l("this SIRET does not exist (a spreadsheet may have rounded it): left out"),
    Trouble.PHONE_UNREAD: _l("no telephone number could be read: left out"),
    Trouble.WEBSITE_UNREAD: _l("no web address could be read: left out"),
    Trouble.EMAIL_UNREAD: _l("no e-mail address could be read: left out"),
    Trouble.HOURS_UNREAD: _l("these hours could not be read: kept as text"),
    Trouble.DATE_UNREAD: _l("this date could not be read: left out"),
    Trouble.LABEL_UNKNOWN: _l("this has no equal in the national standard: left out"),
    Trouble.CODE_UNREAD: _l("this code could not be read: left out"),
    Trouble.SHORTENED: _l("the summary was shortened to 280 characters"),
    Trouble.POLYGON_REPAIRED: _l("the polygon was invalid: repaired"),
    Trouble.POPULATION_UNMATCHED: _l("people were counted here, but there is no such polygon"),
    Trouble.ENCODING_GUESSED: _l("the file is not in UTF-8: read as Windows-1252"),
}

PLACEMENTS: dict[Placement, Any] = {
    Placement.INSIDE: _l("in a neighbourhood"),
    Placement.OUTSIDE: _l("outside the neighbourhoods"),
    Placement.UNKNOWN: _l("not known"),
}

LEVELS: dict[Level, Any] = {
    Level.QUARTIER: _l("Neighbourhoods"),
    Level.QPV: _l("Priority neighbourhoods (QPV)"),
    Level.IRIS: _l("IRIS"),
    Level.COMMUNE: _l("Communes"),
}

STRUCTURE_KINDS: dict[StructureKind, Any] = {
    StructureKind.TOWN_SERVICE: _l("Service of the town"),
    StructureKind.CCAS: _l("Social action centre (CCAS)"),
    StructureKind.ASSOCIATION: _l("Association"),
    StructureKind.SOCIAL_CENTRE: _l("Social centre"),
    StructureKind.LIBRARY: _l("Library"),
    StructureKind.FRANCE_SERVICES: _l("France services"),
    StructureKind.STATE_SERVICE: _l("Service of the State"),
    StructureKind.COMPANY: _l("Company"),
    StructureKind.OTHER: _l("Other"),
}

SCHOOL_KINDS: dict[SchoolKind, Any] = {
    SchoolKind.NURSERY: _l("Nursery school"),
    SchoolKind.ELEMENTARY: _l("Elementary school"),
    SchoolKind.PRIMARY: _l("Primary school"),
    SchoolKind.MIDDLE: _l("Middle school"),
    SchoolKind.HIGH: _l("High school"),
    SchoolKind.OTHER: _l("Other"),
}

CARE_HOME_KINDS: dict[CareHomeKind, Any] = {
    CareHomeKind.EHPAD: _l("Care home (EHPAD)"),
    CareHomeKind.SENIOR_RESIDENCE: _l("Residence for older people"),
    CareHomeKind.DAY_CENTRE: _l("Day centre"),
    CareHomeKind.OTHER: _l("Other"),
}
