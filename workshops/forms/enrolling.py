"""What the pages send on which the staff and prescribers register somebody, and look after registrations."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from foundation.fields import ChoiceSetField, IntegerField, NumberTravelling, RadioField, SelectField, optional, whole
from foundation.formwords import TOO_LONG
from foundation.i18n import LANGUAGES, _, _l, ngettext, short_day, wall_clock
from foundation.phones import PhoneField
from foundation.web import BaseForm
from people import queries as people
from people.forms import SomebodyForm
from people.typed import NOT_ASKED
from workshops.forms.paying import voucher_field, way_field, ways
from workshops.forms.registering import YEAR, ChildForm, is_written, tell_gaps, unneeded
from workshops.models import Enrolment, Programme, WorkshopSession
from workshops.rules.refusals import MOST_CHILDREN
from workshops.rules.registration import MOST_IN_GROUP

NEW = 0
CHANNELS = [Optional(), Length(max=254, message=TOO_LONG), Email(_l("Write an address like name@town.fr."))]


def date_choices(dates: list[WorkshopSession]) -> list[tuple[int, str]]:
    """The sessions to choose from, with the seats that are left."""
    return [(one.id, _said(one)) for one in dates]


def _said(one: WorkshopSession) -> str:
    at = one.starts_at
    return ngettext(
        "%(day)s, %(time)s · %(num)s free", "%(day)s, %(time)s · %(num)s free", one.free, day=short_day(at),
        time=wall_clock(at),
    )  # fmt: skip


class WhoForm(SomebodyForm):
    """The first of the two screens: who, and for which date."""

    session_id = SelectField(_l("Date"), coerce=optional(int))
    given_name = StringField(_l("Given name"), [Length(max=80, message=TOO_LONG)], render_kw=NOT_ASKED)
    family_name = StringField(_l("Family name"), [Length(max=80, message=TOO_LONG)], render_kw=NOT_ASKED)
    birth_year = IntegerField(
        _l("Year of birth"), [Optional(), NumberRange(1900, 2100, message=YEAR)],
        render_kw={**NOT_ASKED, "class": "narrow", "inputmode": "numeric"},
    )  # fmt: skip
    email = EmailField(_l("E-mail address"), CHANNELS, render_kw=NOT_ASKED)

    def __init__(self, programme: Programme, dates: list[WorkshopSession], **more: Any) -> None:
        super().__init__(**more)
        self.session_id.choices = date_choices(dates)
        if programme.enrolment is Enrolment.CYCLE:
            del self.session_id


class CheckForm(BaseForm):
    """The second screen: what was chosen travels hidden; children, and the last questions."""

    session_id = NumberTravelling()
    q = HiddenField(validators=[Length(max=120)])
    asked = HiddenField(validators=[Length(max=120)])
    person_id = NumberTravelling()
    given_name = HiddenField(validators=[Length(max=80)])
    family_name = HiddenField(validators=[Length(max=80)])
    birth_year = NumberTravelling()
    phone = HiddenField(validators=[Length(max=40)])
    email = HiddenField(validators=CHANNELS)
    request_key = HiddenField(validators=[Length(max=64)])
    same_as = RadioField(_l("Is it one of these people?"), coerce=whole, default=NEW, validate_choice=False)
    neighbourhood_id = SelectField(
        _l("Neighbourhood"), coerce=optional(int), description=_l("Some come first on the waiting list.")
    )
    comes_too = BooleanField(_l("The adult takes part too"))
    known = ChoiceSetField(_l("Children who came before"), coerce=whole)
    children = FieldList(FormField(ChildForm), max_entries=MOST_CHILDREN + 1)
    """One more than is registered: whoever sends too many is told so, and no child is left out in silence."""
    emergency_name = StringField(_l("Whom do we call in an emergency?"), [Length(max=120, message=TOO_LONG)])
    emergency_phone = PhoneField(_l("Their phone"))
    collectors = TextAreaField(
        _l("Who else may collect the children?"), [Optional(), Length(max=300, message=TOO_LONG)],
        description=_l("One name a line."), render_kw={"rows": 2},
    )  # fmt: skip
    pays_with = way_field()
    voucher_code = voucher_field()
    remark = TextAreaField(
        _l("Something the team should know?"), [Optional(), Length(max=300, message=TOO_LONG)],
        description=_l("No health information here: the person tells the team."), render_kw={"rows": 2},
    )  # fmt: skip
    locale = SelectField(_l("Language of the messages"), choices=list(LANGUAGES.items()), default="fr")
    ages_known = BooleanField(_l("Register all the same: the ages are known to us"))
    beyond = BooleanField(
        _l("Give seats beyond those planned"),
        description=_l("Only if the room and the team allow it. It is written down."),
    )

    def __init__(self, programme: Programme, **more: Any) -> None:
        super().__init__(**more)
        self.neighbourhood_id.choices = [("", _("Not known")), *people.neighbourhood_choices()]
        if programme.enrolment is Enrolment.CYCLE:
            self.session_id.data = 0
        self.pays_with.choices = ways(programme)
        gone = unneeded(programme) - {"session_id", "birth_year"}
        for name in gone | ({"known"} if "children" in gone else set()):
            delattr(self, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """All that is missing of the children is told at once, each beside its own field."""
        valid = bool(super().validate(extra_validators))
        if "children" in self:
            tell_gaps(one for one in self.children if is_written(one))
        return valid and not self.faults()

    @property
    def has_children(self) -> bool:
        return "children" in self and bool(len(self.children) or self.known.data)


class GroupForm(BaseForm):
    """People whom nobody names: how many, from where, and whom to reach. `place` is `school:3` or `home:5`."""

    session_id = SelectField(_l("Date"), coerce=optional(int))
    group_label = StringField(
        _l("What is the group called?"),
        [InputRequired(_l("Write what the group is called.")), Length(max=120, message=TOO_LONG)],
        description=_l("A class, a floor, a club: names nobody."), render_kw=NOT_ASKED,
    )  # fmt: skip
    head_count = IntegerField(
        _l("How many people?"),
        [
            InputRequired(_l("Write how many people come.")),
            NumberRange(1, MOST_IN_GROUP, _l("Write a number from %(min)s to %(max)s.")),
        ],
        render_kw={"class": "narrow", "inputmode": "numeric"},
    )
    place = SelectField(_l("From which school or care home?"))
    contact_name = StringField(_l("Whom do we reach?"), [Length(max=120, message=TOO_LONG)], render_kw=NOT_ASKED)
    phone = PhoneField(_l("Phone"), render_kw={**NOT_ASKED, "inputmode": "tel"})
    email = EmailField(_l("E-mail address"), CHANNELS, render_kw=NOT_ASKED)
    remark = TextAreaField(
        _l("Something the team should know?"), [Optional(), Length(max=300, message=TOO_LONG)],
        description=_l("No health information, and nobody’s name."), render_kw={"rows": 2},
    )  # fmt: skip
    request_key = HiddenField(validators=[Length(max=64)])
    beyond = BooleanField(
        _l("Give seats beyond those planned"),
        description=_l("Only if the room and the team allow it. It is written down."),
    )

    def __init__(
        self, programme: Programme, dates: list[WorkshopSession], hosts: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(**more)
        self.session_id.choices = date_choices(dates)
        self.place.choices = [("", _("None of them")), *hosts]
        if programme.enrolment is Enrolment.CYCLE:
            del self.session_id
