"""One's own account: where it is signed in, and its password."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts import queries, service
from accounts.current import forget, session_id, staff
from accounts.forms import ChangePasswordForm
from accounts.views.blueprint import bp
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import STAFF, allow
from foundation.web import draw, refuse, see_other


@bp.get("/equipe/mon-compte")
@allow(*STAFF)
def own_sessions() -> Response:
    return _page(ChangePasswordForm())


def _page(form: ChangePasswordForm, status: int = 200) -> Response:
    account = staff()
    return draw(
        "accounts/own.html",
        status,
        form=form,
        account=account,
        sessions=queries.open_sessions(account.id),
        here_id=session_id(),
    )


@bp.post("/equipe/mon-compte/mot-de-passe")
@allow(*STAFF)
def change_password() -> AnyResponse:
    form = ChangePasswordForm()
    if not form.validate():
        return _page(form, 422)
    account_id, keep = staff().id, session_id()
    present, new = form.present.data or "", form.password.data or ""
    try:
        in_transaction(lambda: service.change_password(account_id, present, new, keep_session=keep))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    flash(_("Your password is changed. You were signed out everywhere else."), "good")
    return see_other("accounts.own_sessions")


@bp.post("/equipe/mon-compte/sessions/<int(max=2147483647):one_id>/fermer")
@allow(*STAFF)
def revoke_own_session(one_id: int) -> AnyResponse:
    this_one = one_id == session_id()
    in_transaction(lambda: service.revoke(one_id, staff()))
    if this_one:
        forget()
        return see_other("accounts.sign_in")
    flash(_("This session is closed."), "good")
    return see_other("accounts.own_sessions")


@bp.post("/equipe/mon-compte/sessions/fermer-les-autres")
@allow(*STAFF)
def revoke_other_sessions() -> AnyResponse:
    in_transaction(lambda: service.revoke_all(staff().id, staff(), keep=session_id()))
    flash(_("You are signed out everywhere else."), "good")
    return see_other("accounts.own_sessions")
