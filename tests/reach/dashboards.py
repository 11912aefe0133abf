"""What the tests of the dashboard begin with, and how they read its pages. It is 10 March 2026."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

from activity.models import ActivityKind, ActivityRecord, Channel
from foundation.db import db, transaction
from foundation.i18n import in_language
from reach.rules.indicators import INDICATORS
from tests.activity.drafts import write
from tests.cast import NOW, Cast, sign_in

HERE = "/equipe/portee"
FIGURE = re.compile(
    r"<div><dt>(.*?)(?: <small>[^<]*</small>)?</dt>\s*<dd>(.*?) <small>avant\u00a0: (.*?)</small>", re.S
)
ROW = re.compile(r'<tr role="row"><th role="rowheader" scope="row">(.*?)</th>(.*?)</tr>', re.S)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.S)
UNSEEN = re.compile(r'<span class="unseen">.*?</span>', re.S)
TAG = re.compile(r"<[^>]+>")


def met(cast: Cast, days: int = 0, who: str = "mediator", **more: Any) -> ActivityRecord:
    """A record of 10 March, or so many days before, by one of two mediators of two structures."""
    at = NOW - timedelta(days=days)
    return write(cast, who=who, now=at + timedelta(hours=2), **{"started_at": at, "duration_minutes": 60} | more)


def two_structures(cast: Cast) -> None:
    """Two records of the town, one of the association: two people, one of them with both, and five heads.

    The town's: the resident in person, and a group with five heads. The association's: both residents, by telephone.
    """
    met(cast)
    met(cast, 1, kind=ActivityKind.GROUP, anonymous_count=5)
    both = (cast.ids["resident"], cast.ids["neighbour"])
    met(
        cast, 2, "other_mediator", kind=ActivityKind.GROUP, person_ids=both, channel=Channel.PHONE, venue_id=None,
        duration_minutes=90,
    )  # fmt: skip


def head_of(cast: Cast, structure: str) -> Any:
    """The manager of the cast, who now answers for one structure only."""
    structure_id = cast.ids[structure]
    with transaction():
        db.session.merge(cast.manager).structure_id = structure_id
    return cast.manager


def page(client: Any, cast: Cast, who: str = "manager", path: str = "", **asked: Any) -> Any:
    """The answer to one of the cast."""
    return sign_in(client, getattr(cast, who)).get(f"{HERE}{path}", query_string=asked)


def words(markup: str) -> str:
    """What a reader reads of it, with plain spaces."""
    return " ".join(unescape(TAG.sub(" ", markup)).replace("\u202f", " ").replace("\u00a0", " ").split())


def figures(answer: Any) -> dict[str, tuple[str, str]]:
    """Indicator → (figure, the one before), as the page says them in French."""
    with in_language("fr"):
        keys = {str(one.label): key for key, one in INDICATORS.items()}
    found = FIGURE.findall(answer.get_data(as_text=True))
    return {keys[unescape(label)]: (words(UNSEEN.sub("", value)), words(before)) for label, value, before in found}


def rows(answer: Any) -> dict[str, list[str]]:
    """Line → its cells, of the table of figures by a dimension."""
    found = ROW.findall(answer.get_data(as_text=True))
    return {words(name): [words(cell) for cell in CELL.findall(cells)] for name, cells in found}
