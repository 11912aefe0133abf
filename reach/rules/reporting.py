"""What may be published, by whom, under which title; and when a schedule is due. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from email_validator import EmailNotValidError, validate_email

from accounts.models import Account
from foundation.errors import Conflict, Forbidden, Refused
from foundation.i18n import _, _l
from foundation.security import Role
from reach.models import Repeat, ReportKind
from reach.rules import periods
from reach.rules.periods import MONTHS_OF_A_QUARTER, MONTHS_OF_A_YEAR, SCHOOL_STARTS, Span

LANGUAGES = ("fr", "en")
FIRST_MONTHS = {
    ReportKind.YEAR: (MONTHS_OF_A_YEAR, (1, SCHOOL_STARTS)),
    ReportKind.QUARTER: (MONTHS_OF_A_QUARTER, range(1, MONTHS_OF_A_YEAR, MONTHS_OF_A_QUARTER)),
}
"""Kind → (months of its span, the months in which one begins): calendar and school years, quarters of a year."""
YEARS_OFFERED, QUARTERS_OFFERED = 5, 8
SETTLES = timedelta(days=14)
"""How long after a period its last records are still written and its last appointments still marked."""
TITLE_LENGTH, NOTE_LENGTH = 200, 2000
MOST_RECIPIENTS, SHOWN_OF_WRONG = 50, 60


class MayNotPublish(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Reports are published by managers of the whole territory."))


class NotForYou(Forbidden):
    def __init__(self) -> None:
        super().__init__(
            _l("What is hidden from outsiders is for managers of the territory, and of the sheet’s structure.")
        )


class NotOver(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This period is not over yet. A report is published once its last day has passed."), "span")


class UnfitSpan(Refused):
    def __init__(self) -> None:
        super().__init__(_l("A yearly report tells of a whole year, a quarterly one of a whole quarter."), "span")


class WithoutSubject(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose the neighbourhood or the structure that the sheet is about."), "subject")


class ReceivesNobody(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This structure has received nobody so far: there is nothing to tell of it."), "subject")


class AlreadyThere(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This report was published already. Open it and publish a revision of it."))


class NotRevisable(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("Only the last version of a published report can be revised. Load the page again."))


class ChangesNothing(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "Readers would read the same figures and the same words as in the version before, so no revision was "
                "published. What is not told may have been corrected: nobody outside could see it."
            )
        )


class NothingRecorded(Refused):
    """All of it would be "not communicated", for good, about a time of which there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__(
            _l("Nothing was recorded before the end of this period: there is nothing to publish of it."), "span"
        )


