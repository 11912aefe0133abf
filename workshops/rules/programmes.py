"""What a programme may be, and when it may be shown to the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from foundation.errors import Conflict, Refused
from foundation.forbidden import check_text
from foundation.i18n import _, _l, day, daytime, local
from foundation.said import check_translations
from workshops.models import (
    Enrolment,
    Level,
    Openness,
    Priority,
    Programme,
    ProgrammeAudience,
    ProgrammeKind,
    ProgrammeState,
)

FREE_TEXTS = ("title", "description", "goals", "material", "next_steps", "framing_notes")


@dataclass(frozen=True)
class ProgrammeDetails:
    """A programme as the staff describe it. `workshops.models.Programme` tells what each field means.

    Attributes:
        translations: language code → `title`, `description`, `goals`, `material`; empty texts are left out.
    """

    kind: ProgrammeKind
    title: str
    audience: ProgrammeAudience
    description: str = ""
    goals: str = ""
    material: str = ""
    age_min: int | None = None
    age_max: int | None = None
    level: Level | None = None
    themes: Sequence[str] = ()
    price_cents: int | None = None
    training_units: int | None = None
    enrolment: Enrolment = Enrolment.CYCLE
    openness: Openness = Openness.EVERYONE
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    capacity: int = 10
    people_per_helper: int | None = None
    priorities: Sequence[Priority] = ()
    neighbourhood_ids: Sequence[int] = ()
    answer_hours: int = 48
    next_steps: str = ""
    framing_at: datetime | None = None
    framing_notes: str = ""
    care_home_id: int | None = None
    school_id: int | None = None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class NoTitle(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what the programme is called."), "title")


class AgesReversed(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The youngest age is above the oldest. Correct one of them."), "age_max")


class RegistrationEndsFirst(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Registration ends before it begins. Correct one of them."), "registration_closes_at")


class OpensTooLate(Refused):
    """Registration opens when nothing is left to register for."""

    def __init__(self) -> None:
        super().__init__(
            _l("Registration opens after the last session has begun. Choose an earlier day, or plan more sessions."),
            "registration_opens_at",
        )


class OpensAfterThese(Refused):
    """The same, said to whoever plans or moves sessions."""

    def __init__(self, opens: datetime) -> None:
        message = _(
            "Registration opens on %(when)s, when the last of the sessions has begun. Open it earlier, or choose a "
            "later day.",
            when=daytime(opens) if local(opens).time() != time.min else day(opens),
        )
        super().__init__(message, "day")


class NoCareHome(Refused):
    """The home is the client of a series."""

    def __init__(self) -> None:
        super().__init__(_l("Choose the care home in which the series takes place."), "care_home_id")


class TwoClients(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a school or a care home, not both."), "school_id")


class NoPrice(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the price, or how many units of a training voucher pay it."), "price")


class NoNeighbourhood(Refused):
    """Priority for the people of neighbourhoods that nobody named."""

    def __init__(self) -> None:
        super().__init__(_l("Choose the neighbourhoods that have priority."), "neighbourhood_ids")


class MadeTwice(Conflict):
    """The same form came twice at the same moment; the other one was first."""

    def __init__(self) -> None:
        super().__init__(_l("This programme was made already. You will find it among the drafts."))


class EnrolmentSettled(Conflict):
    """Somebody registered: what they registered for can not become something else."""

    def __init__(self) -> None:
        super().__init__(
            _l("People have registered already: the way to register can not be changed any more."), "enrolment"
        )


class NothingToCome(Refused):
    """Nobody can register for a programme without a session ahead."""

    def __init__(self) -> None:
        super().__init__(_l("Plan at least one session to come first, then publish."))


def check_programme(details: ProgrammeDetails) -> None:
    """Refuse a programme that contradicts itself, or holds what must not be kept.

    Raises:
        NoTitle, AgesReversed, RegistrationEndsFirst, NoCareHome, TwoClients, NoPrice, NoNeighbourhood, and what
        `foundation.forbidden.check_text` raises
    """
    if not details.title.strip():
        raise NoTitle
    for name in FREE_TEXTS:
        check_text(getattr(details, name), name)
    check_translations(details.translations)
    if details.age_min is not None and details.age_max is not None and details.age_min > details.age_max:
        raise AgesReversed
    _check_registration(details)
    _check_client(details)
    if details.kind is ProgrammeKind.PAID_TRAINING and not (details.price_cents or details.training_units):
        raise NoPrice


def _check_registration(details: ProgrammeDetails) -> None:
    opens, closes = details.registration_opens_at, details.registration_closes_at
    if opens is not None and closes is not None and opens >= closes:
        raise RegistrationEndsFirst
    if Priority.NEIGHBOURHOOD in details.priorities and not details.neighbourhood_ids:
        raise NoNeighbourhood


def _check_client(details: ProgrammeDetails) -> None:
    if details.care_home_id is not None and details.school_id is not None:
        raise TwoClients
    if details.kind is ProgrammeKind.CARE_HOME_SERIES and details.care_home_id is None:
        raise NoCareHome


def check_enrolment(before: Enrolment, after: Enrolment, *, registered: bool) -> None:
    """Refuse to change what people registered for.

    Raises:
        EnrolmentSettled
    """
    if registered and before is not after:
        raise EnrolmentSettled


def check_opening(opens: datetime | None, last_start: datetime | None) -> None:
    """Refuse dates on which nobody could ever register.

    Args:
        last_start: of the sessions that take place; None: none is planned yet.

    Raises:
        OpensTooLate
    """
    if opens is not None and last_start is not None and opens >= last_start:
        raise OpensTooLate


def check_opens_before(opens: datetime | None, starts: Iterable[datetime | None]) -> None:
    """Refuse sessions that leave nobody a day to register.

    Args:
        starts: of all sessions that will take place; None is looked over.

    Raises:
        OpensAfterThese
    """
    last = max((one for one in starts if one is not None), default=None)
    if opens is not None and last is not None and opens >= last:
        raise OpensAfterThese(opens)


def check_publishing(sessions_to_come: int) -> None:
    """Refuse to show what nobody could come to.

    Raises:
        NothingToCome
    """
    if not sessions_to_come:
        raise NothingToCome


def is_public(programme: Programme) -> bool:
    """Whether residents see it: published, open to everybody, and nobody's own series."""
    own = programme.care_home_id is not None or programme.school_id is not None
    return programme.state is ProgrammeState.PUBLISHED and programme.openness is Openness.EVERYONE and not own
