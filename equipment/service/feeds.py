"""Secret addresses at which a calendar program reads the loans of a kit, of a school or of a care home."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select

from accounts.models import Account
from equipment.models import Handing, Kit, KitFeed, Reservation
from equipment.queries import feeds as queries
from equipment.rules.feeds import NoSuchFeed, Subject, check_may_read
from foundation import audit, clock
from foundation.db import db
from foundation.diary import Entry, diary
from foundation.feeds import AHEAD, BEHIND, hash_of, new_secret
from foundation.i18n import _, in_language
from foundation.period import Period
from places.models import CareHome, School


def renew(subject: Subject, actor: Account) -> str:
    """A new address of `actor` for this calendar; one that they had before opens nothing any more.

    Returns:
        Its secret, which is kept nowhere.

    Raises:
        NoSuchFeed: nothing that they may read.
    """
    _check(subject, actor)
    token = new_secret()
    feed = _own(subject, actor)
    if feed is None:
        feed = KitFeed(
            account_id=actor.id,
            kit_id=subject.kit_id,
            school_id=subject.school_id,
            care_home_id=subject.care_home_id,
        )
        db.session.add(feed)
    feed.token_hash, feed.created_at, feed.last_read_at = hash_of(token), clock.now(), None
    db.session.flush()
    audit.record("kit_feed.created", f"kit_feed:{feed.id}", actor_id=actor.id)
    return token


def close(feed_id: int, actor: Account) -> None:
    """The address opens nothing from now on.

    Raises:
        NoSuchFeed: also for somebody else's.
    """
    feed = db.session.get(KitFeed, feed_id, with_for_update=True)
    if feed is None or feed.account_id != actor.id:
        raise NoSuchFeed
    db.session.delete(feed)
    audit.record("kit_feed.revoked", f"kit_feed:{feed_id}", actor_id=actor.id)
    db.session.flush()


def opened(token: str) -> KitFeed:
    """The feed that a secret opens, as long as its owner may still read what it is about.

    Raises:
        NoSuchFeed
    """
    feed = queries.feed_with(hash_of(token))
    if feed is None:
        raise NoSuchFeed
    structure_id = feed.kit.structure_id if feed.kit else None
    check_may_read(Subject(feed.kit_id, feed.school_id, feed.care_home_id), feed.account, structure_id)
    return feed


def note_reading(feed_id: int) -> None:
    """Note that the address is in use, for its page."""
    feed = db.session.get(KitFeed, feed_id)
    if feed is not None:
        feed.last_read_at = clock.now()


def diary_of(feed: KitFeed) -> str:
    """The file: a month back and a year ahead. It names kits, schools and homes, and no person or group."""
    now = clock.now()
    period = Period(now - BEHIND, now + AHEAD)
    with in_language(feed.account.locale):
        name = _("Kits: %(name)s", name=feed.name)
        entries = _of_kit(feed.kit, period) if feed.kit else _of_place(feed, period)
        return diary(name, entries, clock.territory_zone(), clock.today(), "Kits")


def _of_kit(kit: Kit, period: Period) -> list[Entry]:
    rows = queries.taken_of(kit.id, period)
    changed = queries.last_changes([row.reference for row in rows])
    home = kit.home_venue.name if kit.home_venue else ""
    return [
        Entry(
            _uid(row.reference), row.starts_at, row.ends_at, row.label, home,
            changed.get(row.reference, row.starts_at),
        )
        for row in rows
    ]  # fmt: skip


def _of_place(feed: KitFeed, period: Period) -> list[Entry]:
    rows = queries.loans_of_place(feed, period)
    changed = queries.last_changes([one.reference for one in rows])
    return [
        Entry(
            _uid(one.reference), one.starts_at, one.ends_at, one.kit.name, _where(one, feed),
            changed.get(one.reference, one.created_at),
        )
        for one in rows
    ]  # fmt: skip


def _where(one: Reservation, feed: KitFeed) -> str:
    """Where it is collected; the place itself when it is brought."""
    home = one.kit.home_venue
    if one.outward is Handing.DELIVERED or home is None:
        return feed.name
    return _("To collect: %(where)s", where=home.name)


def _uid(reference: str) -> str:
    """The same as long as it is the same act, so that a calendar moves it instead of adding another."""
    return f"{reference.replace(':', '-')}@{urlsplit(current_app.config['BASE_URL']).hostname}"


def _own(subject: Subject, actor: Account) -> KitFeed | None:
    query = select(KitFeed).where(
        KitFeed.account_id == actor.id,
        KitFeed.kit_id == subject.kit_id,
        KitFeed.school_id == subject.school_id,
        KitFeed.care_home_id == subject.care_home_id,
    )
    return db.session.scalar(query.with_for_update())


def _check(subject: Subject, actor: Account) -> None:
    """Raises: NoSuchFeed"""
    if subject.kit_id is not None:
        kit = db.session.get(Kit, subject.kit_id)
        if kit is None or kit.retired_at is not None:
            raise NoSuchFeed
        check_may_read(subject, actor, kit.structure_id)
        return
    model, place_id = (School, subject.school_id) if subject.school_id is not None else (CareHome, subject.care_home_id)
    if db.session.get(model, place_id) is None:
        raise NoSuchFeed
    check_may_read(subject, actor, None)
