"""Secret addresses at which a calendar program reads the loans of a kit, of a school or of a care home."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Kit, KitFeed
from equipment.queries import feeds as queries
from equipment.rules.feeds import NoSuchFeed, Subject, check_may_read
from foundation import audit, clock
from foundation.db import db
from foundation.feeds import hash_of, new_secret
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
