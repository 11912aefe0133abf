"""Files of activity records, as tests ask for them, have them made and read them."""

from __future__ import annotations

import csv
import io

from sqlalchemy import insert

from accounts.models import Account
from activity.models import ActivityKind, ActivityRecord, Channel
from foundation import clock
from foundation.db import db, in_transaction
from reach.models import RecordExport
from reach.queries import exports as queries
from reach.rules.la_coop.lines import COLUMNS
from reach.service import exports
from tests.moments import TEN
from tests.reach.asking import MARCH, of

PAGE = "/equipe/portee/exports"
VIEW = f"{PAGE}?periode=2026-03"


def ask(cast, who="manager", filters=None, **more):
    actor_id = cast.ids[who]
    return in_transaction(
        lambda: exports.ask(filters or of(MARCH), db.session.get_one(Account, actor_id), now=TEN, **more).id
    )


def step():
    return in_transaction(lambda: exports.make_next(clock.now()))


def make():
    while step():
        pass


def file(export_id):
    export = db.session.get_one(RecordExport, export_id, populate_existing=True)
    return "".join(queries.text_of(export))


def rows(text):
    assert text.startswith("\ufeff")
    header, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert tuple(header) == COLUMNS
    return [dict(zip(header, line, strict=True)) for line in lines]


def many(cast, wanted):
    """So many records of March in all, written at once."""
    there = db.session.query(ActivityRecord).count()
    of_a_kind = {
        "kind": ActivityKind.GROUP, "mediator_id": cast.ids["mediator"], "started_at": TEN, "duration_minutes": 30,
        "channel": Channel.VENUE, "created_at": TEN, "updated_at": TEN, "anonymous_count": 1, "label": "", "note": "",
        "anonymous_feminine": 0, "anonymous_masculine": 0,
    }  # fmt: skip
    in_transaction(lambda: db.session.execute(insert(ActivityRecord), [of_a_kind] * (wanted - there)))
