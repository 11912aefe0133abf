"""What of programmes, sessions and lesson sheets is missing in other languages."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.said import Said
from workshops.models import Programme, ProgrammeResource, WorkshopSession
from workshops.rules.sheet_names import is_readable

TRANSLATED = ("title", "description", "goals", "material")


def untranslated(programme: Programme, sessions: Iterable[WorkshopSession], locale: str) -> list[str]:
    """What residents read in French on a page of that language: names of texts, `sessions` and `resources` once each.

    Args:
        sessions: those of which residents read the title.
    """
    missing = programme.untranslated(TRANSLATED, locale)
    if any(one.untranslated(["title"], locale) for one in sessions):
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
