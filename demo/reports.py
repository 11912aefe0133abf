"""What the town published: last year's report in two languages, two sheets, and a quarter with its revision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from accounts.models import Account
from activity.models import ActivityKind, Equipment, Theme
from activity.rules.records import Draft
from activity.service import records
from demo.staff import DOMAIN
from demo.workshops.settling import forget_traces
from demo.workshops.stage import MANAGER
from foundation import clock
from foundation.db import db, in_transaction
from foundation.period import at_wall_time
from places.models import Neighbourhood, Structure, Venue
from reach.models import Repeat, ReportKind
from reach.rules import reporting
from reach.rules.periods import Span
from reach.rules.reporting import Wanted
from reach.service import publishing, schedules

SETTLED = timedelta(days=21)
"""A period is told of when it has been over for so long: all its records were written, its report corrected."""
OFFICE = time(10, 20)
QUARTER_AFTER, LATE_AFTER, REVISED_AFTER = timedelta(days=6), timedelta(days=9), timedelta(days=12)
"""Days after the end of the quarter: its report, the record that came too late for it, its revision."""
YEAR_AFTER, ENGLISH_AFTER, SHEETS_AFTER = timedelta(days=14), timedelta(days=15), timedelta(days=19)
DOORS_OPEN, DOORS_OPEN_FOR = time(14), timedelta(hours=3)
SATURDAY = 5
LATE_BY, LATE_AT = "solene", "Médiathèque des Tanneurs"
VISITORS = (34, 20, 13)
"""People, women, men."""
NOTE = (
    "Le compte rendu d’une porte ouverte à la médiathèque, un samedi de ce trimestre, a été écrit après la "
    "publication. Ses 34 visites sont comptées ici."
)
SHEETS = ((ReportKind.NEIGHBOURHOOD, Neighbourhood, "La Croix-Verte"),
          (ReportKind.STRUCTURE, Structure, "Association Déclic numérique"))  # fmt: skip
SENT = ((ReportKind.YEAR, "conseil.municipal"), (ReportKind.QUARTER, "elue.numerique"))
"""What is sent by itself, and to which mailbox."""


@dataclass(frozen=True)
class Step:
    """Something that the manager, or a mediator who was late, did at an instant."""

    at: datetime
    act: Callable[[datetime], object]


def year_told(today: date) -> int:
    """The year of the yearly report: the last one that has been over for some weeks."""
    return reporting.ended_before(today - SETTLED, Repeat.YEAR).first.year


def publish(now: datetime) -> int:
    """Publish everything, each on its day, and have the next ones sent by themselves; returns how many reports.

    Call it outside of any transaction, once the town is loaded: each report is made as the jobs process makes it, and
    should this be killed, that process makes those that were asked for.
    """
    today = now.astimezone(clock.territory_zone()).date()
    year, quarter = (reporting.ended_before(today - SETTLED, one) for one in (Repeat.YEAR, Repeat.QUARTER))
    made = 0
    for step in sorted([*_yearly(year), *_quarterly(quarter)], key=lambda one: one.at):
        in_transaction(partial(step.act, step.at))
        made += publishing.publish_next(step.at)
    in_transaction(lambda: _have_sent(now))
    return made


def _yearly(year: Span) -> list[Step]:
    subjects = [
        (kind, db.session.scalars(select(model.id).where(model.name == name)).one()) for kind, model, name in SHEETS
    ]
    return [
        Step(_on(year, YEAR_AFTER), partial(_ask, Wanted(ReportKind.YEAR, year, "fr"))),
        Step(_on(year, ENGLISH_AFTER), partial(_ask, Wanted(ReportKind.YEAR, year, "en"))),
        *(Step(_on(year, SHEETS_AFTER), partial(_ask, Wanted(kind, year, "fr", id_))) for kind, id_ in subjects),
    ]


def _quarterly(quarter: Span) -> list[Step]:
    wanted = Wanted(ReportKind.QUARTER, quarter, "fr")
    return [
        Step(_on(quarter, QUARTER_AFTER), partial(_ask, wanted)),
        Step(_on(quarter, LATE_AFTER), partial(_tell_late, quarter)),
        Step(_on(quarter, REVISED_AFTER), partial(_revise, wanted)),
    ]


def _on(span: Span, after: timedelta) -> datetime:
    return at_wall_time(span.last + after, OFFICE, clock.territory_zone())


def _account(name: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email == f"{name}@{DOMAIN}")).one()


def _ask(wanted: Wanted, at: datetime) -> None:
    publishing.publish(wanted, _account(MANAGER), now=at)


def _revise(wanted: Wanted, at: datetime) -> None:
    if (first := publishing.standing(wanted)) is not None:
        publishing.revise(first.id, NOTE, _account(MANAGER), now=at)


def _tell_late(quarter: Span, at: datetime) -> None:
    """Open doors on the last Saturday, of which the record is written when the quarter's report is out."""
    author, venue = _account(LATE_BY), db.session.scalars(select(Venue).where(Venue.name == LATE_AT)).one()
    day = quarter.last - timedelta(days=(quarter.last.weekday() - SATURDAY) % 7)
    people, women, men = VISITORS
    draft = Draft(
        ActivityKind.GROUP, at_wall_time(day, DOORS_OPEN, clock.territory_zone()),
        DOORS_OPEN_FOR // timedelta(minutes=1), venue_id=venue.id, themes=frozenset({Theme.DIGITAL_CULTURE}),
        equipment=frozenset({Equipment.TABLET}), anonymous_count=people, anonymous_feminine=women,
        anonymous_masculine=men, label="Porte ouverte",
    )  # fmt: skip
    records.write(draft, now=at, actor=author, structure_id=author.structure_id)


def _have_sent(now: datetime) -> None:
    for kind, mailbox in SENT:
        schedules.schedule(kind, None, "fr", f"{mailbox}@{DOMAIN}", _account(MANAGER), now=now)
    forget_traces()