class NotTellable(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The figures changed while they were counted, or can not be published together."))


class WithoutNote(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say what was corrected: readers of the first version see this sentence."), "note")


class LongNote(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say it in %(most)s characters at most.", most=NOTE_LENGTH), "note")


class UnreadableRecipients(Refused):
    """`wrong`: what is no address; empty when there are none, or too many."""

    def __init__(self, wrong: str = "") -> None:
        said = (
            _l("“%(wrong)s” is no e-mail address. Write one on each line.", wrong=wrong[:SHOWN_OF_WRONG])
            if wrong
            else _l("Write one e-mail address on each line, %(most)s at most.", most=MOST_RECIPIENTS)
        )
        super().__init__(said, "recipients")


@dataclass(frozen=True)
class Wanted:
    """A report that somebody asks for."""

    kind: ReportKind
    span: Span
    language: str
    subject_id: int | None = None

    @property
    def neighbourhood_id(self) -> int | None:
        return self.subject_id if self.kind is ReportKind.NEIGHBOURHOOD else None

    @property
    def structure_id(self) -> int | None:
        return self.subject_id if self.kind is ReportKind.STRUCTURE else None


def check_may_publish(actor: Account) -> None:
    """Raises: MayNotPublish"""
    if actor.structure_id is not None or not actor.has(Role.MANAGER, Role.ADMINISTRATOR):
        raise MayNotPublish


def check_wanted(wanted: Wanted, today: date) -> None:
    """Raises: NotOver, UnfitSpan, WithoutSubject"""
    check_fits(wanted)
    if wanted.span.last >= today:
        raise NotOver


def check_recorded(wanted: Wanted, begins: date | None) -> None:
    """`begins`: the day of the first activity record ever. Raises: NothingRecorded"""
    if begins is None or begins > wanted.span.last:
        raise NothingRecorded


def check_fits(wanted: Wanted) -> None:
    """Raises: UnfitSpan, WithoutSubject"""
    if wanted.kind in FIRST_MONTHS:
        months, firsts = FIRST_MONTHS[wanted.kind]
        if wanted.span.whole_months != months or wanted.span.first.month not in firsts:
            raise UnfitSpan
    elif wanted.subject_id is None:
        raise WithoutSubject


def may_read_whole(actor: Account, kind: ReportKind, structure_id: int | None) -> bool:
    """Whether what is hidden from outsiders is shown: to who manages the territory, or the sheet's own structure."""
    if not actor.has(Role.MANAGER, Role.ADMINISTRATOR):
        return False
    return actor.structure_id is None or (kind is ReportKind.STRUCTURE and actor.structure_id == structure_id)


def check_may_read_whole(actor: Account, kind: ReportKind, structure_id: int | None) -> None:
    """Raises: NotForYou"""
    if not may_read_whole(actor, kind, structure_id):
        raise NotForYou


def title(wanted: Wanted, town: str, subject: str) -> str:
    """In the language at hand."""
    said = periods.said(wanted.span)
    match wanted.kind:
        case ReportKind.YEAR | ReportKind.QUARTER:
            words = _("Digital inclusion in %(town)s: %(period)s", town=town, period=said)
        case ReportKind.NEIGHBOURHOOD:
            words = _("%(neighbourhood)s, %(town)s: %(period)s", neighbourhood=subject, town=town, period=said)
        case ReportKind.STRUCTURE:
            words = _("%(structure)s: %(period)s", structure=subject, period=said)
    return words[:TITLE_LENGTH]


def note(text: str) -> str:
    """What a revision says that it corrects; never cut off, since it is published for good.

    Raises: WithoutNote, LongNote
    """
    said = text.strip()
    if not said:
        raise WithoutNote
    if len(said) > NOTE_LENGTH:
        raise LongNote
    return said


def recipients(text: str) -> list[str]:
    """E-mail addresses, one a line, each once, in order.

    Raises:
        UnreadableRecipients: none, too many, or something that is no address.
    """
    found = list(dict.fromkeys(filter(None, (line.strip() for line in text.splitlines()))))
    if not found or len(found) > MOST_RECIPIENTS:
        raise UnreadableRecipients
    for one in found:
        try:
            validate_email(one, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise UnreadableRecipients(one) from error
    return found


def sent_on(first_day: date) -> date:
    """The day on which a report goes out by itself whose period was over on `first_day`."""
    return first_day + SETTLES


def settled(day: date) -> date:
    """The day of which, on `day`, all is taken to be written: what is published can not be taken back, and whoever
    publishes by hand looks first."""
    return day - SETTLES


def ended_before(day: date, repeat: Repeat) -> Span:
    """The last whole year or quarter that was over on `day`."""
    if repeat is Repeat.YEAR:
        return periods.year(day.year - 1)
    return periods.quarter(day.year, (day.month - 1) // MONTHS_OF_A_QUARTER + 1).before


def offered(day: date) -> list[Span]:
    """Periods to choose from on `day`: years, quarters, school years, the newest first.

    The running ones are among them, to be looked at before they are over.
    """
    quarters = [periods.quarter(day.year, (day.month - 1) // MONTHS_OF_A_QUARTER + 1)]
    for _number in range(QUARTERS_OFFERED):
        quarters.append(quarters[-1].before)
    school = day.year if day.month >= SCHOOL_STARTS else day.year - 1
    return [
        *(periods.year(day.year - ago) for ago in range(YEARS_OFFERED + 1)),
        *quarters,
        *(periods.school_year(school - ago) for ago in range(YEARS_OFFERED + 1)),
    ]


def next_day(day: date, repeat: Repeat) -> date:
    """The first day after the year or quarter in which `day` lies."""
    if repeat is Repeat.YEAR:
        return date(day.year + 1, 1, 1)
    return periods.quarter(day.year, (day.month - 1) // MONTHS_OF_A_QUARTER + 1).last + timedelta(days=1)
