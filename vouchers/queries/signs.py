"""Signs of fraud, and the facts behind each, for those who manage campaigns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Account
from agenda.queries import public_holidays
from foundation import clock
from foundation.db import db
from foundation.period import at_wall_time
from people.models import Person
from places.hours.osm import parse
from places.hours.week import Hours, WeeklyOpening
from places.models import Venue
from vouchers.models import Campaign, MovementKind, Partner, Redemption, RefusedTry, Voucher, VoucherMovement
from vouchers.queries.campaigns import within
from vouchers.rules.signs import LOOKED_AT, SAME_NAME, Refusals, far_from_hours, many_refused

MOST = 500
"""Of a kind; a page shows fewer, once those that were looked at are left out."""


@dataclass(frozen=True)
class SameName:
    """Vouchers that one of the staff issued to people of one family name."""

    actor: Account
    family_name: str
    voucher_ids: list[int]


def refusals(viewer: Account, now: datetime) -> list[tuple[Refusals, Partner]]:
    """Many refusals at one till on one day; partners are the territory's, so only its staff see them."""
    if viewer.structure_id is not None:
        return []
    query = select(RefusedTry.partner_id, RefusedTry.at, RefusedTry.id).where(
        RefusedTry.partner_id.is_not(None), RefusedTry.at > now - LOOKED_AT
    )
    tries = [(id_, at, number) for id_, at, number in db.session.execute(query) if id_ is not None]
    found = many_refused(tries, clock.territory_zone())[:MOST]
    wanted = select(Partner).where(Partner.id.in_({one.partner_id for one in found}))
    partners = {one.id: one for one in db.session.scalars(wanted)}
    return [(one, partners[one.partner_id]) for one in found]


def tries_on(partner_id: int, day: date, viewer: Account) -> Sequence[RefusedTry]:
    """The facts of one such day, in order of time."""
    if viewer.structure_id is not None:
        return []
    zone = clock.territory_zone()
    begins, ends = (at_wall_time(one, time(), zone) for one in (day, day + timedelta(days=1)))
    query = select(RefusedTry).where(RefusedTry.partner_id == partner_id)
    return db.session.scalars(query.where(RefusedTry.at >= begins, RefusedTry.at < ends).order_by(RefusedTry.at)).all()


def out_of_hours(viewer: Account, now: datetime) -> Sequence[Redemption]:
    """Payments at partners' counters when these are closed, and not undone, the latest first."""
    zone, hours = clock.territory_zone(), hours_of_partners()
    holidays = public_holidays((now - LOOKED_AT).date(), now.date() + timedelta(days=1))
    query = select(Redemption.id, Redemption.at, Partner.id).join(Partner, Partner.id == Redemption.partner_id)
    recent = query.join(Redemption.voucher).join(Voucher.campaign).where(Redemption.at > now - LOOKED_AT)
    rows = db.session.execute(recent.where(Redemption.undone_at.is_(None), within(viewer)))
    far = [id_ for id_, at, partner_id in rows if far_from_hours(at, zone, hours.get(partner_id, ()), holidays)]
    ids = sorted(far, reverse=True)[:MOST]
    return db.session.scalars(
        _whole().where(Redemption.id.in_(ids)).order_by(Redemption.at.desc(), Redemption.id.desc())
    ).all()


def hours_of_partners() -> dict[int, list[WeeklyOpening]]:
    """By partner, when one of its places is open; of those of which all hours are known."""
    query = select(Partner.id, Venue.opening_hours).join(Venue, Venue.structure_id == Partner.structure_id)
    told: dict[int, list[Hours]] = {}
    for partner_id, text in db.session.execute(query.where(Venue.active)):
        told.setdefault(partner_id, []).append(parse(text))
    return {
        partner_id: [opening for one in places for opening in one.openings]
        for partner_id, places in told.items()
        if all(one.openings and not one.unread for one in places)
    }


def same_serial(viewer: Account) -> dict[str, list[Redemption]]:
    """Serial numbers of devices that were paid more than once and not undone, with their payments."""
    twice = (
        select(Redemption.serial)
        .join(Redemption.voucher)
        .join(Voucher.campaign)
        .where(Redemption.serial != "", Redemption.undone_at.is_(None), within(viewer))
        .group_by(Redemption.serial)
        .having(func.count() > 1)
        .order_by(func.max(Redemption.id).desc())
        .limit(MOST)
    )
    serials = db.session.scalars(twice).all()
    query = _whole().join(Voucher.campaign).where(
        Redemption.serial.in_(serials), Redemption.undone_at.is_(None), within(viewer)
    )  # fmt: skip
    found: dict[str, list[Redemption]] = {serial: [] for serial in serials}
    for one in db.session.scalars(query.order_by(Redemption.id)):
        found[one.serial].append(one)
    return found


def same_name(viewer: Account, now: datetime) -> list[SameName]:
    """Who of the staff issued several vouchers, one by one, to people of one family name; the most first."""
    name = func.lower(Person.family_name)
    issued = (
        select(VoucherMovement.actor_id, name, Voucher.id)
        .join(Voucher, Voucher.id == VoucherMovement.voucher_id)
        .join(Voucher.person)
        .join(Campaign, Campaign.id == Voucher.campaign_id)
        .where(
            VoucherMovement.kind == MovementKind.ISSUED, VoucherMovement.at > now - LOOKED_AT,
            VoucherMovement.actor_id.is_not(None), Voucher.batch_id.is_(None), Voucher.replaces_id.is_(None),
            Person.family_name != "", within(viewer),
        )
    ).subquery()  # fmt: skip
    actor, lowered, voucher = issued.c
    often = select(actor, lowered).group_by(actor, lowered).having(func.count() >= SAME_NAME).subquery()
    rows = db.session.execute(
        select(actor, lowered, voucher)
        .join(often, and_(often.c[0] == actor, often.c[1] == lowered))
        .order_by(voucher)
    )  # fmt: skip
    grouped: dict[tuple[int, str], list[int]] = {}
    for actor_id, family_name, voucher_id in rows:
        grouped.setdefault((actor_id, family_name), []).append(voucher_id)
    most = sorted(grouped.items(), key=lambda item: -len(item[1]))[:MOST]
    return _named(most)


def _named(found: Sequence[tuple[tuple[int, str], list[int]]]) -> list[SameName]:
    actors = select(Account).where(Account.id.in_({actor_id for (actor_id, _name), _ids in found}))
    by_id = {one.id: one for one in db.session.scalars(actors)}
    firsts = select(Voucher.id, Person.family_name).join(Voucher.person)
    names = {
        id_: name for id_, name in db.session.execute(firsts.where(Voucher.id.in_({ids[0] for _key, ids in found})))
    }
    return [SameName(by_id[actor_id], names[ids[0]], ids) for (actor_id, _lowered), ids in found]


def vouchers(ids: Collection[int], viewer: Account) -> Sequence[Voucher]:
    """The facts of one of the team and one name: these vouchers, with whom they are for and of which campaign."""
    query = (
        select(Voucher)
        .join(Voucher.campaign)
        .options(contains_eager(Voucher.campaign), joinedload(Voucher.person, innerjoin=True))
        .where(Voucher.id.in_(sorted(ids)[-MOST:]), within(viewer))
    )
    return db.session.scalars(query.order_by(Voucher.id)).all()


def _whole() -> Select[Redemption]:
    return (
        select(Redemption)
        .join(Redemption.voucher)
        .options(
            contains_eager(Redemption.voucher).joinedload(Voucher.person, innerjoin=True),
            joinedload(Redemption.partner).joinedload(Partner.structure),
        )
    )
