"""What is asked for when somebody is registered: an adult, a family, or a group that nobody names."""

from __future__ import annotations

from dataclasses import dataclass

from people.service import Details
from workshops.models import Origin, RegistrationKind


@dataclass(frozen=True)
class Child:
    """One child of a family, and what the team must know of it. No health notes: the guardian tells those in person."""

    given_name: str
    family_name: str
    birth_year: int | None = None
    school_level: str = ""
    may_leave_alone: bool = False
    image_consent: bool = False


@dataclass(frozen=True)
class Emergency:
    """Whom to call for the children of a family, and who may collect them besides the guardian, one a line.

    `phone` is E.164.
    """

    name: str
    phone: str
    collectors: str = ""


@dataclass(frozen=True)
class Group:
    """People whom nobody names: a class, the residents of a home. `phone` is E.164; phone and e-mail may be missing."""

    label: str
    head_count: int
    contact_name: str = ""
    phone: str | None = None
    email: str | None = None
    school_id: int | None = None
    care_home_id: int | None = None


@dataclass(frozen=True)
class Enrolling:
    """All that registering needs.

    Attributes:
        session_id: one session; None: every session to come of the programme.
        person_id: the adult or guardian, when known; None: `newcomer` is, unless there is a `group`.
        children: those whom the guardian registers; none: the adult comes.
        comes_too: the guardian takes a seat beside the children.
        request_key: made with the form, the same when the form is sent twice.
        beyond: staff give seats beyond the capacity, on purpose.
        voucher_code: of the training voucher that pays it, as it was typed; empty: it is paid otherwise, or free.
    """

    programme_id: int
    origin: Origin
    session_id: int | None = None
    person_id: int | None = None
    newcomer: Details | None = None
    children: tuple[Child, ...] = ()
    comes_too: bool = False
    emergency: Emergency | None = None
    group: Group | None = None
    remark: str = ""
    locale: str = "fr"
    request_key: str | None = None
    beyond: bool = False
    voucher_code: str = ""

    @property
    def kind(self) -> RegistrationKind:
        if self.group is not None:
            return RegistrationKind.GROUP
        return RegistrationKind.FAMILY if self.children else RegistrationKind.INDIVIDUAL

    @property
    def seats(self) -> int:
        """How many sit there: all together or not at all."""
        if self.group is not None:
            return self.group.head_count
        return len(self.children) + int(self.comes_too or not self.children)
