"""Where messages about loans go: to accounts by e-mail, else to the number that was left, by text message."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Account
from equipment.models import Reservation
from equipment.queries import telling
from foundation.outbox.models import Channel
from foundation.pages import STAFF_LANGUAGES


@dataclass(frozen=True)
class Addressee:
    """Where a message goes; without account it is the telephone number that was left for the loan."""

    account: Account | None
    channel: Channel
    address: str

    @property
    def language(self) -> str:
        """Pages of hosts are in the languages of the staff."""
        known = self.account is not None and self.account.locale in STAFF_LANGUAGES
        return self.account.locale if known and self.account is not None else "fr"

    @property
    def mark(self) -> str:
        return str(self.account.id) if self.account is not None else "phone"


def addressees(reservation: Reservation) -> list[Addressee]:
    """Where messages about a loan go; nowhere: somebody has to telephone, or go and see."""
    found = [by_mail(one) for one in telling.borrowers(reservation)]
    if not found and reservation.contact_phone:
        return [Addressee(None, Channel.SMS, reservation.contact_phone)]
    return found


def by_mail(account: Account) -> Addressee:
    return Addressee(account, Channel.EMAIL, account.email)
