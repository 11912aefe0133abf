"""One registration: its page, and its cancellation."""

from __future__ import annotations

from typing import Any

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.codes import spoken
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.outbox import queries as outbox
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from people.typed import NotComingForm
from workshops.forms.answering import GiveForm
from workshops.forms.paying import VoucherForm
from workshops.models import Priority, Registration, RegistrationEventKind
from workshops.queries import registrations, sending, waiting
from workshops.queries.paid import payment_of
from workshops.rules import labels
from workshops.rules.desk import BOOKERS
from workshops.rules.refusals import NotToChange
from workshops.rules.registration import ACTIVE
from workshops.service import instead
from workshops.service import registering as verbs
from workshops.service.giving import MAY_BE_GIVEN
from workshops.service.links import secret_of
from workshops.service.paying import may_change
from workshops.views.enrolments.blueprint import bp, seen
from workshops.views.enrolments.words import came_words
from workshops.views.programmes.blueprint import where

PAGE = "/equipe/inscriptions/<int(max=2147483647):registration_id>"

BY_PERSON = {
    RegistrationEventKind.REGISTERED,
    RegistrationEventKind.JOINED_WAITING,
    RegistrationEventKind.ACCEPTED,
    RegistrationEventKind.DECLINED,
    RegistrationEventKind.CANCELLED,
}
"""What only people do: when no account did it, it was the person themselves."""


@bp.get(PAGE)
@allow(*BOOKERS)
def show(registration_id: int) -> Response:
    return page(registration_id)


def page(
    registration_id: int, form: GiveForm | None = None, *, paying_form: VoucherForm | None = None, status: int = 200
) -> Response:
    """All of it for colleagues; what became of it for whoever registered them."""
    registration, whole = seen(registration_id)
    dates = registrations.dates_of(registration, clock.now())
    shown: dict[str, Any] = {
        "registration": registration,
        "programme": registration.programme,
        "code": spoken(registration.code),
        "secret": secret_of(registration),
        "dates": dates,
        "where": where,
        "changeable": registration.state in ACTIVE and bool(dates or whole),
        "words": labels,
        "now": clock.now(),
        "payment": payment_of(registration),
    }
    if not whole:
        return draw("enrolments/outcome.html", outcome=sending.outcome_of(registration), came_words=came_words, **shown)
    if may_change(registration):
        shown["paying_form"] = paying_form or VoucherForm(registration.programme, formdata=None)
    return draw("enrolments/show.html", status, form=form or GiveForm(), **shown, **_for_colleagues(registration))


def _for_colleagues(registration: Registration) -> dict[str, Any]:
    now = clock.now()
    return {
        "offer": waiting.kept_offer(registration.id, clock.now()),
        "place": waiting.place_of(registration),
        "events": registrations.events_of(registration.id),
        "by_person": BY_PERSON,
        "first_as": ", ".join(str(labels.REASONS_FIRST[Priority(one)]) for one in registration.priority_for),
        "may_be_given": registration.state in MAY_BE_GIVEN and bool(registrations.dates_of(registration, now)),
        "instead": instead.proposed(registration, now, by_team=True),
        "undelivered": registration.reference in outbox.undelivered([registration.reference]),
    }


def _to_change(registration_id: int) -> tuple[Registration, bool]:
    """The registration, if the person at hand may still cancel it: for a prescriber, as long as a resident may.

    Raises:
        NotInYourStructure, NotToChange
    """
    registration, whole = seen(registration_id)
    if not whole and not registrations.dates_of(registration, clock.now()):
        raise NotToChange
    return registration, whole


@bp.get(f"{PAGE}/annuler")
@allow(*BOOKERS)
def ask_cancel(registration_id: int) -> Response:
    return _cancel_page(registration_id, NotComingForm())


def _cancel_page(registration_id: int, form: NotComingForm, status: int = 200) -> Response:
    registration, whole = _to_change(registration_id)
    dates = registrations.dates_of(registration, clock.now())
    return draw(
        "enrolments/cancel.html", status, form=form, registration=registration, whole=whole, dates=dates,
        programme=registration.programme,
    )  # fmt: skip


@bp.post(f"{PAGE}/annuler")
@allow(*BOOKERS)
def cancel(registration_id: int) -> AnyResponse:
    """A prescriber says that the person does not come; only colleagues call a registration off."""
    _registration, whole = _to_change(registration_id)
    form, actor_id = NotComingForm(), staff().id
    if not form.validate():
        return _cancel_page(registration_id, form, 422)
    by_resident = not whole or form.by.data == "resident"
    reason = form.reason.data or ""
    try:
        in_transaction(
            lambda: verbs.cancel(
                registration_id, now=clock.now(), actor_id=actor_id, by_resident=by_resident, reason=reason
            )
        )
    except Refused as refused:
        refuse(form, refused)
        return _cancel_page(registration_id, form, refused.status)
    flash(_("The registration is cancelled. The person is told, if they can be. Its seats go to the next."), "good")
    return see_other("enrolments.show", registration_id=registration_id)
