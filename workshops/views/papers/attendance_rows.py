"""What stands on each line of the sheet that people sign."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.i18n import _, phone
from people.models import Person
from workshops.models import Participant, Registration, WorkshopSession

SIGNED_BY_HAND = ["", ""]


def name_in_order(person: Person) -> str:
    """`Moreau Lina`: a list is looked through by family name."""
    return f"{person.family_name} {person.given_name}".strip() or _("Name erased")


def row_of(participant: Participant, *, children: bool) -> list[str]:
    """With `children`, what the team must know of a child; an adult's cells stay empty."""
    name = name_in_order(participant.person)
    if not children:
        return [name, *SIGNED_BY_HAND]
    sheet = participant.sheet
    if sheet is None:
        return [name, "", "", "", "", "", *SIGNED_BY_HAND]
    guardian = participant.registration.person
    collectors = [guardian.name] if guardian else []
    collectors += [line.strip() for line in sheet.collectors.splitlines() if line.strip()]
    return [
        name, sheet.school_level, "\n".join(collectors), _yes_or_no(sheet.may_leave_alone),
        "\n".join(filter(None, (sheet.emergency_name, phone(sheet.emergency_phone)))),
        _yes_or_no(sheet.image_consent), *SIGNED_BY_HAND,
    ]  # fmt: skip


def _yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def group_rows(session: WorkshopSession, groups: Sequence[Registration]) -> list[list[str]]:
    """A line a group; the client of the series has one in any case."""
    rows = [["\n".join(_said(one)), str(one.seats), "", "", ""] for one in groups]
    client = session.programme.care_home or session.programme.school or session.care_home or session.school
    return rows or ([[client.name, "", "", "", ""]] if client else [])


def _said(group: Registration) -> list[str]:
    host = group.school or group.care_home
    return [part for part in (group.group_label, host.name if host else "", group.contact_name) if part]
