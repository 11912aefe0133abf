"""The second screen: the same person already?, children, seats; then the press that registers."""

from __future__ import annotations

import secrets
from datetime import date

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.phones import e164
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from people import queries as people
from people.choosing import misses_somebody
from people.models import Person
from people.queries import Likely
from people.service import Traits
from people.words import REASONS
from workshops.forms.enrolling import CheckForm, WhoForm
from workshops.models import RegistrationState
from workshops.queries import children, waiting
from workshops.rules.desk import BOOKERS, outside
from workshops.rules.enrolling import Enrolling
from workshops.rules.minors import alone
from workshops.rules.refusals import MOST_CHILDREN
from workshops.service import registering as verbs
from workshops.views.enrolments.asked import names_and_years, wish_of
from workshops.views.enrolments.blueprint import Reach, bp, reach
from workshops.views.enrolments.who import PAGE, screen
from workshops.views.vouchers import check_typed

FEW = MOST_CHILDREN + 1


@bp.post(PAGE)
@allow(*BOOKERS)
def choose(programme_id: int) -> Response:
    """Search, or go on: Enter does the furthest thing that is possible."""
    allowed, act = reach(programme_id), request.form.get("do")
    form = WhoForm(allowed.programme, allowed.dates)
    if act == "back":
        return screen(form, allowed)
    if not form.validate():
        return screen(form, allowed, 422)
    searching = (form.q.data or "").strip() != (form.asked.data or "")
    if act == "search" and searching:
        return screen(form, allowed)
    if not form.names_somebody:
        missing = act != "search" and misses_somebody(form)
        return screen(form, allowed, 422 if missing else 200)
    return _draw(_carried_on(form, allowed), allowed)


def _carried_on(form: WhoForm, allowed: Reach) -> CheckForm:
    """The second screen with what the first one said; a person who is found wins over a new name."""
    check = CheckForm(allowed.programme)
    check.request_key.data = check.request_key.data or secrets.token_urlsafe(24)
    check.phone.data = form.phone.data or ""
    person = people.current(form.person_id.data) if form.person_id.data else None
    if "locale" not in request.form and person:
        check.locale.data = person.locale
    if not allowed.programme.takes_alone and not len(check.children) and not _known(person, allowed):
        check.children.append_entry()
    return check


def _known(guardian: Person | None, allowed: Reach) -> list[Person]:
    """The children whom somebody registered before; prescribers, who find everybody, are not shown them."""
    return children.children_of(guardian.id) if guardian and allowed.colleague else []


def _draw(form: CheckForm, allowed: Reach, status: int = 200) -> Response:
    person = people.current(form.person_id.data) if form.person_id.data else None
    likely = [] if person else _alike(form)
    form.same_as.choices = [*((one.person.id, _described(one)) for one in likely), (0, _("No, somebody new"))]
    known = _offer_known(form, person, allowed)
    wanted = allowed.wanted(form.session_id.data or None)
    free = min((one.free for one in wanted), default=0)
    return draw(
        "enrolments/check.html", status, form=form, programme=allowed.programme, colleague=allowed.colleague,
        person=person, likely=likely, known=known, wanted=wanted, free=free, few=FEW,
        as_before=bool(person and children.last_sheet(person.id)),
        ahead=waiting.how_many(allowed.programme.id, form.session_id.data or None),
    )  # fmt: skip


def _offer_known(form: CheckForm, guardian: Person | None, allowed: Reach) -> list[Person]:
    """The children that may be ticked."""
    known = _known(guardian, allowed) if "known" in form else []
    if "known" in form:
        form.known.choices = [(one.id, f"{one.name} ({one.birth_year or '?'})") for one in known]
    return known


def _alike(form: CheckForm) -> list[Likely]:
    year = form.birth_year.data or None
    return people.similar(
        Traits(form.given_name.data or "", form.family_name.data or "", year, form.phone.data or None)
    )


def _described(likely: Likely) -> str:
    person = likely.person
    return " · ".join(str(part) for part in (person.name, person.birth_year, REASONS[likely.likeness.reason]) if part)


@bp.post(f"{PAGE}/confirmer")
@allow(*BOOKERS)
def confirm(programme_id: int) -> AnyResponse:
    """One more child is asked for, or somebody is registered. What was typed is kept when it is refused."""
    allowed, actor_id = reach(programme_id), staff().id
    form = CheckForm(allowed.programme)
    guardian_id = form.same_as.data or form.person_id.data
    known = _offer_known(form, people.current(guardian_id) if guardian_id else None, allowed)
    if request.form.get("add") and "children" in form:
        if len(form.children) < MOST_CHILDREN:
            form.children.append_entry()
        return _draw(form, allowed)
    if not form.validate():
        return _draw(form, allowed, 422)
    try:
        form.phone.data = e164(form.phone.data) if form.phone.data else ""
        wish = wish_of(form, allowed, known)
        if _asks_about_ages(form, wish, allowed):
            return _draw(form, allowed, 422)
        check_typed(wish, allowed.programme)
        made = in_transaction(lambda: verbs.register(wish, now=clock.now(), actor_id=actor_id))
    except Refused as refused:
        refuse(form, refused)
        return _draw(form, reach(programme_id), refused.status)
    waits = made.state is RegistrationState.WAITING
    flash(_("On the waiting list.") if waits else _("Registered."), "warn" if waits else "good")
    return see_other("enrolments.show", registration_id=made.id)


def _asks_about_ages(form: CheckForm, wish: Enrolling, allowed: Reach) -> bool:
    """Whether somebody is outside the ages, or under age without a guardian, and nobody has said that this is known.

    Prescribers are refused by the verb.
    """
    if not allowed.colleague or form.ages_known.data:
        return False
    day, people = _first_day(allowed, wish.session_id), names_and_years(wish)
    if named := outside(allowed.programme, people, day):
        form.ages_known.errors = [_("Outside the ages of this workshop: %(names)s.", names=", ".join(named))]
    elif not wish.children and (named := alone(allowed.programme, people, day)):
        form.ages_known.errors = [
            _(
                "Under 18 without a guardian: %(names)s. On the day the team will know nobody to call.",
                names=", ".join(named),
            )
        ]
    return bool(named)


def _first_day(allowed: Reach, session_id: int | None) -> date:
    starts = [one.starts_at for one in allowed.wanted(session_id)]
    return min(starts, default=clock.now()).astimezone(clock.territory_zone()).date()
