"""Why sessions can not be planned, moved or changed so, each reason by its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agenda.rules.why import Reason
from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l, ngettext
from foundation.period import Period


@dataclass(frozen=True)
class Clash:
    """Somebody or something is not free for one of the sessions wanted; `reasons` say why, after `note`.

    `kit`: it is a kind of kits of which too few are free.
    """

    period: Period
    label: str
    reasons: Sequence[Reason]
    note: object = ""
    kit: bool = False


def only_kits(clashes: Sequence[Clash]) -> bool:
    """Whether the team and the room are free."""
    return all(clash.kit for clash in clashes)


class NotFree(Conflict):
    """Nothing was written: some of the team, a room or a kit is taken or away. `alternatives` are the clashes."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(_not_free(clashes), "dates", clashes)


def _not_free(clashes: Sequence[Clash]) -> str:
    days = len({clash.period for clash in clashes})
    if only_kits(clashes):
        return ngettext(
            "On %(num)s date no kit is free. Leave it out, or change it.",
            "On %(num)s dates no kit is free. Leave them out, or change them.",
            days,
        )
    return ngettext(
        "On %(num)s date somebody or something is not free. Leave it out, or change it.",
        "On %(num)s dates somebody or something is not free. Leave them out, or change them.",
        days,
    )


class NotFreeThen(NotFree):
    """The same of one session that is moved or changed: there is no other date to fall back on."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(clashes)
        self.message = (
            _l("No kit is free then. Choose another time, or ask for fewer kits.")
            if only_kits(clashes)
            else _l("Somebody or something is not free then. Choose another time, another place or another team.")
        )


class NoSuchSession(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such session in your structure."))


class NotPlanned(Conflict):
    """It was cancelled, or its attendance is written."""

    def __init__(self) -> None:
        super().__init__(_l("This session was cancelled or has taken place: it can not be changed any more."))


class ProgrammeClosed(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This programme is closed. Open it again before you plan sessions."))


class InThePast(Refused):
    def __init__(self, field_name: str = "day") -> None:
        super().__init__(_l("Choose a time that has not passed yet."), field_name)


class TooLong(Refused):
    def __init__(self) -> None:
        super().__init__(_l("A session lasts at most one day. Plan one session for each day."), "ends")


class NoSuchHour(Refused):
    """The clocks are put forward over the whole of it."""

    def __init__(self) -> None:
        super().__init__(_l("The clocks change on that day: these hours do not exist. Choose others."), "starts")


class TooMuchAround(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Keep at most four hours free before and after a session."), "before")


class NoTeam(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose at least one mediator."), "team")


class NotAMediator(Refused):
    """Somebody of the team left, or receives nobody."""

    def __init__(self) -> None:
        super().__init__(_l("Somebody of the team does not work here any more. Choose the team again."), "team")


class NoPlace(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose where it takes place."), "place")


class PlaceGone(Refused):
    """The place or the room does not exist, is closed, or is another venue's."""

    def __init__(self) -> None:
        super().__init__(_l("This place or room can not be used any more. Choose another one."), "place")


class BadCapacity(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a number of seats from 1 to 500."), "capacity")


class TitlesLeftOver(Refused):
    """Somebody thought of more sessions than there are dates."""

    def __init__(self, count: int) -> None:
        message = ngettext(
            "%(num)s title has no date. Add a date, or take the line away.",
            "%(num)s titles have no date. Add dates, or take the lines away.",
            count,
        )
        super().__init__(message, "titles")


class BadKits(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Ask for 1 to 20 kits of a kind."), "kits")


class UnknownKitKind(Refused):
    """Nobody has a kit of this kind: no more is held for it than for a word."""

    def __init__(self, kind: str, known: Sequence[str]) -> None:
        super().__init__(
            _l(
                "No kit is of the kind “%(kind)s”. There are: %(known)s. Anything else is written beside “Equipment "
                "needed”.",
                kind=kind,
                known=", ".join(known),
            ),
            "kits",
        )


class CapacityTaken(Conflict):
    """More seats are taken than would be left."""

    def __init__(self, taken: int) -> None:
        message = ngettext(
            "%(num)s seat is taken already: the session can not have fewer.",
            "%(num)s seats are taken already: the session can not have fewer.",
            taken,
        )
        super().__init__(message, "capacity")
