"""An activity record in La Coop's columns: a line for each person and each head of a count, none with a name.

Source of the columns and of how they are filled: `buildAccompagnementsWorksheet.ts` of
inclusion-numerique/coop-mediation-numerique (apps/web/src/features/activites/use-cases/list/export, its version of 30
June 2026, 46aa33b), as a coordinator exports the records of a team. Who exports their own records there has no columns
about the mediator, and two more that are never told here: the name of the resident, and notes. A column that this house
knows nothing of (`Tags`, `Rôle`, post codes of residents…) is there and empty, so that the same programs read the file.

La Coop exports a workbook alone, in which `1/3` is text. Our CSV has the same three letters, and no apostrophe to keep
spreadsheets from reading a day: a program that counts participants by that column would find none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from activity.models import ActivityKind, AgeBand, Aspect, Autonomy, Channel, Equipment, Procedure, Referral, Theme
from foundation.tables import AsIs
from people.models import Gender, Status
from reach.rules.la_coop import words
from workshops.models import Level

COLUMNS = (
    "Date",
    "Enregistré le",
    "Dernière modification le",
    "Prénom du médiateur",
    "Nom du médiateur",
    "Rôle",
    "ID - Conum",
    "Type",
    "Participants",
    "Canaux d’accompagnement",
    "Nom du lieu",
    "Adresse",
    "Commune",
    "Code postal",
    "Code Insee",
    "Durée (min)",
    "Nom de l’atelier",
    "Matériel numérique utilisé",
    "Thématique(s) d’accompagnement",
    "Tags",
    "Nom de la démarche administrative",
    "Niveau d’autonomie (ou de l’atelier)",
    "Bénéficiaire réorienté",
    "Structure de redirection",
    "Commune du bénéficiaire",
    "Code postal du bénéficiaire",
    "Code Insee du bénéficiaire",
    "Genre du bénéficiaire",
    "Tranche d’âge du bénéficiaire",
    "Statut du bénéficiaire",
    "ID CRA",
)
DAY = "%d/%m/%Y"
BREAK = "\n"
"""Between several values of a cell, as La Coop has it."""


@dataclass(frozen=True)
class Spot:
    """Where something took place, or where somebody lives; empty what is not known."""

    name: str = ""
    address: str = ""
    commune: str = ""
    postcode: str = ""
    insee: str = ""


NOWHERE = Spot()


@dataclass(frozen=True)
class Attendee:
    """A resident as they were on that day, or a head that nobody named.

    Attributes:
        kept: whether the filters keep this contact; all are counted in `2/5`.
    """

    gender: Gender
    age_band: AgeBand = AgeBand.NOT_COMMUNICATED
    status: Status = Status.NOT_COMMUNICATED
    home: Spot = NOWHERE
    kept: bool = True


@dataclass(frozen=True)
class Told:
    """An activity record and what hangs on it.

    Attributes:
        mediator: the name, or empty where it is not to be told.
        level: of the workshop whose session it is.
    """

    id: int
    kind: ActivityKind
    mediator: str
    started_at: datetime
    created_at: datetime
    updated_at: datetime
    minutes: int
    channel: Channel
    spot: Spot
    at_a_venue: bool
    label: str
    autonomy: Autonomy | None
    level: Level | None
    values: Mapping[Aspect, Sequence[str]]
    attendees: Sequence[Attendee]


def lines(record: Told, zone: ZoneInfo) -> Iterator[list[Any]]:
    """The line of each contact that is kept; `zone`: on whose wall clock dates are told."""
    if not any(one.kept for one in record.attendees):
        return
    before, between, after = _when_and_who(record, zone), _where_and_what(record), str(record.id)
    count = len(record.attendees)
    for number, one in enumerate(record.attendees, 1):
        if one.kept:
            yield [*before, 1 if count == 1 else AsIs(f"{number}/{count}"), *between, *_who_came(one), after]


def typed(line: Sequence[str]) -> list[Any]:
    """A line that was kept as text, as La Coop's workbook has it: its day is a day, numbers are numbers.

    Raises:
        ValueError: it is no such line.
    """
    told = dict(zip(COLUMNS, line, strict=True))
    return [TYPES[column](text) if column in TYPES and text else text for column, text in told.items()]


def _day(text: str) -> date:
    return datetime.strptime(text, DAY).date()  # noqa: DTZ007  A day of the wall clock has no zone.


def _count(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


TYPES: Mapping[str, Callable[[str], Any]] = {"Date": _day, "Participants": _count, "Durée (min)": int}
"""What is no text, however it was kept."""


def _when_and_who(record: Told, zone: ZoneInfo) -> list[Any]:
    changed = record.updated_at != record.created_at
    return [
        record.started_at.astimezone(zone).strftime(DAY),
        _instant(record.created_at, zone),
        _instant(record.updated_at, zone) if changed else "",
        "",
        record.mediator,
        "",
        "",
        words.KINDS[record.kind],
    ]


def _where_and_what(record: Told) -> list[Any]:
    themes = [words.THEMES[Theme(one)] for one in record.values.get(Aspect.THEME, ())]
    procedures = [words.PROCEDURES[Procedure(one)] for one in record.values.get(Aspect.PROCEDURE, ())]
    equipment = [words.EQUIPMENT[Equipment(one)] for one in record.values.get(Aspect.EQUIPMENT, ())]
    elsewhere = [words.REFERRALS[Referral(one)] for one in record.values.get(Aspect.REFERRAL, ())]
    alone, spot = record.kind is ActivityKind.INDIVIDUAL, record.spot
    return [
        _channel(record),
        spot.name,
        spot.address,
        spot.commune,
        spot.postcode,
        spot.insee,
        record.minutes,
        "" if alone else record.label,
        BREAK.join(equipment),
        BREAK.join([*themes, *procedures]),
        "",
        "",
        _stars(record),
        "Oui" if elsewhere else "Non" if alone else "",
        BREAK.join(elsewhere),
    ]


def _who_came(one: Attendee) -> list[str]:
    return [
        one.home.commune,
        one.home.postcode,
        one.home.insee,
        words.GENDERS[one.gender],
        words.AGE_BANDS[one.age_band],
        words.STATUSES[one.status],
    ]


def _channel(record: Told) -> str:
    """A school or a care home is no place of activity of La Coop's: it is another place."""
    if record.channel is Channel.VENUE and not record.at_a_venue:
        return words.ELSEWHERE
    return words.CHANNELS[record.channel]


def _stars(record: Told) -> str:
    if record.autonomy:
        return AsIs(f"{words.AUTONOMIES[record.autonomy]}/{len(words.AUTONOMIES)}")
    return AsIs(f"{words.LEVELS[record.level]}/{len(words.LEVELS)}") if record.level else ""


def _instant(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%d/%m/%Y à %H:%M")
