"""Mediators' calendars kept elsewhere: fetched, and brought in as busy time. These commit by themselves."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlalchemy import select

from agenda import service as agenda
from agenda.download import DownloadFailed, download
from agenda.models import BusyFeed
from agenda.refusals import NoSuchRecord
from foundation.db import db, in_transaction

log = structlog.get_logger()


def refresh(feed_id: int) -> bool:
    """Fetch one calendar now, outside of any transaction, and take its times over; False when it could not be had.

    What it gave before stays when it can not be fetched; the reason is kept for the page.

    Raises:
        NoSuchRecord: there is no such calendar, or it was a file.
    """
    feed = db.session.get(BusyFeed, feed_id)
    if feed is None or feed.url is None:
        raise NoSuchRecord
    url = feed.url
    db.session.rollback()
    try:
        data = download(url)
    except DownloadFailed as failure:
        reason = str(failure)
        log.warning("calendar not fetched", feed=feed_id, reason=reason)
        in_transaction(lambda: agenda.feed_failed(feed_id, reason))
        return False
    read = in_transaction(lambda: agenda.import_busy_time(feed_id, data))
    return bool(read.periods) or not read.ignored


def refresh_all(stopped: Callable[[], bool] = lambda: False) -> int:
    """Fetch every calendar that has an address; returns how many could be had."""
    ids = db.session.scalars(select(BusyFeed.id).where(BusyFeed.url.is_not(None)).order_by(BusyFeed.id)).all()
    db.session.rollback()
    fetched = 0
    for feed_id in ids:
        if stopped():
            break
        try:
            fetched += refresh(feed_id)
        except NoSuchRecord:
            continue
    return fetched
