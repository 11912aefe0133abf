"""What cards tell on the page of a resident, and what may be done next for them there."""

from __future__ import annotations

from flask import url_for

from accounts.models import Account
from foundation.i18n import _
from people import service as people
from people.history import HistoryItem, Step, history_providers, step_providers
from vouchers.queries import cards as queries
from vouchers.queries import told
from vouchers.rules.card_labels import CARD_EVENTS
from vouchers.rules.giving import FINDERS, GIVERS


def history(person_id: int, viewer: Account) -> list[HistoryItem]:
    """Each thing that happened to their cards."""
    if not viewer.has(*FINDERS):
        return []
    return [
        HistoryItem(
            event.at, _("Solidarity card"), str(CARD_EVENTS[event.kind]), url_for("cards.show", card_id=card_id)
        )
        for card_id, event in queries.events_of(person_id)
    ]


def steps(person_id: int, viewer: Account) -> list[Step]:
    """To the card of whoever has one; else to give one."""
    if not viewer.has(*FINDERS):
        return []
    if card := queries.standing_of(person_id):
        return [Step(_("Solidarity card"), url_for("cards.show", card_id=card.id))]
    if not viewer.has(*GIVERS):
        return []
    return [Step(_("Give a card"), url_for("cards.new", habitant=person_id))]


history_providers.append(history)
step_providers.append(steps)
people.tells_of("voucher_payment", told.payments)
