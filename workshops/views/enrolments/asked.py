"""What the second screen asks for, as the verb wants it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from people import queries as people
from people.models import Person, Residence
from people.service import Details
from workshops.forms.enrolling import CheckForm
from workshops.queries import children
from workshops.rules.enrolling import Child, Emergency, Enrolling
from workshops.views.enrolments.blueprint import Reach
from workshops.views.vouchers import typed_code


def wish_of(form: CheckForm, allowed: Reach, known: Sequence[Person]) -> Enrolling:
    """Args: known: the children whom the person chosen registered before."""
    person_id = form.same_as.data or form.person_id.data or None
    coming = _children(form, known)
    return Enrolling(
        programme_id=allowed.programme.id,
        origin=allowed.origin,
        session_id=form.session_id.data or None,
        person_id=person_id,
        newcomer=None if person_id else _newcomer(form),
        children=coming,
        comes_too=bool("comes_too" in form and form.comes_too.data),
        emergency=_emergency(form, person_id) if coming else None,
        remark=form.remark.data or "",
        locale=form.locale.data or "fr",
        request_key=form.request_key.data or None,
        beyond=allowed.colleague and form.beyond.data,
        voucher_code=typed_code(form),
    )


def _newcomer(form: CheckForm) -> Details:
    lives_in = form.neighbourhood_id.data if "neighbourhood_id" in form else None
    return Details(
        given_name=form.given_name.data or "",
        family_name=form.family_name.data or "",
        birth_year=form.birth_year.data or None,
        phone=form.phone.data or None,
        email=form.email.data or None,
        locale=form.locale.data or "fr",
        residence=Residence.INSIDE if lives_in else Residence.UNKNOWN,
        neighbourhood_id=lives_in,
    )


def _children(form: CheckForm, known: Sequence[Person]) -> tuple[Child, ...]:
    """Those who came before and are ticked, then those who are new; a line with nothing written is none."""
    if "children" not in form:
        return ()
    ticked = set(form.known.data or [])
    before = tuple(_as_before(one) for one in known if one.id in ticked)
    family_name = form.family_name.data or ""
    if form.person_id.data:
        family_name = people.current(form.person_id.data).family_name
    rows: list[dict[str, Any]] = [{name: value for name, value in one.data.items() if value} for one in form.children]
    written = [one for one in rows if one.keys() - {"may_leave_alone", "image_consent"}]
    return before + tuple(Child(**{"given_name": "", "family_name": family_name, **one}) for one in written)


def _as_before(child: Person) -> Child:
    sheet = children.sheet_of(child.id)
    return Child(
        child.given_name,
        child.family_name,
        child.birth_year,
        school_level=sheet.school_level if sheet else "",
        may_leave_alone=bool(sheet and sheet.may_leave_alone),
        image_consent=bool(sheet and sheet.image_consent),
    )


def _emergency(form: CheckForm, guardian_id: int | None) -> Emergency:
    """Whom to call; with nothing written, whom the guardian named last: only the team of the day reads it."""
    last = children.last_sheet(guardian_id) if guardian_id else None
    if last is not None and not (form.emergency_name.data or form.emergency_phone.data):
        return Emergency(last.emergency_name, last.emergency_phone, form.collectors.data or last.collectors)
    return Emergency(form.emergency_name.data or "", form.emergency_phone.data or "", form.collectors.data or "")


def names_and_years(wish: Enrolling) -> list[tuple[str, int | None]]:
    """Of everybody who would sit there, as far as they are known."""
    found = [(one.given_name, one.birth_year) for one in wish.children]
    if wish.children and not wish.comes_too:
        return found
    if wish.newcomer is not None:
        adult = (f"{wish.newcomer.given_name} {wish.newcomer.family_name}".strip(), wish.newcomer.birth_year)
    else:
        person = people.current(wish.person_id or 0)
        adult = (person.name, person.birth_year)
    return [adult, *found]
