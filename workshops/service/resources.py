"""Lesson sheets of a programme: links, and files that are kept with it."""

from __future__ import annotations

from accounts.models import Account
from foundation import audit
from foundation.db import db
from foundation.said import told
from foundation.scope import NotInYourStructure
from workshops.models import ProgrammeResource
from workshops.rules.resources import Sheet, check_sheet, kept_name, media_type
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


def remove(programme_id: int, resource_id: int, actor: Account) -> None:
    """Take a link or a file away for good.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    programme = locked(programme_id, actor)
    found = next((one for one in programme.resources if one.id == resource_id), None)
    if found is None:
        raise NotInYourStructure
    programme.resources.remove(found)
    db.session.flush()
    audit.record("programme.resource_removed", f"programme:{programme_id}", actor_id=actor.id, resource_id=resource_id)
