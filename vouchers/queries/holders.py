"""Cards as the rules of eligibility see them, and who had a voucher already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from foundation import clock
from foundation.db import db
from foundation.period import at_wall_time
from people.models import Person
from places.models import Neighbourhood
from vouchers.models import Campaign, Card, CardState, Share, Voucher, VoucherState
from vouchers.rules.eligibility import Holder, counted_since

LIVE = [state for state in VoucherState if state.live]
_HOLDERS = select(
    Card.id, Card.person_id, Card.state, Card.valid_from, Card.valid_until, Card.category_id, Card.household_key,
    Person.birth_year, Person.residence, Person.neighbourhood_id,
).join(Person, Person.id == Card.person_id).order_by(Card.id)  # fmt: skip


def holder(card_id: int, campaign: Campaign) -> Holder | None:
    """Who has this card."""
    found = _holders(_HOLDERS.where(Card.id == card_id), campaign)
    return found[0] if found else None


def next_holders(campaign: Campaign, after_id: int, limit: int, only: Collection[int] | None = None) -> list[Holder]:
    """Who has the next live cards, by id; of these cards `only`, or of all."""
    query = _HOLDERS.where(Card.state == CardState.LIVE, Card.id > after_id)
    if only is not None:
        query = query.where(Card.id.in_([one for one in sorted(only) if one > after_id][:MOST]))
    return _holders(query.limit(limit), campaign)


MOST = 20_000
"""Parameters of one statement; SQLite takes 32,766."""


def live_cards() -> int:
    """How many cards a batch for everybody looks at."""
    return db.session.scalar(select(func.count()).where(Card.state == CardState.LIVE)) or 0


def _holders(query: Select[*tuple[Any, ...]], campaign: Campaign) -> list[Holder]:
    rows = db.session.execute(query).all()
    areas = _areas() if campaign.neighbourhood_ids or campaign.commune_ids else {}
    return [Holder(*row, *areas.get(row.neighbourhood_id, ((), ()))) for row in rows]


def _areas() -> dict[int, tuple[set[int], set[int]]]:
    """Of each neighbourhood: itself and all that it lies in, and the communes of these."""
    query = select(Neighbourhood.id, Neighbourhood.parent_id, Neighbourhood.commune_id)
    rows = {id_: (parent_id, commune_id) for id_, parent_id, commune_id in db.session.execute(query)}
    found = {}
    for id_ in rows:
        within: set[int] = set()
        step: int | None = id_
        while step is not None and step not in within:
            within.add(step)
            step = rows[step][0] if step in rows else None
        found[id_] = within, {commune for one in within if (commune := rows[one][1]) is not None}
    return found


def had_one(campaign: Campaign, holders: Sequence[Holder], today: date) -> set[int]:
    """Ids of those cards whose person, or household, had a voucher that the campaign counts.

    One that was cancelled or expired before anything was spent counts for nothing. Where the household is not
    known, the person counts alone.
    """
    people = {one.person_id for one in holders}
    households = {one.household for one in holders if one.household} if campaign.share is Share.HOUSEHOLD else set()
    taken, homes = _had(campaign, people, households, today)
    return {one.card_id for one in holders if one.person_id in taken or (one.household in homes and households)}


def _had(campaign: Campaign, people: Collection[int], households: Collection[str], today: date) -> tuple[
    set[int], set[str]
]:  # fmt: skip
    """People and households of vouchers that count."""
    who: ColumnElement[bool] = Voucher.person_id.in_(people)
    if households:
        who = or_(who, Card.household_key.in_(households))
    query = (
        select(Voucher.person_id, Card.household_key)
        .join(Card, Card.id == Voucher.card_id)
        .join(Campaign, Campaign.id == Voucher.campaign_id)
        .where(who, or_(Voucher.state.in_(LIVE), Voucher.spent_cents > 0), _counted(campaign, today))
    )
    rows = db.session.execute(query).all()
    return {row.person_id for row in rows}, {row.household_key for row in rows if row.household_key}


def _counted(campaign: Campaign, today: date) -> ColumnElement[bool]:
    this_one = Voucher.campaign_id == campaign.id
    since = counted_since(campaign, today)
    if since is None:
        return this_one
    return or_(this_one, (Campaign.kind == campaign.kind) & (Voucher.issued_at >= _midnight(since)))


def _midnight(day: date) -> datetime:
    return at_wall_time(day, time(), clock.territory_zone())
