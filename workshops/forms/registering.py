"""Shapes of what residents type to register: an adult, or a guardian with children; and how they find it again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, Field, FieldList, Form, FormField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from foundation.fields import IntegerField, SelectField, optional
from foundation.formwords import TOO_LONG
from foundation.i18n import _, _l, day, language, ngettext, wall_clock
from foundation.phones import PhoneField
from foundation.web import BaseForm, stripped
from people import queries as people
from people.typed import code_field, email_field, family_name_field, given_name_field, proof_field
from workshops.forms.paying import voucher_field, way_field, ways
from workshops.models import Enrolment, Priority, Programme, ProgrammeAudience, WorkshopSession
from workshops.rules.minors import asks_year, takes_minors
from workshops.rules.public import FEW_SEATS
from workshops.rules.refusals import MOST_CHILDREN, ChildrenMissing

YEAR = _l("Write the year with four digits, like 2016.")
BY_PLACE = {Priority.NEIGHBOURHOOD, Priority.PRIORITY_NEIGHBOURHOOD}
WITH_CHILDREN_OR_NOT = {ProgrammeAudience.FAMILIES, ProgrammeAudience.EVERYONE}


class ChildForm(Form):
    """One child. No health notes: the guardian tells those in person."""

    given_name = StringField(_l("First name"), [Length(max=80, message=TOO_LONG)], filters=[stripped])
    family_name = StringField(
        _l("Family name"),
        [Length(max=80, message=TOO_LONG)],
        description=_l("Leave it empty if it is that of the adult."),
        filters=[stripped],
    )
    birth_year = IntegerField(_l("Year of birth"), [Optional(), NumberRange(1900, 2100, message=YEAR)])
    school_level = StringField(_l("Class"), [Optional(), Length(max=40, message=TOO_LONG)], filters=[stripped])
    may_leave_alone = BooleanField(_l("May leave alone at the end"))
    image_consent = BooleanField(_l("May be on photographs of the workshop"))


class RegisterForm(BaseForm):
    """Who comes, and when; fields that the programme does not need are taken away."""

    session_id = SelectField(_l("Date"), coerce=optional(int))
    given_name = given_name_field()
    family_name = family_name_field()
    birth_year = IntegerField(_l("Year of birth"), [Optional(), NumberRange(1900, 2100, message=YEAR)])
    phone = PhoneField(
        _l("Phone"), description=_l("To tell you if something changes. Leave it empty if you have none.")
    )
    email = email_field()
    neighbourhood_id = SelectField(
        _l("Your neighbourhood"), coerce=optional(int), description=_l("Some come first on the waiting list.")
    )
    children = FieldList(FormField(ChildForm), max_entries=MOST_CHILDREN + 1)
    """One more than is registered: whoever sends too many is told so, and no child is left out in silence."""
    comes_too = BooleanField(_l("I take part too"))
    emergency_name = StringField(
        _l("Whom do we call in an emergency?"), [Length(max=120, message=TOO_LONG)], filters=[stripped]
    )
    emergency_phone = PhoneField(_l("Their phone"))
    collectors = TextAreaField(
        _l("Who else may collect the children?"),
        [Optional(), Length(max=300, message=TOO_LONG)],
        description=_l("One name a line. You may always collect them yourself."),
    )
    pays_with = way_field()
    voucher_code = voucher_field()
    remark = TextAreaField(
        _l("Something the team should know?"),
        [Optional(), Length(max=300, message=TOO_LONG)],
        description=_l("No health information here: tell the team in person."),
    )

    def __init__(self, programme: Programme, dates: list[WorkshopSession], **more: Any) -> None:
        super().__init__(**more)
        self.session_id.choices = [(one.id, date_words(one)) for one in dates]
        self.neighbourhood_id.choices = [("", _("I do not say")), *people.neighbourhood_choices()]
        self.pays_with.choices = ways(programme)
        self.named_first = "" if programme.takes_alone else str(ChildrenMissing(programme.audience))
        """What is said where nobody is named whom the guardian registers."""
        for name in unneeded(programme):
            delattr(self, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """All that is missing of a family is told at once, each beside its own field."""
        valid = bool(super().validate(extra_validators))
        if not self.has_children:
            return valid
        if not any(map(is_written, self.children)) and self.named_first:
            self.children[0].form.given_name.errors = [self.named_first]
        coming = [one for one in self.children if is_written(one)] or list(self.children)[: bool(self.named_first)]
        tell_gaps(coming)
        if coming:
            _tell_missing(self.emergency_name, _l("Write whom we call in an emergency."))
            _tell_missing(self.emergency_phone, _l("Write the number that we call in an emergency."))
        return valid and not self.faults()

    @property
    def has_children(self) -> bool:
        return "children" in self and len(self.children) > 0

    def add_child(self) -> None:
        if len(self.children) < MOST_CHILDREN:
            self.children.append_entry()

    def take_alone(self) -> None:
        """Somebody of age registers themselves: without the children of whom something may be written."""
        while self.has_children:
            self.children.pop_entry()

    def take_as_child(self) -> None:
        """What somebody wrote of themselves is of the child now; the guardian's own name comes in its place."""
        if self.has_children:
            return
        first = {"given_name": self.given_name.data, "family_name": self.family_name.data}
        self.children.append_entry({**first, "birth_year": self.birth_year.data if "birth_year" in self else None})
        self.given_name.data = self.family_name.data = ""


def is_written(child: FormField[Any]) -> bool:
    """Whether anything is typed of a child; what is only ticked is of nobody."""
    return any(value for value in child.data.values() if value is not True)


def tell_gaps(children: Iterable[FormField[Any]]) -> None:
    """Write beside the fields of these children what is missing of each."""
    for child in children:
        _tell_missing(child.form.given_name, _l("Write the first name of the child."))
        _tell_missing(child.form.birth_year, _l("Write the year of birth of the child."))


def _tell_missing(field: Field, sentence: Any) -> None:
    if not field.data and not field.errors:
        field.errors = [str(sentence)]


def date_words(session: WorkshopSession) -> str:
    """`samedi 5 décembre à 15 h 00 · 1 place restante · Le grand quiz`: what tells one date from another."""
    when = _("%(day)s, %(time)s", day=day(session.starts_at), time=wall_clock(session.starts_at))
    few = ngettext("%(num)s seat left", "%(num)s seats left", session.free) if session.free <= FEW_SEATS else ""
    left = few if session.free > 0 else _("Full: waiting list")
    return " · ".join(part for part in (when, left, session.said("title", language())) if part)


def unneeded(programme: Programme) -> set[str]:
    """The fields that a programme does not ask for."""
    names = set()
    if programme.enrolment is not Enrolment.SESSION:
        names.add("session_id")
    if not asks_year(programme):
        names.add("birth_year")
    if not BY_PLACE.intersection(programme.priorities):
        names.add("neighbourhood_id")
    if not programme.training_units:
        names |= {"pays_with", "voucher_code"}
    if not takes_minors(programme):
        names |= {"children", "emergency_name", "emergency_phone", "collectors"}
    if programme.audience not in WITH_CHILDREN_OR_NOT:
        names.add("comes_too")
    return names


class FindForm(BaseForm):
    """The code of the registration, and something that only the person knows."""

    code = code_field(_l("Code of the registration"), _l("Six letters and digits, in our message."))
    proof = proof_field()


class PressForm(BaseForm):
    """A press without anything typed."""
