"""What the pages about residents send."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SearchField, StringField
from wtforms.validators import Email, Length, NumberRange, Optional

from foundation.codes import spoken
from foundation.fields import IntegerField, NumberTravelling, RadioField, SelectField
from foundation.i18n import LANGUAGES, _l
from foundation.phones import PhoneField
from foundation.web import BaseForm, stripped
from people.models import ConsentTopic, ContactMeans, Gender, Person, Relation, Residence, Status
from people.rules.details import Details
from people.typed import NOT_ASKED
from people.words import CONTACT_MEANS, GENDERS, RELATIONS, RESIDENCES, STATUSES, TOPICS

AUTOMATIC = ""


class PersonForm(BaseForm):
    """A resident. `residence` is `unknown`, `outside`, or the id of a neighbourhood."""

    family_name = StringField(_l("Family name"), [Length(max=80)], render_kw={"autocomplete": "off"})
    given_name = StringField(_l("Given name"), [Length(max=80)], render_kw={"autocomplete": "off"})
    phone = PhoneField(_l("Phone"), render_kw={"autocomplete": "off", "inputmode": "tel"})
    birth_year = IntegerField(
        _l("Year of birth"),
        [Optional(), NumberRange(1900, 2100, _l("Write the year with four digits, like 1957."))],
        render_kw={"autocomplete": "off", "inputmode": "numeric", "class": "narrow"},
    )
    residence = SelectField(_l("Neighbourhood"))
    email = StringField(
        _l("E-mail address"),
        [Optional(), Length(max=254), Email(_l("Write an address like name@town.fr."), allow_smtputf8=False)],
        filters=[stripped],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    contact_means = SelectField(_l("How to reach them"))
    locale = SelectField(_l("Language"), choices=list(LANGUAGES.items()), default="fr")
    gender = SelectField(_l("Gender"), default=Gender.NOT_COMMUNICATED.value)
    status = SelectField(_l("Occupation"), default=Status.NOT_COMMUNICATED.value)
    sure = HiddenField()

    def __init__(self, neighbourhoods: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(key), name) for key, name in neighbourhoods]
        unknown, outside = ((kind.value, RESIDENCES[kind]) for kind in (Residence.UNKNOWN, Residence.OUTSIDE))
        self.residence.choices = [unknown, *known, outside]
        means = [(kind.value, label) for kind, label in CONTACT_MEANS.items()]
        self.contact_means.choices = [(AUTOMATIC, _l("Text message or call, as the number allows")), *means]
        self.gender.choices = [(kind.value, label) for kind, label in GENDERS.items()]
        self.status.choices = [(kind.value, label) for kind, label in STATUSES.items()]

    def show(self, person: Person) -> None:
        """Fill in what is known of `person`."""
        inside = person.neighbourhood_id is not None
        self.residence.data = str(person.neighbourhood_id) if inside else person.residence.value
        for field in (self.contact_means, self.gender, self.status):
            field.data = getattr(person, field.name).value

    def details(self) -> Details:
        where = self.residence.data
        inside = where.isdecimal()
        return Details(
            family_name=self.family_name.data or "",
            given_name=self.given_name.data or "",
            birth_year=self.birth_year.data,
            phone=self.phone.data,
            email=(self.email.data or "").strip() or None,
            contact_means=ContactMeans(self.contact_means.data) if self.contact_means.data else None,
            locale=self.locale.data,
            gender=Gender(self.gender.data),
            status=Status(self.status.data),
            residence=Residence.INSIDE if inside else Residence(where),
            neighbourhood_id=int(where) if inside else None,
        )


class SomebodyForm(BaseForm):
    """For whom: what was typed to find them, and who was chosen or named. `person_id` 0 is somebody new.

    `asked` is what was searched for last: a search is answered once, and then what was chosen stands.
    """

    q = SearchField(
        _l("Who is it for?"), [Length(max=120)], description=_l("Name, telephone or code."), render_kw=NOT_ASKED
    )
    asked = HiddenField(validators=[Length(max=120)])
    person_id = NumberTravelling()
    given_name = StringField(_l("Given name"), [Length(max=80)], render_kw=NOT_ASKED)
    family_name = StringField(_l("Family name"), [Length(max=80)], render_kw=NOT_ASKED)
    phone = PhoneField(_l("Phone"), render_kw={**NOT_ASKED, "inputmode": "tel"})

    @property
    def names_somebody(self) -> bool:
        """Whether a resident was chosen, or a new one named."""
        return bool(self.person_id.data or self.newcomer_named)

    @property
    def newcomer_named(self) -> bool:
        return bool((self.given_name.data or "").strip() or (self.family_name.data or "").strip())


class CompanionForm(BaseForm):
    name = StringField(_l("Name"), [Length(max=120)], render_kw={"autocomplete": "off"})
    phone = PhoneField(_l("Phone"), render_kw={"autocomplete": "off", "inputmode": "tel"})
    relation = SelectField(_l("Who they are"), default=Relation.OTHER.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation.choices = [(kind.value, label) for kind, label in RELATIONS.items()]


class ConsentForm(BaseForm):
    topic = SelectField(_l("What they were told"), default=ConsentTopic.RECORD.value)
    answer = RadioField(_l("What they say"), choices=[("yes", _l("Agrees")), ("no", _l("Does not agree"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic.choices = [(kind.value, label) for kind, label in TOPICS.items()]


CHOOSE_ONE = _l("Choose the record to keep.")


class MergeForm(BaseForm):
    """Which of the two records is kept."""

    kept = RadioField(
        _l("Which record do you keep?"), coerce=int, invalid_choice_message=CHOOSE_ONE, invalid_value_message=CHOOSE_ONE
    )

    def __init__(self, records: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept.choices = [(one.id, f"{one.name} · {spoken(one.code)}") for one in records]
