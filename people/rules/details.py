"""What may be written of a resident."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers

from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l
from people.models import ContactMeans, Gender, Residence, Status

OLDEST = 120
FRENCH_MOBILES = ("+336", "+337")
MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


@dataclass(frozen=True)
class Details:
    """A resident as somebody describes them; only one of the two names is needed.

    Attributes:
        phone: E.164.
        contact_means: None: the means that the number or address given allows.
        neighbourhood_id: set if, and only if, `residence` is inside.
    """

    family_name: str = ""
    given_name: str = ""
    birth_year: int | None = None
    phone: str | None = None
    email: str | None = None
    contact_means: ContactMeans | None = None
    locale: str = "fr"
    gender: Gender = Gender.NOT_COMMUNICATED
    status: Status = Status.NOT_COMMUNICATED
    residence: Residence = Residence.UNKNOWN
    neighbourhood_id: int | None = None


class NoName(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a name: the family name or the given name is enough."), "family_name")


class YearImplausible(Refused):
    def __init__(self, first: int, last: int) -> None:
        super().__init__(
            _l("Write the year of birth with four digits, between %(first)s and %(last)s.", first=first, last=last),
            "birth_year",
        )


class NoNumberToWriteTo(Refused):
    def __init__(self) -> None:
        super().__init__(_l("A phone number is needed for this means of contact."), "phone")


class NoAddressToWriteTo(Refused):
    def __init__(self) -> None:
        super().__init__(_l("An e-mail address is needed for this means of contact."), "email")


class NoSuchPerson(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such person. Search again by name, phone or code."))


class AlreadyMerged(Conflict):
    """The record was joined to another one."""

    def __init__(self) -> None:
        super().__init__(_l("This record was merged with another one meanwhile. Search again."))


class AlreadyErased(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("The data of this person were erased. Create a new record if they come back."))


def check(details: Details, this_year: int) -> None:
    """Refuse what can not be written.

    Raises:
        NoName, YearImplausible, NoNumberToWriteTo, NoAddressToWriteTo
    """
    if not details.family_name.strip() and not details.given_name.strip():
        raise NoName
    check_year(details.birth_year, this_year)
    check_means(details.contact_means, details.phone, details.email)


def check_year(year: int | None, this_year: int) -> None:
    """Raises: YearImplausible when nobody who lives was born in it; what is not known is fine."""
    if year is not None and not this_year - OLDEST <= year <= this_year:
        raise YearImplausible(this_year - OLDEST, this_year)


def check_means(means: ContactMeans | None, phone: str | None, email: str | None) -> None:
    """Raises: NoNumberToWriteTo, NoAddressToWriteTo when the means of contact leads nowhere."""
    if means in {ContactMeans.SMS, ContactMeans.PHONE_CALL} and not phone:
        raise NoNumberToWriteTo
    if means is ContactMeans.EMAIL and not email:
        raise NoAddressToWriteTo


def means_of(phone: str | None, email: str | None) -> ContactMeans:
    """The means that is tried when nobody chose: a text to a mobile, an e-mail, a call to a landline, none."""
    if phone and is_mobile(phone):
        return ContactMeans.SMS
    if email:
        return ContactMeans.EMAIL
    return ContactMeans.PHONE_CALL if phone else ContactMeans.NONE


def is_mobile(phone: str) -> bool:
    """Whether an E.164 number can get text messages; French ones by their beginning, those of fiction too."""
    return phone.startswith(FRENCH_MOBILES) or phonenumbers.number_type(phonenumbers.parse(phone)) in MOBILE
