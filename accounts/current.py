"""Who is signed in on this request."""

from __future__ import annotations

from flask import Flask, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from accounts.models import Account, StaffSession
from accounts.service import is_stale, keep_alive, session_of
from foundation.db import in_transaction
from foundation.errors import Forbidden
from foundation.i18n import _l
from foundation.security import Role

manager = LoginManager()
# A telephone changes its network address many times a day; the token is the proof, not the address.
manager.session_protection = None
LANGUAGE = "language"


class SignedIn:
    """What flask-login hands out as `current_user`: an account, on one browser."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, session: StaffSession, token: str) -> None:
        self.account = session.account
        self.session = session
        self._token = token

    def get_id(self) -> str:
        return self._token

    @property
    def roles(self) -> frozenset[Role]:
        return self.account.roles

    @property
    def locale(self) -> str:
        return self.account.locale

    @property
    def name(self) -> str:
        return self.account.name


def init_app(app: Flask) -> None:
    """Sign-in for the application: flask-login, asked once at the start of a request."""
    manager.init_app(app)
    app.before_request(_note_use)


@manager.user_loader  # type: ignore[untyped-decorator]  # flask-login has no types
def _load(token: str) -> SignedIn | None:
    found = session_of(token)
    return SignedIn(found, token) if found else None


def _note_use() -> None:
    """Before anything else: who it is, and that they are there. Later, a write may be under way."""
    if request.endpoint == "static" or "_user_id" not in session:
        return
    if current_user.is_authenticated and is_stale(current_user.session):
        session_id = current_user.session.id
        in_transaction(lambda: keep_alive(session_id))


def staff() -> Account:
    """The account that is signed in.

    Raises:
        Forbidden: nobody is; a view that lets only staff in never sees this.
    """
    if not current_user.is_authenticated:
        raise Forbidden(_l("Sign in first."))
    account: Account = current_user.account
    return account


def session_id() -> int:
    """The id of the session at hand; call it only where `staff()` is."""
    found: int = current_user.session.id
    return found


def remember(token: str) -> None:
    """Put a new session's token into a new cookie: nothing of the visitor's old one is kept but the language."""
    language = session.get(LANGUAGE)
    session.clear()
    if language:
        session[LANGUAGE] = language
    found = session_of(token)
    if found is not None:
        login_user(SignedIn(found, token))


def forget() -> None:
    """Empty the cookie, but for the language."""
    language = session.get(LANGUAGE)
    logout_user()
    session.clear()
    if language:
        session[LANGUAGE] = language
