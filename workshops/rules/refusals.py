"""Why a registration is refused, in sentences that tell what to do instead."""

from __future__ import annotations

from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l
from workshops.models import ProgrammeAudience

MOST_CHILDREN = 6


class NoSuchProgramme(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such workshop, or one can not register for it here. Look at all workshops."))


class NotOpenYet(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Registration has not begun yet. The page of the workshop says when it does."))


class NoLongerOpen(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Registration has ended. Call us: perhaps a seat is left, or another workshop suits you."))


class NothingToRegister(Refused):
    def __init__(self) -> None:
        super().__init__(_l("You need not register for this workshop: just come."))


class NothingToCome(Conflict):
    """The session was cancelled or has begun, or the programme has no session to come."""

    def __init__(self) -> None:
        super().__init__(
            _l("This session was cancelled or has begun. Choose another date, or another workshop."), "session_id"
        )


class NoDateLeft(NothingToCome):
    """The programme goes on, as far as anybody knows, and nothing of it is planned."""

    def __init__(self) -> None:
        Conflict.__init__(self, _l("No date is planned at the moment. Look at the other workshops, or call us."))


class SessionMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a date."), "session_id")


_WITHOUT_CHILD = {
    ProgrammeAudience.CHILDREN: _l("This workshop is for children: write the name of each child who comes."),
    ProgrammeAudience.FAMILIES: _l("An adult comes here with children: write the name of each child who comes."),
}


class ChildrenMissing(Refused):
    """A guardian registers, and names nobody."""

    def __init__(self, audience: ProgrammeAudience) -> None:
        usual = _l("This workshop is for people under 18: an adult registers them. Write the name of each one.")
        super().__init__(_WITHOUT_CHILD.get(audience, usual), "children")


class GuardianNeeded(Refused):
    """Somebody under age registers themselves."""

    def __init__(self) -> None:
        super().__init__(
            _l("Under 18, a parent or guardian registers you: press “A parent or guardian registers me”."), "birth_year"
        )


class YearMissing(Refused):
    """There are ages to keep to."""

    def __init__(self) -> None:
        super().__init__(_l("Write your year of birth: this workshop is for certain ages."), "birth_year")


class NotForChildren(Refused):
    def __init__(self, field: str = "children") -> None:
        super().__init__(_l("This workshop is for adults. Look at the workshops for children."), field)


class TooManyChildren(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("Register at most %(most)s children at once. Call us for more.", most=MOST_CHILDREN), "children"
        )


class ChildIncomplete(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the first name, the name and the year of birth of each child."), "children")


class EmergencyMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write whom we call in an emergency: a name and a telephone number."), "emergency_phone")


class GroupIncomplete(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a name for the group and how many people come, 200 at most."), "group_label")


class OutsideAges(Refused):
    """Only when there is no doubt: a year of birth leaves two ages possible."""

    def __init__(self, first: int | None, last: int | None) -> None:
        field = "birth_year"
        if first is None:
            super().__init__(
                _l("This workshop is for people of %(last)s years at most. Call us if in doubt.", last=last), field
            )
        elif last is None:
            super().__init__(
                _l("This workshop is for people from %(first)s years on. Call us if in doubt.", first=first), field
            )
        else:
            super().__init__(
                _l("This workshop is for ages %(first)s to %(last)s. Call us if in doubt.", first=first, last=last),
                field,
            )


class TooManySeats(Refused):
    """More than the whole room holds: waiting would never help."""

    def __init__(self, most: int, field: str = "children") -> None:
        super().__init__(
            _l("There are %(most)s seats in all. Register fewer people, or call us to find a solution.", most=most),
            field,
        )


class SessionFull(Conflict):
    """It has begun: nobody can wait for a seat."""

    def __init__(self) -> None:
        super().__init__(_l("No seat is left in this session. Say that you give seats beyond those planned."), "beyond")


class AlreadyRegistered(Conflict):
    def __init__(self) -> None:
        super().__init__(
            _l("This person is registered already, or on the waiting list. Our message has the code; or call us.")
        )


class SameChildTwice(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The same child is written twice. Remove one."), "children")


class SentTwice(Conflict):
    """The same form came twice at the same moment; the other one was first."""

    def __init__(self) -> None:
        super().__init__(_l("This registration was made already. You will find it with its code."))


class OnlyStaffBeyond(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Only the team can give seats beyond those planned."), "beyond")


class NoSuchRegistration(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such registration. Check the code, or call us."))


class NotToChange(Conflict):
    """Everything it was for has begun or is over."""

    def __init__(self) -> None:
        super().__init__(_l("This workshop has begun or is over: the registration can not be changed any more."))
