"""Signing in and out."""

from __future__ import annotations

from flask import Response, request, url_for
from flask_login import current_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from accounts import service
from accounts.current import forget, remember, session_id
from accounts.forms import SignInForm
from accounts.views.blueprint import bp
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.security import public
from foundation.web import draw, refuse, safe_next, see_other


@bp.get("/connexion")
@public
def sign_in() -> AnyResponse:
    if current_user.is_authenticated:
        return redirect(_onward(), 303)
    return _page(SignInForm())


@bp.post("/connexion")
@public
def send_sign_in() -> AnyResponse:
    form = SignInForm()
    if not form.validate():
        return _page(form, 422)
    try:
        token = _try(form.email.data or "", form.password.data or "")
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    remember(token)
    return redirect(_onward(), 303)


def _try(email: str, password: str) -> str:
    """Count, look, and only then open: hashing holds no lock."""
    address = request.remote_addr or ""
    agent = request.user_agent.string
    in_transaction(lambda: service.count_try(email, address))
    account_id = service.check_credentials(email, password)
    return in_transaction(lambda: service.sign_in(account_id, password, address, agent))


def _onward() -> str:
    return safe_next(url_for("pages.start"))


def _page(form: SignInForm, status: int = 200) -> Response:
    return draw("accounts/sign_in.html", status, form=form, onward=safe_next(""))


@bp.post("/deconnexion")
@public
def sign_out() -> AnyResponse:
    """End the session here and on the server; a second press is no fault. What the device kept of pages goes too.

    Unless presses of somebody else wait there: then its script has taken the pages away, and leaves these.
    """
    if current_user.is_authenticated:
        ending = session_id()
        in_transaction(lambda: service.sign_out(ending))
    forget()
    answer = see_other("accounts.sign_in")
    if not request.form.get("stay"):
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
