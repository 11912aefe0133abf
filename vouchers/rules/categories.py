"""Categories of cards, which the town words."""

from __future__ import annotations

from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l
from places.clean.text import one_line

LONGEST_LABEL = 80


class NoSuchCategoryKnown(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such category."))


class CategoryNameless(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Name the category, in at most 80 characters."), "label")


class CategoryTwice(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("There is a category of this name already."), "label")


def check_label(label: str) -> str:
    """The name, on one line.

    Raises:
        CategoryNameless, and what `check_text` finds in it
    """
    named = one_line(label)
    if not 0 < len(named) <= LONGEST_LABEL:
        raise CategoryNameless
    check_text(named, "label")
    return named
