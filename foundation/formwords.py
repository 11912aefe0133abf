"""What WTForms says when a field can not be read, in the words of the house."""

from __future__ import annotations

from typing import Any

from foundation.i18n import _l, ngettext

NUMBER = _l("Write a whole number.")
CHOICE = _l("Choose one of the answers that are offered.")
ANSWER = _l("This question needs an answer.")
TOO_LONG = _l("This is too long. Make it shorter.")
DAY = _l("Choose a day that exists.")
DAY_AND_TIME = _l("Choose a day and a time that exist.")
TOO_OLD = _l("This form is too old. Load the page again.")

SENTENCES: dict[str, Any] = {
    "CSRF failed.": TOO_OLD,
    "CSRF token expired.": TOO_OLD,
    "CSRF token missing.": TOO_OLD,
    "Invalid CSRF Token.": TOO_OLD,
    "Date must be at least %(min)s.": DAY,
    "Date must be at most %(max)s.": DAY,
    "Date must be between %(min)s and %(max)s.": DAY,
    "Not a valid date value.": DAY,
    "Not a valid datetime value.": DAY_AND_TIME,
    "Not a valid time value.": _l("Write a time like 14:30."),
    "Not a valid week value.": DAY,
    "Not a valid integer value.": NUMBER,
    "Not a valid decimal value.": _l("Write a number."),
    "Not a valid float value.": _l("Write a number."),
    "Number must be at least %(min)s.": _l("Write a number of at least %(min)s."),
    "Number must be at most %(max)s.": _l("Write a number of at most %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Write a number from %(min)s to %(max)s."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Write from %(min)s to %(max)s characters."),
    "Field must be equal to %(other_name)s.": _l("Write the same twice."),
    "Invalid Choice: could not coerce.": CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOICE,
    "Not a valid choice.": CHOICE,
    "Invalid value, must be one of: %(values)s.": CHOICE,
    "Invalid value, can't be any of: %(values)s.": CHOICE,
    "Invalid URL.": _l("Write a web address in full, like https://example.fr."),
    "Invalid email address.": _l("Write the e-mail address in full, like name@example.fr."),
    "Invalid input.": _l("This can not be read. Write it again."),
    "This field cannot be edited.": _l("This can not be changed here."),
    "This field is disabled and cannot have a value.": _l("This can not be changed here."),
    "This field is required.": ANSWER,
}


class HouseWords:
    """Stands where WTForms looks for translations; what it does not know is left as it is."""

    def gettext(self, string: str) -> str:
        return str(SENTENCES.get(string, string))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Sentences about lengths; `number` is how many characters there may or must be."""
        if "cannot be longer" in singular:
            return ngettext("Write at most one character.", "Write at most %(num)s characters.", number)
        if "at least" in singular:
            return ngettext("Write at least one character.", "Write at least %(num)s characters.", number)
        if "exactly" in singular:
            return ngettext("Write exactly one character.", "Write exactly %(num)s characters.", number)
        return str(CHOICE)


HOUSE_WORDS = HouseWords()
