"""Fetching every calendar kept elsewhere, one after the other: called by the jobs process and by a command.

The address is read outside of any transaction: nobody's booking waits for a slow server.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from flask import current_app

from agenda import service
from agenda.download import DownloadFailed, download
from agenda.queries.feeds import addresses
from agenda.rules.ics import Imported
from foundation.db import db, in_transaction

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many feeds were read, and how many could not be."""

    read: int
    failed: int


def refresh_feeds(stopped: Callable[[], bool] = lambda: False) -> Refreshed:
    """Fetch and import every feed that has an address; a feed that fails keeps its busy time and says why.

    Args:
        stopped: asked before each feed, so that a process that is to end does not wait for all of them.

    The configuration `FEEDS_FROM_PRIVATE_ADDRESSES` lets a town fetch from inside its own network.
    """
    read = failed = 0
    feeds = addresses()
    db.session.rollback()
    for feed_id, url in feeds:
        if stopped():
            break
        if refresh_feed(feed_id, url):
            read += 1
        else:
            failed += 1
    return Refreshed(read, failed)


def refresh_feed(feed_id: int, url: str) -> bool:
    """Fetch and import one feed; False when it could not be read. A feed removed meanwhile is passed over."""
    try:
        data = download(url, allow_private=bool(current_app.config.get("FEEDS_FROM_PRIVATE_ADDRESSES")))
    except DownloadFailed as error:
        word = str(error)
        log.warning("feed not read", feed=feed_id, why=word)
        return _noted(lambda: service.feed_failed(feed_id, word))
    return _noted(lambda: service.import_busy_time(feed_id, data))


def _noted(act: Callable[[], Imported | None]) -> bool:
    try:
        imported = in_transaction(act)
    except service.NoSuchRecord:
        return False
    return imported is not None and imported.is_calendar
