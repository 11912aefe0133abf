"""A new password by link."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from accounts import service
from accounts.current import forget
from accounts.forms import ForgottenForm, NewPasswordForm
from accounts.models import LinkKind
from accounts.views.blueprint import bp
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import public
from foundation.web import draw, refuse, see_other


@bp.get("/mot-de-passe-oublie")
@public
def forgotten() -> AnyResponse:
    return draw("accounts/forgotten.html", form=ForgottenForm())


@bp.post("/mot-de-passe-oublie")
@public
def send_forgotten() -> AnyResponse:
    """The same answer whether the address is known or not."""
    form = ForgottenForm()
    if not form.validate():
        return draw("accounts/forgotten.html", 422, form=form)
    email = form.email.data or ""
    in_transaction(lambda: service.request_reset(email))
    return see_other("accounts.reset_sent")


@bp.get("/mot-de-passe-oublie/envoye")
@public
def reset_sent() -> AnyResponse:
    return draw("accounts/reset_sent.html")


@bp.get("/mot-de-passe/<token>")
@public
def choose_password(token: str) -> AnyResponse:
    try:
        link = service.follow_link(token)
    except Refused as refused:
        return draw("accounts/link_spent.html", refused.status, refused=refused)
    invited = link.kind is LinkKind.INVITATION
    return draw("accounts/choose_password.html", form=NewPasswordForm(), invited=invited, email=link.account.email)


@bp.post("/mot-de-passe/<token>")
@public
def send_chosen_password(token: str) -> AnyResponse:
    form = NewPasswordForm()
    try:
        link = service.follow_link(token)
        invited, email = link.kind is LinkKind.INVITATION, link.account.email
        if form.validate():
            password = form.password.data or ""
            in_transaction(lambda: service.set_password(token, password))
            forget()
            flash(_("Your password is set. Sign in with it."), "good")
            return see_other("accounts.sign_in")
    except service.LinkSpent as refused:
        return draw("accounts/link_spent.html", refused.status, refused=refused)
    except Refused as refused:
        refuse(form, refused)
    return draw("accounts/choose_password.html", 422, form=form, invited=invited, email=email)
