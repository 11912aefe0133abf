"""What the tests of services, presences, absences and the desk share: who plans, what forms send and carry."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.models import Account, AccountRole
from foundation.db import db, transaction
from foundation.security import Role
from mediation.models import Shift
from tests.cast import NOW, Cast, sign_in

TUESDAY = "2026-03-10"
"""Today, of the stopped clock."""


def account_in(cast: Cast, structure: str, *roles: Role, name: str = "Nora Petit") -> Account:
    """One more account, of one of the structures of the cast."""
    with transaction():
        account = Account(
            email=f"{name.split(maxsplit=1)[0].lower()}@{structure}.example", name=name,
            structure_id=cast.ids[structure],
            role_rows=[AccountRole(role=role) for role in roles], created_at=NOW,
        )  # fmt: skip
        db.session.add(account)
    return account


def town_manager(cast: Cast, client: Any) -> Any:
    """A client signed in as the manager of the town, who has nothing to say in the association."""
    return sign_in(client, account_in(cast, "town", Role.MANAGER))


def service_form(**changes: Any) -> dict[str, Any]:
    """What the page of a service sends."""
    usual = {
        "structure_id": 0, "label": "Mes photos", "description": "Trier et garder ses photos.",
        "bring": "Votre appareil", "position": 4, "audience": "everyone", "channels": ["venue"], "duration_minutes": 45,
        "buffer_before_minutes": 0, "buffer_after_minutes": 5, "step_minutes": "", "notice_minutes": 120,
        "change_notice_minutes": 120, "horizon_days": 60, "themes": ["files"], "autonomy": "",
    }  # fmt: skip
    return usual | changes


def shift_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What the page of a presence sends: Tuesday evenings at the library, from next week on."""
    usual = {
        "recurrence": "weekly", "weekdays": ["1"], "every": 1, "first_day": "2026-03-17", "last_day": "",
        "starts": "18:00", "ends": "21:00", "channels": ["venue"], "place": str(cast.ids["library"]),
        "service_ids": [str(cast.ids["paperwork"])],
    }  # fmt: skip
    return usual | changes


def absence_form(**changes: Any) -> dict[str, Any]:
    """What the page of an absence sends: Thursday, all day."""
    usual = {
        "recurrence": "once", "first_day": "2026-03-12", "last_day": "", "starts": "", "ends": "", "every": 1,
        "label": "Formation",
    }  # fmt: skip
    return usual | changes


def shifts_of(account_id: int) -> list[Shift]:
    return list(db.session.scalars(select(Shift).where(Shift.account_id == account_id).order_by(Shift.id)))


def day(text: str) -> date:
    return date.fromisoformat(text)


def value_of(page: str, name: str) -> str:
    """What an input of the page holds."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, f"no input {name}"
    found = re.search(r'value="([^"]*)"', tag.group(0))
    return found.group(1) if found else ""


def carried(page: str) -> dict[str, Any]:
    """All that the hidden inputs of a page carry along."""
    found: dict[str, Any] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>|<input[^>]*type="hidden"[^>]*>', page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name.group(1) != "csrf_token":
            found.setdefault(name.group(1), []).append(value.group(1) if value else "")
    return found
