"""What vouchers add to the page of a resident: a way to them, and when each was handed over."""

from __future__ import annotations

from flask import url_for

from accounts.models import Account
from foundation.i18n import _
from people.history import HistoryItem, Step, history_providers, step_providers
from vouchers.queries import listing
from vouchers.rules.labels import ONE_VOUCHER, VOUCHER_STATES
from vouchers.rules.team import ISSUERS, TEAM


def history(person_id: int, viewer: Account) -> list[HistoryItem]:
    """Vouchers of the campaigns that the viewer may look at."""
    if not viewer.has(*TEAM):
        return []
    return [
        HistoryItem(
            at=one.handed_over_at or one.issued_at,
            what=str(ONE_VOUCHER[one.campaign.kind]),
            state=str(VOUCHER_STATES[one.state]),
            url=url_for("issuing.show", voucher_id=one.id),
        )
        for one in listing.of_person(person_id, viewer)
    ]


def steps(person_id: int, viewer: Account) -> list[Step]:
    """Vouchers, for whoever has a card."""
    if not viewer.has(*ISSUERS) or listing.current_card(person_id) is None:
        return []
    return [Step(_("Vouchers"), url_for("issuing.of_person", person_id=person_id))]


history_providers.append(history)
step_providers.append(steps)
