"""Why a kit is not handed over or taken back so, each reason by its own name."""

from __future__ import annotations

from datetime import datetime

from foundation.errors import Conflict, Refused
from foundation.i18n import _, _l, daytime, ngettext


class NotSigned(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("The person in front of you types their name here: that is their signature."), "signed_name"
        )


class NothingTicked(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Tick at least one device, or say that everything is there."), "everything")


class TooFewTicked(Refused):
    """Enough of it works, and less was ticked than a kit goes out with: whoever hands it over says that it is meant."""

    def __init__(self, going: int, least: int) -> None:
        message = ngettext(
            "%(num)s device is ticked, and the kit needs %(least)s. Tick more, or say below that it is meant.",
            "%(num)s devices are ticked, and the kit needs %(least)s. Tick more, or say below that it is meant.",
            going, least=least,
        )  # fmt: skip
        super().__init__(message, "few")


class NotOfThisKit(Refused):
    """An item of another kit, or one that has left for good."""

    def __init__(self) -> None:
        super().__init__(_l("The list has changed meanwhile. Load the page again."))


class OutElsewhere(Conflict):
    """Another loan has not brought it back."""

    def __init__(self, code: str) -> None:
        super().__init__(_l("%(code)s has not come back from the loan before. Take that back first.", code=code))


class StillWithOthers(Conflict):
    """The whole kit is out with another loan: whoever stands at the door takes it back from there first."""

    def __init__(self) -> None:
        super().__init__(_l("This kit has not come back from the loan before. Write its return down first."))


class NotApprovedYet(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("Somebody has to say yes to this reservation before the kit goes out."))


class NotLentAnyMore(Conflict):
    """It was refused or cancelled."""

    def __init__(self) -> None:
        super().__init__(_l("This reservation was declined or cancelled: the kit stays here."))


class LoanOver(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("The time of this loan is over. Reserve the kit again for another time."))


class TooEarly(Conflict):
    """Whoever hands it over has to say that the loan begins now."""

    def __init__(self, starts_at: datetime) -> None:
        when = daytime(starts_at)
        super().__init__(_("This loan begins on %(when)s. Tick below that it begins now.", when=when), "early")


class NotFreeBefore(Conflict):
    """Somebody else has the kit until the loan begins, or until shortly before."""

    def __init__(self, who: str, until: datetime | None) -> None:
        if until is None:
            message = _("The kit can not go out earlier: %(who)s.", who=who)
        else:
            message = _("The kit can not go out earlier: %(who)s, until %(when)s.", who=who, when=daytime(until))
        super().__init__(message, "early")


class HandedOverMeanwhile(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This kit was handed over already. Nothing was written twice."))


class TakenBackMeanwhile(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This return was written down already. Nothing was written twice."))


class NotHandedOver(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This kit has not gone out: there is nothing to take back."))


class HandedTwice(Conflict):
    """The same page was sent for two loans, or twice at once."""

    def __init__(self) -> None:
        super().__init__(_l("This was sent twice. The first one counts: look at the reservation."))
