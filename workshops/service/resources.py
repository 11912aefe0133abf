"""Lesson sheets of a programme: links, and files that are kept with it."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import Account
from foundation import audit
from foundation.db import db
from foundation.said import told
from foundation.scope import NotInYourStructure
from workshops.models import Programme, ProgrammeResource
from workshops.rules.resources import Sheet, check_name, check_sheet, kept_name, media_type
from workshops.service.programmes import locked


def add(programme_id: int, sheet: Sheet, actor: Account) -> ProgrammeResource:
    """Add a link or a file.

    Raises:
        NotInYourStructure, OfTheTerritory, and the refusals of `check_sheet`
    """
    programme = locked(programme_id, actor)
    check_sheet(sheet, len(programme.resources))
    found = ProgrammeResource(
        programme_id=programme_id,
        label=sheet.label.strip() or kept_name(sheet.file_name),
        url=sheet.url.strip() or None,
        file_name=kept_name(sheet.file_name) if sheet.content else None,
        media_type=media_type(sheet.file_name) if sheet.content else None,
        content=sheet.content or None,
        team_only=sheet.team_only,
        translations=told(sheet.translations, ["label"]),
    )
    programme.resources.append(found)
    db.session.flush()
    audit.record("programme.resource_added", f"programme:{programme_id}", actor_id=actor.id, resource_id=found.id)
    return found


def rename(
    programme_id: int, resource_id: int, label: str, translations: Mapping[str, Mapping[str, str]], actor: Account
) -> ProgrammeResource:
    """Call a link or a file otherwise, in any language; what it holds stays.

    Raises:
        NoLabel, NotInYourStructure, OfTheTerritory, and what `check_translations` raises
    """
    found = _of(locked(programme_id, actor), resource_id)
    check_name(label, translations)
    found.label, found.translations = label.strip(), told(translations, ["label"])
    db.session.flush()
    audit.record("programme.resource_renamed", f"programme:{programme_id}", actor_id=actor.id, resource_id=resource_id)
    return found


def remove(programme_id: int, resource_id: int, actor: Account) -> None:
    """Take a link or a file away for good.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    programme = locked(programme_id, actor)
    found = _of(programme, resource_id)
    programme.resources.remove(found)
    db.session.flush()
    audit.record("programme.resource_removed", f"programme:{programme_id}", actor_id=actor.id, resource_id=resource_id)


def _of(programme: Programme, resource_id: int) -> ProgrammeResource:
    """Raises: NotInYourStructure"""
    found = next((one for one in programme.resources if one.id == resource_id), None)
    if found is None:
        raise NotInYourStructure
    return found
