"""What the enumerations of residents are called on pages."""

from __future__ import annotations

from foundation.i18n import _l
from people.models import ConsentTopic, ContactMeans, Gender, Relation, Residence, Status
from people.rules.duplicates import Reason

CONTACT_MEANS = {
    ContactMeans.SMS: _l("Text message"),
    ContactMeans.EMAIL: _l("E-mail"),
    ContactMeans.PHONE_CALL: _l("Phone call"),
    ContactMeans.NONE: _l("None: a paper slip is enough"),
}
GENDERS = {
    Gender.FEMININE: _l("Feminine"),
    Gender.MASCULINE: _l("Masculine"),
    Gender.NOT_COMMUNICATED: _l("Not communicated"),
}
STATUSES = {
    Status.SCHOOLING: _l("In school or training"),
    Status.JOB_SEEKING: _l("Looking for work"),
    Status.WORKING: _l("In work"),
    Status.RETIRED: _l("Retired"),
    Status.NOT_COMMUNICATED: _l("Not communicated"),
}
RESIDENCES = {
    Residence.UNKNOWN: _l("Not known"),
    Residence.OUTSIDE: _l("Outside the territory"),
}
RELATIONS = {
    Relation.PARENT: _l("Parent"),
    Relation.CHILD: _l("Daughter or son"),
    Relation.SPOUSE: _l("Spouse or partner"),
    Relation.RELATIVE: _l("Other relative"),
    Relation.FRIEND: _l("Friend or neighbour"),
    Relation.GUARDIAN: _l("Legal guardian"),
    Relation.PROFESSIONAL: _l("Social worker or carer"),
    Relation.OTHER: _l("Other"),
}
TOPICS = {
    ConsentTopic.RECORD: _l("We keep this record"),
    ConsentTopic.MESSAGES: _l("We send messages about appointments"),
    ConsentTopic.IMAGES: _l("We may show photos taken in workshops"),
}
REASONS = {
    Reason.SAME_PHONE_AND_NAME: _l("Same phone and same name"),
    Reason.SAME_NAME_AND_YEAR: _l("Same name and same year of birth"),
    Reason.SAME_NAME: _l("Same name"),
    Reason.CLOSE_NAME_AND_YEAR: _l("Nearly the same name, same year of birth"),
    Reason.CLOSE_NAME: _l("Nearly the same name"),
    Reason.SAME_PHONE: _l("Same phone, another name"),
}
FIELDS = {
    "given_name": _l("Given name"),
    "family_name": _l("Family name"),
    "birth_year": _l("Year of birth"),
    "phone": _l("Phone"),
    "email": _l("E-mail address"),
    "contact_means": _l("Means of contact"),
    "gender": _l("Gender"),
    "status": _l("Occupation"),
    "residence": _l("Neighbourhood"),
}
