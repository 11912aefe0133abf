"""What the page of a resident proposes while they have a device of which nobody knows what became."""

from __future__ import annotations

from flask import url_for

from accounts.models import Account
from foundation.i18n import _
from people.history import Step, step_providers
from vouchers.queries import follow_ups
from vouchers.rules.team import TEAM


def steps(person_id: int, viewer: Account) -> list[Step]:
    if not viewer.has(*TEAM) or not follow_ups.unanswered(viewer, page=1, person_id=person_id):
        return []
    return [Step(_("Is the device still used?"), url_for("follow_ups.index", habitant=person_id))]


step_providers.append(steps)
