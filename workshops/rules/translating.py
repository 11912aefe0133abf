"""Texts of programmes, sessions and lesson sheets in other languages, and what of them is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foundation.forbidden import check_text
from workshops.models import Programme, ProgrammeResource, WorkshopSession
from workshops.models.said import Said
from workshops.rules.sheet_names import is_readable

TRANSLATED = ("title", "description", "goals", "material")
LANGUAGES = ("en", "ar")
"""Beside French, which is in the columns."""


def check_translations(translations: Mapping[str, Mapping[str, str]]) -> None:
    """Raises: what `foundation.forbidden.check_text` raises, with the name of the field and its language"""
    for locale, texts in translations.items():
        for name, text in texts.items():
            check_text(text, f"{name}_{locale}")


def told(translations: Mapping[str, Mapping[str, str]], names: Iterable[str] = TRANSLATED) -> dict[str, dict[str, str]]:
    """The translations without empty texts and languages."""
    known = set(names)
    kept = {
        locale: {name: text.strip() for name, text in texts.items() if name in known and text.strip()}
        for locale, texts in translations.items()
    }
    return {locale: texts for locale, texts in kept.items() if texts}


def untranslated(programme: Programme, sessions: Iterable[WorkshopSession], locale: str) -> list[str]:
    """What residents read in French on a page of that language: names of texts, `sessions` and `resources` once each.

    Args:
        sessions: those of which residents read the title.
    """
    missing = [name for name in TRANSLATED if getattr(programme, name) and not programme.translated(name, locale)]
    if any(one.title and not one.translated("title", locale) for one in sessions):
        missing.append("sessions")
    if any(_is_read(one) and not is_readable(one, locale) for one in programme.resources):
        missing.append("resources")
    return missing


def is_begun(programme: Programme, sessions: Iterable[WorkshopSession], locale: str) -> bool:
    """Whether anything of it was translated into that language."""
    rows: list[Said] = [programme, *sessions, *programme.resources]
    return any(locale in (one.translations or {}) for one in rows)


def _is_read(sheet: ProgrammeResource) -> bool:
    return not sheet.team_only
