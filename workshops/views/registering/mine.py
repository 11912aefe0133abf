"""A registration that was made: find it, see it, say yes or no to a seat, come back to the list, cancel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _, ngettext
from foundation.security import public
from foundation.web import draw, refuse, see_other
from people import proving
from workshops.forms.registering import FindForm, PressForm
from workshops.models import Registration, RegistrationState
from workshops.queries import registrations
from workshops.queries import waiting as queue
from workshops.queries.attended import attended
from workshops.queries.own_dates import moved_from
from workshops.queries.paid import first_start, payment_of
from workshops.rules.paying import are_given_back
from workshops.rules.refusals import NoSuchRegistration
from workshops.service import instead, registering, waiting
from workshops.service.links import is_secret_of, secret_of
from workshops.service.paying import may_change
from workshops.views.order import order_of
from workshops.views.registering.blueprint import bp

OWN = "/mon-inscription/<code>/<secret>"


@bp.get("/mon-inscription")
@public
def find() -> Response:
    return draw("workshops/registering/find.html", form=FindForm())


@bp.post("/mon-inscription")
@public
def find_typed() -> AnyResponse:
    """With the code, and the phone number or the family name. Guessing is slowed down for each network address."""
    form = FindForm()
    if not form.validate_on_submit():
        return draw("workshops/registering/find.html", 422, form=form)
    try:
        found = proving.opened(
            registrations.by_code, form.code.data, form.proof.data, purpose="registration",
            address=request.remote_addr or "", unknown=NoSuchRegistration,
        )  # fmt: skip
    except Refused as refused:
        refuse(form, refused)
        status = 422 if isinstance(refused, NoSuchRegistration) else refused.status
        return draw("workshops/registering/find.html", status, form=form)
    return see_other("workshops.mine", **own(found))


def own(registration: Registration) -> dict[str, str]:
    """The parameters of the pages of one registration."""
    return {"code": registration.code, "secret": secret_of(registration)}


def opened(code: str, secret: str) -> Registration:
    """The registration that a link opens.

    Raises:
        NoSuchRegistration: for an unknown code and for a wrong secret alike.
    """
    found = registrations.by_code(code)
    if found is None or not is_secret_of(found, secret):
        raise NoSuchRegistration
    return found


@bp.errorhandler(NoSuchRegistration)
def not_found(refused: NoSuchRegistration) -> Response:
    """A link that was cut, or of a registration that is forgotten: the code is asked for instead."""
    form = FindForm(formdata=None)
    refuse(form, refused)
    return draw("workshops/registering/find.html", refused.status, form=form)


@bp.get("/i/<code>/<secret>")
@public
def short(code: str, secret: str) -> AnyResponse:
    """The short address of messages."""
    return see_other("workshops.mine", **own(opened(code, secret)))


@bp.get(OWN)
@public
def mine(code: str, secret: str) -> Response:
    return draw("workshops/registering/mine.html", **_shown(opened(code, secret)))


def _shown(registration: Registration) -> dict[str, Any]:
    now, offer = clock.now(), queue.open_offer(registration.id)
    kept = offer is not None and offer.expires_at > now
    return {
        "registration": registration,
        "programme": registration.programme,
        "own": own(registration),
        "dates": registrations.dates_of(registration, now),
        "moved_from": moved_from(registration),
        "place": queue.place_of(registration),
        "offer": offer if kept else None,
        "gone": registration.state is RegistrationState.LAPSED or (offer is not None and not kept),
        "order": order_of(registration.programme),
        "called_off": instead.was_called_off(registration),
        "instead": instead.proposed(registration, now),
        "taken": _own_instead(registration),
        "has_certificate": bool(attended(registration.programme_id, now, _people(registration))),
        "payment": payment_of(registration),
        "may_change_voucher": may_change(registration),
        "form": PressForm(),
    }


def _own_instead(registration: Registration) -> dict[str, Any] | None:
    """The other date that was taken in its place, and the way to its page."""
    found = registrations.taken_instead(registration)
    if found is None or found.session is None:
        return None
    return {"session": found.session, "waits": found.state is not RegistrationState.REGISTERED, "own": own(found)}


def _people(registration: Registration) -> list[int]:
    return [one.person_id for one in registration.participants]


@bp.post(f"{OWN}/oui")
@public
def accept(code: str, secret: str) -> AnyResponse:
    """Yes to the seats that are kept."""
    return _pressed(code, secret, waiting.accept, _("Your registration is confirmed."))


@bp.post(f"{OWN}/non")
@public
def decline(code: str, secret: str) -> AnyResponse:
    """No: they go to the next."""
    return _pressed(code, secret, waiting.decline, _("Thank you: the seat goes to somebody else."))


@bp.post(f"{OWN}/revenir")
@public
def rejoin(code: str, secret: str) -> AnyResponse:
    """Back to the list, at its end."""
    return _pressed(code, secret, waiting.rejoin, _("You are on the waiting list again."))


@bp.post(f"{OWN}/annuler")
@public
def cancel(code: str, secret: str) -> AnyResponse:
    """They do not come, or leave the list."""

    def act(registration_id: int, *, now: datetime) -> Registration:
        return registering.cancel(registration_id, now=now, by_resident=True)

    units = _units_back(opened(code, secret))
    back = ngettext("Your %(num)s unit is back on your voucher.", "Your %(num)s units are back on your voucher.", units)
    done = _("Your registration is cancelled.")
    return _pressed(code, secret, act, f"{done} {back}" if units else done)


def _units_back(registration: Registration) -> int:
    """Units that a voucher gets back when the resident cancels now."""
    payment = payment_of(registration)
    if payment is None or not payment.paid:
        return 0
    return payment.units if are_given_back(first_start(registration), clock.now(), by_resident=True) else 0


@bp.get(f"{OWN}/annuler")
@public
def cancelling(code: str, secret: str) -> Response:
    registration = opened(code, secret)
    return draw("workshops/registering/cancel.html", **_shown(registration), given_back=_units_back(registration))


def _pressed(code: str, secret: str, verb: Callable[..., Registration], done: str) -> AnyResponse:
    registration_id = opened(code, secret).id
    try:
        in_transaction(lambda: verb(registration_id, now=clock.now()))
    except NoSuchRegistration:
        raise
    except Refused as refused:
        return refused_page(code, secret, refused)
    flash(done)
    return see_other("workshops.mine", code=code, secret=secret)


def refused_page(code: str, secret: str, refused: Refused) -> Response:
    """The page again, as things are now, with why it was refused."""
    shown = _shown(opened(code, secret))
    refuse(shown["form"], refused)
    return draw("workshops/registering/mine.html", refused.status, **shown)
