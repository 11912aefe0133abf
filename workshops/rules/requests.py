"""What a host asks for, who may answer it, and which programme an accepted request becomes.

A request is addressed to the territory: its managers see all of them. A manager of one structure sees those that nobody
has answered yet, and may take one: the programme is then of their structure, and so is the request from then on. Only
the territory's own staff decline, so that one structure never says no for all the others.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l
from foundation.scope import OfTheTerritory
from workshops.models import Enrolment, Openness, ProgrammeKind, RequestState, WorkshopRequest
from workshops.rules.dates import MOST_SESSIONS
from workshops.rules.kinds import usual
from workshops.rules.programmes import ProgrammeDetails
from workshops.rules.registration import MOST_IN_GROUP

MOST_WAITING = 10
FREE_TEXTS = ("wish", "group_label", "when_possible")


@dataclass(frozen=True)
class Asked:
    """What a host asks for. `contact_phone` is E.164, or None."""

    kind: ProgrammeKind
    wish: str
    head_count: int
    session_count: int
    when_possible: str
    group_label: str = ""
    contact_phone: str | None = None


class KindNotOffered(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose one of the answers that are offered."), "kind")


class WishMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what you would like, in a sentence or two."), "wish")


class WhenMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write when it would be possible: days, hours, weeks to avoid."), "when_possible")


class BadHeadCount(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a number from 1 to %(most)s.", most=MOST_IN_GROUP), "head_count")


class BadSessionCount(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a number from 1 to %(most)s.", most=MOST_SESSIONS), "session_count")


class TooManyWaiting(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("You have %(most)s requests without an answer. Withdraw one, or wait for ours.", most=MOST_WAITING)
        )


class AskedTwice(Conflict):
    """The same form came twice at the same moment; the other one was first."""

    def __init__(self) -> None:
        super().__init__(_l("This request was sent already. You will find it among your requests."))


class NoSuchRequest(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such request, or it is not for you. Look at the list."))


class AnsweredMeanwhile(Conflict):
    """A colleague answered it, or the host withdrew it."""

    def __init__(self) -> None:
        super().__init__(_l("This request has been answered or withdrawn in the meantime. Nothing was changed."))


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write why, in a sentence: the person who asked reads it."), "reason")


def check_request(asked: Asked, kinds: Collection[ProgrammeKind]) -> None:
    """Refuse a request that says too little, or what must not be kept.

    Args:
        kinds: those that the host may ask for.

    Raises:
        KindNotOffered, WishMissing, WhenMissing, BadHeadCount, BadSessionCount, and what `check_text` finds
    """
    if asked.kind not in kinds:
        raise KindNotOffered
    if not asked.wish.strip():
        raise WishMissing
    if not asked.when_possible.strip():
        raise WhenMissing
    if not 1 <= asked.head_count <= MOST_IN_GROUP:
        raise BadHeadCount
    if not 1 <= asked.session_count <= MOST_SESSIONS:
        raise BadSessionCount
    for name in FREE_TEXTS:
        check_text(getattr(asked, name), name)


def check_waiting(state: RequestState) -> None:
    """Raises: AnsweredMeanwhile unless it still waits for an answer."""
    if state is not RequestState.ASKED:
        raise AnsweredMeanwhile


def check_declining(structure_id: int | None, reason: str) -> None:
    """Refuse a no by one structure, a no without a reason, and a reason with what must not be kept.

    Args:
        structure_id: of whoever declines.

    Raises:
        OfTheTerritory, ReasonMissing, and what `check_text` finds
    """
    if structure_id is not None:
        raise OfTheTerritory
    if not reason.strip():
        raise ReasonMissing
    check_text(reason, "reason")


def programme_of(request: WorkshopRequest, title: str) -> ProgrammeDetails:
    """The programme that a request becomes: as its kind usually is, for this group alone."""
    settled: dict[str, Any] = {
        "title": title,
        "capacity": request.head_count,
        "enrolment": Enrolment.CYCLE,
        "openness": Openness.STAFF,
        "school_id": request.school_id,
        "care_home_id": request.care_home_id,
    }
    return ProgrammeDetails(**(usual(request.kind) | settled))
