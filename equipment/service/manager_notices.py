"""The managers of a kit are told at once when fewer of its devices work, and whom that leaves without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from accounts.models import Account
from equipment.models import Kit, Reservation
from equipment.queries.kits import lendable
from equipment.rules.kits import Lendable
from equipment.rules.notices import state_of
from equipment.rules.refusals import NoSuchKit
from equipment.service import addresses
from equipment.service.sentences import span
from equipment.service.wording import borrower_words, mail
from foundation.i18n import _, in_language, ngettext
from foundation.outbox import service as outbox
from foundation.outbox.models import Channel
from foundation.pages import STAFF_LANGUAGES

MOST_NAMED = 8


def tell_fewer(
    row: Kit, kit: Lendable, unserved: Sequence[Reservation], managers: Sequence[Account], now: datetime
) -> int:
    """How many messages that are. `row` and `kit` are the same; what waited about an earlier state never leaves."""
    outbox.withdraw(f"kit:{kit.id}")
    return sum(_queue(row, kit, unserved, one, now) for one in managers)


def _queue(row: Kit, kit: Lendable, unserved: Sequence[Reservation], manager: Account, now: datetime) -> bool:
    locale = manager.locale if manager.locale in STAFF_LANGUAGES else "fr"
    with in_language(locale):
        subject, lead = _subject(kit), _lead(kit, len(unserved))
        ask = _("The kit, what is wrong with it, and who borrows it next:")
        body = mail(manager.name, lead, list(_facts(kit, unserved)), ask, addresses.of_kit(row))
    queued = outbox.queue(
        key=f"kit:{kit.id}:fewer:{state_of(kit)}:{now:%Y%m%dT%H%M%S}:{manager.id}",
        reference=f"kit:{kit.id}",
        channel=Channel.EMAIL,
        recipient=manager.email,
        subject=subject,
        body=body,
        locale=locale,
        structure_id=kit.structure_id,
    )
    return queued is not None


def _subject(kit: Lendable) -> str:
    if not kit.goes_out:
        return _("Kit blocked, %(works)s devices work: %(kit)s", works=state_of(kit), kit=kit.name)
    return _("Fewer devices, %(works)s work: %(kit)s", works=state_of(kit), kit=kit.name)


def _lead(kit: Lendable, unserved: int) -> str:
    lead = _("%(working)s of the %(units)s devices of this kit work.", working=kit.working, units=kit.units)
    if not kit.goes_out:
        lead += " " + _(
            "It needs %(minimum)s to go out: it stays here until it is repaired.", minimum=kit.minimum_units
        )
    if not unserved:
        return lead + " " + _("Nobody who borrows it in the next four weeks lacks any.")
    return lead + " " + ngettext(
        "%(num)s loan to come lacks some; whoever can be written to has been told.",
        "%(num)s loans to come lack some; whoever can be written to has been told.",
        unserved,
    )  # fmt: skip


def _facts(kit: Lendable, unserved: Sequence[Reservation]) -> Iterator[tuple[str, str]]:
    yield _("Kit:"), f"{kit.name} ({kit.code})"
    for one in unserved[:MOST_NAMED]:
        yield "-", f"{span(one.period)}, {borrower_words(one)}"
    if len(unserved) > MOST_NAMED:
        rest = len(unserved) - MOST_NAMED
        yield "-", ngettext("and %(num)s other date", "and %(num)s other dates", rest)


def _still_wanted(reference: str, key: str) -> bool:
    """Whether as many devices work as the message tells."""
    try:
        kit = lendable(int(reference.partition(":")[2]))
    except NoSuchKit:
        return False
    return key.removeprefix(f"{reference}:fewer:").startswith(f"{state_of(kit)}:")


outbox.ask_before_sending("kit", _still_wanted)
