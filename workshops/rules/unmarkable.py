"""Why nobody can be marked or counted so, or a session not be closed, each reason by its own name."""

from __future__ import annotations

from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l


class NoSuchParticipant(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This person is not registered for this session any more."))


class SessionCancelled(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This session was cancelled: nobody can be marked any more."))


class RecordWritten(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("The record of this session is written: correct it there."))


class TooEarly(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Attendance opens the day before the session."))


class NotThatDay(Refused):
    """Before the day of the session nobody was there, or missing."""

    def __init__(self) -> None:
        super().__init__(
            _l("Who is there is marked on the day of the session. Before, only who said that they do not come.")
        )


class NotBegun(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This session has not begun yet: write its record afterwards."))


class KeyTaken(Conflict):
    """The same key for two presses: it was made up, or the same press came twice at once."""

    def __init__(self) -> None:
        super().__init__(_l("This press was sent already. Load the page again."))


class BadCount(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a number of people from 0 to 1000."), "people")


class BadHelpers(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a number of helpers from 0 to 200."), "helpers")


class BadSplit(Refused):
    def __init__(self) -> None:
        super().__init__(_l("There can not be more women and men than people who came."), "feminine")


class CountedMeanwhile(Conflict):
    def __init__(self, who: str, people: int) -> None:
        super().__init__(
            _l(
                "%(who)s wrote %(people)s people meanwhile. Load the page again, then correct it if need be.",
                who=who,
                people=people,
            ),
            "people",
        )


class NobodyMarked(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("Nobody is marked as present and nobody is counted. Mark who came, or say that nobody came."),
            "nobody_came",
        )


class SomebodyCame(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Somebody is marked as present or counted: take that back first."), "nobody_came")
