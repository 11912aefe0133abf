"""Why a kit is not lent so, each reason by its own name, in sentences that tell what to do instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foundation.errors import Conflict, Forbidden, Refused, Unknown
from foundation.i18n import _l, ngettext


class NoSuchKit(Unknown):
    """There is none, it has left for good, or it is not for this borrower."""

    def __init__(self) -> None:
        super().__init__(_l("There is no such kit, or it is not lent any more. Look at the other kits."))


class NoSuchReservation(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such reservation."))


class NoPlaceOfYours(Forbidden):
    """A host whose account was tied to no school and no care home."""

    def __init__(self) -> None:
        super().__init__(_l("Your account belongs to no school and no care home yet. Ask the town to say which."))


class KitTaken(Conflict):
    """Nothing was written. `alternatives` are other kits free then, the most alike first."""

    def __init__(self, alternatives: Sequence[Any] = ()) -> None:
        super().__init__(_l("This kit is not free then. Choose another kit, or another time."), "kit_id", alternatives)


class KitIncomplete(Conflict):
    """Too few of its units work. `alternatives` are other kits free then."""

    def __init__(self, working: int, alternatives: Sequence[Any] = ()) -> None:
        message = ngettext(
            "Only %(num)s device of this kit works: it stays here until it is repaired. Choose another kit.",
            "Only %(num)s devices of this kit work: it stays here until they are repaired. Choose another kit.",
            working,
        )
        super().__init__(message, "kit_id", alternatives)


class DatesNotFree(Conflict):
    """Nothing was written. `alternatives` are the dates at fault, each with what is free then."""

    def __init__(self, dates: Sequence[Any]) -> None:
        message = ngettext(
            "On %(num)s date this kit is not free. Leave it out, or choose another kit.",
            "On %(num)s dates this kit is not free. Leave them out, or choose another kit.",
            len(dates),
        )
        super().__init__(message, "dates", dates)


class NoDates(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Not one date is left. Choose other days."), "dates")


class TooManyDates(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Reserve at most 40 dates at once: a school year of one a week."), "dates")


class DatesMeet(Refused):
    """Two dates of one wish overlap, or leave no time to get the kit ready in between."""

    def __init__(self) -> None:
        super().__init__(_l("Two of the dates are too close: the kit has to be charged in between."), "dates")


class LoanInThePast(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a time that has not passed yet."), "starts")


class TooSoon(Refused):
    def __init__(self, hours: int) -> None:
        message = ngettext(
            "This kit has to be reserved %(num)s hour ahead. Choose a later time, or call us.",
            "This kit has to be reserved %(num)s hours ahead. Choose a later time, or call us.",
            hours,
        )
        super().__init__(message, "starts")


class TooFarAhead(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Reserve at most two years ahead."), "starts")


class LoanTooLong(Refused):
    def __init__(self, days: int) -> None:
        message = ngettext(
            "This kit is lent for at most %(num)s day. Choose an earlier end.",
            "This kit is lent for at most %(num)s days. Choose an earlier end.",
            days,
        )
        super().__init__(message, "ends")


class NoneLentSoLong(Refused):
    """Not one of the kits that would do is lent for so long."""

    def __init__(self, days: int) -> None:
        message = ngettext(
            "No kit is lent for more than %(num)s day. Choose an earlier end.",
            "No kit is lent for more than %(num)s days. Choose an earlier end.",
            days,
        )
        super().__init__(message, "last_day")


class BadCount(Refused):
    """A number of pupils or units that no kit serves."""

    def __init__(self, field: str, most: int) -> None:
        super().__init__(_l("Write a number from 0 to %(most)s.", most=most), field)


class TooLongText(Refused):
    def __init__(self, field: str, most: int) -> None:
        super().__init__(_l("Write at most %(most)s characters.", most=most), field)


class NotALink(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a whole address that begins with https:// or http://."), "sheet_url")


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say why, in a sentence that helps them choose another kit or time."), "reason")


class NotYoursToAnswer(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Somebody else says yes or no to the reservations of this kit."))


class AnsweredMeanwhile(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This reservation was answered or cancelled meanwhile. Look at it again."))


class NotToChange(Conflict):
    """It was refused, cancelled, handed over or returned."""

    def __init__(self) -> None:
        super().__init__(_l("This reservation can not be changed any more. Call us if something is wrong."))


class OfAnAct(Conflict):
    """A session of a workshop took the kit: it goes along with that."""

    def __init__(self) -> None:
        super().__init__(_l("A workshop uses this kit then. Move or cancel the session: the kit goes along."))


class ReservedTwice(Conflict):
    """The same page was sent twice at once; the first one counts."""

    def __init__(self) -> None:
        super().__init__(_l("This was sent twice. The first one counts: look at your reservations."))
