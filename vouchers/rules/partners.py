"""Agreements with partners: what is written of one, and who writes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from accounts.models import Account
from foundation.errors import Conflict, Forbidden, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _, _l
from foundation.scope import OfTheTerritory
from foundation.security import Role
from places.clean.codes import clean_siret
from vouchers.models import PartnerKind

LIMITS = {"contact_name": 120, "contact_phone": 20, "contact_email": 254}


class NoSuchPartner(Unknown):
    """There is none, or it is another structure's."""

    def __init__(self) -> None:
        super().__init__(_l("There is no such partner."))


class PartnerAlready(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This structure is a partner already. Change its agreement instead."), "structure_id")


class SiretTaken(Conflict):
    """Two partners with one SIRET would be one for the treasury. `holder`: its name, when it is known."""

    def __init__(self, holder: str = "") -> None:
        if holder:
            message = _("This SIRET is that of %(name)s, a partner already. Check its 14 digits.", name=holder)
        else:
            message = _("This SIRET is that of another partner. Check its 14 digits.")
        super().__init__(message, "siret")


class NoSuchStructure(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a structure of the list."), "structure_id")


class SiretMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the 14 digits of the SIRET: the treasury needs it to pay."), "siret")


class SiretWrong(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This SIRET does not exist: its key does not fit. Check its 14 digits."), "siret")


class EndsBeforeItBegins(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The agreement can not end before it begins."), "agreement_until")


class TooLong(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("This is too long: at most %(most)s characters.", most=LIMITS[field]), field)


class ForTheTerritory(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Only managers of the whole territory open this. Ask one of them."))


@dataclass(frozen=True)
class Agreement:
    """What is written of a partner. Without `agreement_until`, its last day, it goes on. The phone number is E.164."""

    structure_id: int
    kind: PartnerKind
    siret: str
    agreement_from: date
    agreement_until: date | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


def checked(agreement: Agreement) -> Agreement:
    """The same, with the SIRET in 14 digits.

    Raises:
        SiretMissing, SiretWrong, EndsBeforeItBegins, TooLong, and what `check_text` finds
    """
    siret = clean_siret(agreement.siret)
    if siret is None:
        raise SiretWrong
    if not siret:
        raise SiretMissing
    if agreement.agreement_until is not None and agreement.agreement_until < agreement.agreement_from:
        raise EndsBeforeItBegins
    for field, most in LIMITS.items():
        if len(getattr(agreement, field)) > most:
            raise TooLong(field)
    check_text(agreement.contact_name, "contact_name")
    return replace(agreement, siret=siret)


def is_of_the_territory(actor: Account) -> bool:
    """Whether somebody keeps partners, their accounts at banks and what is paid to them."""
    return actor.structure_id is None and actor.has(Role.MANAGER, Role.ADMINISTRATOR)


def check_of_the_territory(actor: Account) -> None:
    """Raises: ForTheTerritory, OfTheTerritory"""
    if not actor.has(Role.MANAGER, Role.ADMINISTRATOR):
        raise ForTheTerritory
    if actor.structure_id is not None:
        raise OfTheTerritory
