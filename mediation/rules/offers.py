"""What a service may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from activity.models import Autonomy, Channel, Theme
from foundation.errors import Refused
from foundation.i18n import _l
from mediation.models import Audience

MINUTES_OF_A_DAY = 24 * 60
TRANSLATED = ("label", "description", "bring")


@dataclass(frozen=True)
class ServiceDetails:
    """A service as a manager describes it; lengths are minutes.

    Attributes:
        step: between two starts that are offered; None: duration and buffers.
        translations: language code → `label`, `description`, `bring`; empty texts are left out.
    """

    label: str
    duration: int
    description: str = ""
    bring: str = ""
    buffer_before: int = 0
    buffer_after: int = 0
    step: int | None = None
    notice: int = 120
    change_notice: int = 120
    horizon_days: int = 60
    audience: Audience = Audience.EVERYONE
    channels: Sequence[Channel] = (Channel.VENUE,)
    themes: Sequence[Theme] = ()
    autonomy: Autonomy | None = None
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    position: int = 0


class NoLabel(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what the service is called."), "label")


class NoChannel(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose at least one way to receive people."), "channels")


class NeverBookable(Refused):
    """The notice is longer than the horizon."""

    def __init__(self) -> None:
        super().__init__(
            _l("With this notice nothing can ever be booked: shorten it, or open bookings further ahead."),
            "notice_minutes",
        )


def check_service(details: ServiceDetails) -> None:
    """Refuse a service that nobody could book.

    Raises:
        NoLabel, NoChannel, NeverBookable
    """
    if not details.label.strip():
        raise NoLabel
    if not details.channels:
        raise NoChannel
    if details.notice >= details.horizon_days * MINUTES_OF_A_DAY:
        raise NeverBookable
