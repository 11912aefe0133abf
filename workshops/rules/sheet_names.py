"""What lesson sheets are mostly called: such a name is read in the reader's language though nobody translated it."""

from __future__ import annotations

import re
from typing import Any

from foundation.i18n import _l
from workshops.models import ProgrammeResource

USUAL: dict[str, Any] = {
    "Fiche": _l("Worksheet"),
    "Fiche d’exercices": _l("Exercise sheet"),
    "Exercices": _l("Exercises"),
    "Corrigé": _l("Answer key"),
    "Diaporama": _l("Slides"),
    "Tutoriel": _l("Tutorial"),
    "Aide-mémoire": _l("Memory aid"),
    "Programme des séances": _l("Plan of the sessions"),
    "Pour aller plus loin": _l("To go further"),
}
"""As a French team writes it → what readers see."""
_NUMBERED = re.compile(r"(?P<name>.*?)(?:\s+(?:n°\s*)?(?P<number>\d{1,2}))?", re.DOTALL)


def usual_name(label: str) -> str:
    """`Worksheet 2` for `fiche 2`, in the language at hand; empty for a name of its own."""
    found = _NUMBERED.fullmatch(label.strip())
    word = _FOLDED.get(_folded(found["name"])) if found else None
    if found is None or word is None:
        return ""
    return f"{word} {found['number']}" if found["number"] else str(word)


def name_of(sheet: ProgrammeResource, locale: str) -> str:
    """What a sheet is called for a reader of `locale`, which is the language at hand."""
    usual = "" if locale == "fr" else usual_name(sheet.label)
    return sheet.translated("label", locale) or usual or sheet.label


def is_readable(sheet: ProgrammeResource, locale: str) -> bool:
    """Whether that name is in the reader's language."""
    return bool(sheet.translated("label", locale) or usual_name(sheet.label))


def _folded(name: str) -> str:
    return name.strip().casefold().replace("'", "’")


_FOLDED = {_folded(name): word for name, word in USUAL.items()}
