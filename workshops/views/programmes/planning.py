"""Dates of a programme: asked for, looked at, then planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _l, ngettext
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from workshops.forms.dates import DatesForm
from workshops.forms.sessions import place_text
from workshops.models import Programme
from workshops.queries import requests
from workshops.queries.calendar import Preview, preview
from workshops.queries.kits import choice_of, kit_clashes
from workshops.queries.needs import clashes, needs_of
from workshops.queries.sessions import last_start, planned_alike
from workshops.rules.dates import NoDate, Why
from workshops.rules.kinds import usual_hours
from workshops.rules.planning import Place, SessionPlan, check_plans, check_titles
from workshops.rules.programmes import check_opens_before
from workshops.rules.unplannable import Clash, NotFree, TitlesLeftOver, only_kits
from workshops.service import planning as verbs
from workshops.views.programmes.blueprint import WORKERS, bp, choosable, night_words, said_of, to_change

CHANGED_BY_THE_PAGE = {"csrf_token", "do", "left_out", "added", "one_more", "titles"}
SKIPPED = {
    Why.SCHOOL_HOLIDAY: _l("School holidays"),
    Why.CLOSED: _l("Closed"),
    Why.LEFT_OUT: _l("Left out"),
    Why.PAST: _l("Has passed"),
    Why.CLOCKS: _l("The clocks change then: this hour does not exist"),
}


@bp.get("/equipe/ateliers/<int(max=2147483647):programme_id>/dates")
@allow(*WORKERS)
def choose_dates(programme_id: int) -> Response:
    programme = to_change(programme_id)
    return _form_page(programme, DatesForm(choosable(programme), _usual(programme)))


def _usual(programme: Programme) -> dict[str, Any]:
    own, asked = staff(), requests.of_programme(programme.id)
    starts, ends = usual_hours(programme.kind, asked.when_possible if asked else None)
    client = Place(care_home_id=programme.care_home_id, school_id=programme.school_id)
    return {
        "starts": starts,
        "ends": ends,
        "capacity": programme.capacity,
        "count": asked.session_count if asked else None,
        "team": [own.id] if own.resource_id else [],
        "place": place_text(client) if client != Place() else "",
    }


@bp.post("/equipe/ateliers/<int(max=2147483647):programme_id>/dates")
@allow(*WORKERS)
def plan_dates(programme_id: int) -> AnyResponse:
    """Show what the dates would be; or plan them, when that is what was pressed."""
    programme = to_change(programme_id)
    form, act = DatesForm(choosable(programme)), request.form.get("do")
    if not form.validate() or act == "back":
        return _form_page(programme, form, 200 if act == "back" else 422)
    try:
        found = preview(form.dates())
        plans = form.plans([one.period for one in found.taking_place if one.period])
        if act != "plan":
            met, kits = _foreseen(plans, programme)
            return _preview_page(programme, form, found, met, kits=kits)
        check_titles(form.titles.lines(), len(plans))
        _plan(programme_id, plans)
    except (NotFree, TitlesLeftOver) as refused:
        refuse(form, refused)
        return _preview_page(to_change(programme_id), form, found, refused.alternatives, refused.status)
    except Refused as refused:
        refuse(form, refused)
        return _form_page(to_change(programme_id), form, refused.status)
    flash(ngettext("%(num)s session is planned.", "%(num)s sessions are planned.", len(plans)), "good")
    return see_other("programmes.show_programme", programme_id=programme_id)


def _plan(programme_id: int, plans: Sequence[SessionPlan]) -> None:
    """Plan them; pressed twice, the second press finds these very sessions in its way, and all is as it was wanted."""
    now, actor_id = clock.now(), staff().id
    try:
        in_transaction(lambda: verbs.plan(programme_id, plans, now=now, actor_id=actor_id))
    except NotFree:
        if not planned_alike(programme_id, plans):
            raise


def _foreseen(plans: Sequence[SessionPlan], programme: Programme) -> tuple[list[Clash], dict[date, str]]:
    """What would stand in the way, and the names of the kits of each day; nothing is held yet.

    Raises: as `workshops.rules.planning.check_plans`, OpensAfterThese, NotAMediator, PlaceGone, UnknownKitKind
    """
    if not plans:
        raise NoDate
    check_plans(plans, 0, now=clock.now())
    starts = [last_start(programme.id), *(one.period.start for one in plans)]
    check_opens_before(programme.registration_opens_at, starts)
    needs = needs_of(plans, programme.structure_id)
    choice, zone = choice_of(plans, needs), clock.territory_zone()
    kits = {
        plan.period.start.astimezone(zone).date(): ", ".join(kit.name for kit in chosen)
        for plan, chosen in zip(plans, choice.kits, strict=True)
    }
    return clashes(plans, needs) + kit_clashes(plans, choice), kits


def _form_page(programme: Programme, form: DatesForm, status: int = 200) -> Response:
    days = [("left_out", one) for one in form.left_out.data] + [("added", one) for one in form.added.data]
    asked = requests.of_programme(programme.id)
    return draw("programmes/dates.html", status, programme=programme, form=form, days=days, asked=asked)


def _preview_page(
    programme: Programme, form: DatesForm, found: Preview, met: Sequence[Clash], status: int = 200,
    kits: Mapping[date, str] = MappingProxyType({}),
) -> Response:  # fmt: skip
    carried = [(name, text) for name, text in request.form.items(multi=True) if name not in CHANGED_BY_THE_PAGE]
    wanted, said = form.dates(), _by_day(met)
    titles = form.titles.lines()
    free = [one.day for one in found.taking_place if one.day not in said]
    return draw(
        "programmes/preview.html",
        status,
        programme=programme,
        form=form,
        found=found,
        met=said,
        only_kits=only_kits(met),
        kits=kits,
        titles=dict(zip(free, titles, strict=False)),
        night=next(filter(None, (night_words(one.period) for one in found.taking_place if one.period)), ""),
        left_over=max(0, len(titles) - len(free)),
        carried=carried + [("added", one.isoformat()) for one in wanted.added],
        skipped=SKIPPED,
    )


def _by_day(met: Sequence[Clash]) -> dict[date, list[str]]:
    """Who or what is not free on each day, in sentences."""
    zone = clock.territory_zone()
    said: dict[date, list[str]] = defaultdict(list)
    for clash in met:
        said[clash.period.start.astimezone(zone).date()].append(said_of(clash))
    return said
