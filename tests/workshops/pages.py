"""What the pages of programmes send, and who sends it."""

from __future__ import annotations

import re
from typing import Any

from accounts.models import Account
from foundation.security import Role
from tests.cast import Cast, sign_in
from tests.mediation.planning import account_in

NEW = "/equipe/ateliers/nouveau?genre=coding_club"


def as_mediator(cast: Cast, client: Any) -> Any:
    """Salima, of the town."""
    return sign_in(client, cast.mediator)


def as_stranger(cast: Cast, client: Any) -> Account:
    """The manager of the association, who has nothing to say in the town."""
    account = account_in(cast, "association", Role.MANAGER)
    sign_in(client, account)
    return account


def programme_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What the page of a programme sends."""
    usual = {
        "structure_id": cast.ids["town"], "title": "Club Scratch", "description": "Créer son premier jeu.",
        "goals": "Créer un jeu\r\nLe montrer", "material": "", "audience": "children", "age_min": 8, "age_max": 12,
        "level": "beginner", "enrolment": "cycle", "openness": "everyone", "capacity": 8, "people_per_helper": 6,
        "registration_opens_at": "", "registration_closes_at": "", "price": "", "training_units": "",
        "care_home_id": "", "school_id": "", "answer_hours": 48, "framing_at": "", "framing_notes": "",
        "next_steps": "",
    }  # fmt: skip
    return usual | changes


def dates_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Three Wednesdays from four to six, Salima in the blue room."""
    usual = {
        "do": "preview", "recurrence": "weekly", "weekdays": ["2"], "every": 1, "first_day": "2026-03-18",
        "last_day": "", "count": 3, "starts": "16:00", "ends": "18:00", "skip_school_holidays": "y",
        "skip_closed": "y", "place": f"lieu:{cast.ids['library']}:{cast.ids['room']}",
        "team": [str(cast.ids["mediator"])], "capacity": 8, "before": 0, "after": 0, "equipment_note": "",
        "one_more": "", "titles": "",
    }  # fmt: skip
    return usual | changes


def main_of(response: Any) -> str:
    """What the page says, without its markup and with plain spaces."""
    page = response.get_data(as_text=True)
    body = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    return re.sub(r"[\s\u202f\u00a0]+", " ", body)


def ticked(page: str, name: str) -> list[str]:
    """The values of the checkboxes of that name that are ticked."""
    return [
        value
        for tag in re.findall(rf'<input type="checkbox" name="{name}"[^>]*>', page)
        if " checked" in tag
        for value in re.findall(r'value="([^"]*)"', tag)
    ]


def offered(page: str, name: str) -> list[str]:
    """The values of all checkboxes of that name."""
    return re.findall(rf'<input type="checkbox" name="{name}" value="([^"]*)"', page)
