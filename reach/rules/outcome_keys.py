"""What reports and open data call the counts of what came of it: answers, referrals by outcome and by kind. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from activity.models import Helped, Outcome, Referral

ANSWERS: Final = "answers"
"""Contacts by name with an appointment or a session that were answered."""
BY_ANSWER: Final[Mapping[Helped, str]] = {one: f"answer:{one.value}" for one in Helped}
REFERRED: Final = "referred"
"""Referrals of one person by name, each of a record."""
BY_OUTCOME: Final[Mapping[Outcome | None, str]] = {
    one: f"outcome:{one.value if one else 'not_noted'}" for one in (*Outcome, None)
}
"""None: nobody noted anything."""
BY_REFERRAL: Final[Mapping[Referral, str]] = {one: f"referral:{one.value}" for one in Referral}
