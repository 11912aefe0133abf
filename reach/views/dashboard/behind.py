"""The pages of the records behind a figure: those of its scope, period and filters, a page of them at a time."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from werkzeug.wrappers import Response

from activity.rules.labels import PROCEDURES, REFERRALS, THEMES
from foundation.errors import Forbidden
from foundation.i18n import _l
from foundation.pages import may_open
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import see_other
from reach.queries.behind.found import Line
from reach.rules.filters import CHOSEN
from reach.rules.indicators import INDICATORS
from reach.views.dashboard.asked import asked
from reach.views.dashboard.blueprint import READERS, bp
from reach.views.dashboard.drawn import page
from reach.views.dashboard.listed import BY_NAME, LISTS, OF_VALUE, Behind, about
from reach.views.dashboard.shown import FIELDS

LIST = f"<any({','.join(map(repr, BY_NAME))}):name>"
LIST_OF_VALUE = f"<any({','.join(map(repr, OF_VALUE.values()))}):name>/<value>"
WORDS: dict[str, Any] = {"themes": THEMES, "procedures": PROCEDURES, "referrals": REFERRALS}


class NotYourRecords(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("These records are not open to your role: you see their figures only."))


@bp.get(f"/liste/{LIST}")
@allow(*READERS)
def listed(name: str) -> Response:
    """What a figure of the dashboard is made of."""
    key = BY_NAME[name]
    return _drawn("reach.listed", {"name": name}, LISTS[key], INDICATORS[key].label, "reach.index")


@bp.get(f"/liste/{LIST_OF_VALUE}")
@allow(*READERS)
def told(name: str, value: str) -> Response:
    """The activity records that tell of one theme, procedure or referral."""
    key = next(key for key, known in OF_VALUE.items() if known == name)
    words = {one.value: said for one, said in WORDS[key].items()}
    if value not in words:
        abort(404)
    heading = f"{INDICATORS[key].label} · {words[value]}"
    return _drawn("reach.told", {"name": name, "value": value}, about(key, value), heading, "reach.content")


def _drawn(endpoint: str, place: dict[str, str], behind: Behind, heading: Any, up: str) -> Response:
    """Raises: NotYourRecords"""
    if not may_open(behind.pages.may):
        raise NotYourRecords
    wish = asked()
    told_always: dict[str, Any] = {"endpoint": endpoint, "place": place, "heading": heading, "up": up}
    if wish.filters is None:
        return page("reach/list.html", wish, status=422, **told_always)
    if wish.retyped:
        return see_other(endpoint, **place, **wish.address)
    number = page_asked()
    found = behind.find(wish.filters, wish.scope, number)
    if number > found.pages:
        return see_other(endpoint, **place, **wish.address, page=found.pages)
    around = pages_around(number, endpoint, more=found.more(number), **place, **wish.address)
    return page(
        "reach/list.html", wish, found=found, behind=behind, around=around,
        detailed=any(any(one.about) for one in found.lines), opened=lambda one: _opened(behind, one),
        left_out=[str(FIELDS[name]) for name in CHOSEN if name in found.unapplied], **told_always,
    )  # fmt: skip


def _opened(behind: Behind, line: Line) -> str | None:
    """The address of the page of one; None for those whose role may not open it."""
    pages = behind.pages
    named: dict[str, Any] = {pages.argument: line.id}
    return url_for(pages.endpoint, **named) if may_open(pages.endpoint) else None
