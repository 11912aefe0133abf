"""Who may call a route, and the headers that every answer carries.

Each view declares its callers with `@public` or `@allow(...)`; a view that declares nothing is refused to everyone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a member of staff does; one account may hold several."""

    MEDIATOR = "mediator"
    PRESCRIBER = "prescriber"
    HOST = "host"
    PARTNER = "partner"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


EVERYONE: frozenset[Role] = frozenset()
STAFF = frozenset(Role)
DECLARATION = "__callers__"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)

csrf = CSRFProtect()


def public(view: View) -> View:
    """Anyone may call this view, signed in or not."""
    setattr(view, DECLARATION, EVERYONE)
    return view


def allow(*roles: Role) -> Callable[[View], View]:
    """Only accounts that hold one of `roles` may call this view."""

    def declare(view: View) -> View:
        setattr(view, DECLARATION, frozenset(roles))
        return view

    return declare


def callers_of(view: Any) -> frozenset[Role] | None:
    """The roles that may call `view`, an empty set for everyone, None when it declares nothing."""
    declared: frozenset[Role] | None = getattr(view, DECLARATION, None)
    return declared


def access_table(app: Flask) -> Iterable[tuple[str, str, frozenset[Role] | None]]:
    """(path, endpoint, callers) of every route, in path order."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        yield rule.rule, rule.endpoint, callers_of(app.view_functions[rule.endpoint])


def init_app(app: Flask) -> None:
    csrf.init_app(app)
    app.before_request(_guard)
    app.after_request(_harden)
    app.view_functions["static"] = public(app.view_functions["static"])


def _guard() -> AnyResponse | None:
    """Let a declared caller pass; ask the others to sign in, or refuse."""
    if request.endpoint is None:
        return None
    callers = callers_of(current_app.view_functions[request.endpoint])
    if callers is None:
        abort(403)
    if not callers:
        return None
    if not current_user.is_authenticated:
        after = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=after), code=303)
    if not callers & current_user.roles:
        abort(403)
    return None


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store" if current_user_known() else "private, no-cache")
    return response


def current_user_known() -> bool:
    """Whether this answer is made for somebody who signed in."""
    user = _at_hand()
    return user is not None and bool(user.is_authenticated)


def roles_at_hand() -> frozenset[Role]:
    """Of whoever signed in; nobody else has any."""
    user = _at_hand()
    return user.roles if user is not None and user.is_authenticated else frozenset()


def _at_hand() -> Any:
    """Who is there, or None outside of a request; taken out of its proxy, of which each look costs a search."""
    return current_user._get_current_object()
