"""What every page shares: the menu, the choice of a language, addresses of assets that never go stale."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, has_request_context, redirect, request, session, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from foundation.alerts import Alert, Count, alerts
from foundation.db import db
from foundation.errors import Unknown
from foundation.i18n import LANGUAGES, _l
from foundation.said import french_if, in_reader_language
from foundation.security import Role, callers_of, current_user_known, public, roles_at_hand
from foundation.web import safe_next

bp = Blueprint("pages", __name__)


@dataclass(frozen=True)
class Entry:
    """One link of the menu or of the foot; who sees it is what its view declares.

    Attributes:
        lights_on: other pages of its part of the house, by endpoint (`desk.why`) or by blueprint (`people`).
        alert: what waits or went wrong there, counted on each page; None where nothing ever does.
        own: about the person who signed in: it stands apart, beside the way out.
        setting: set up once in a while rather than every day: folded away together with the others.
        shown: asked on each page of whoever may open it, where their role alone does not say that it is theirs.
    """

    endpoint: str
    label: Any
    order: int
    residents: bool = False
    lights_on: tuple[str, ...] = ()
    alert: Count | None = None
    own: bool = False
    setting: bool = False
    shown: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Door:
    """A large link of the home page of residents, after those that are always there.

    Attributes:
        picture: the template of its drawing.
        shown: asked on each page: whether there is something behind it.
    """

    endpoint: str
    label: Any
    text: Any
    order: int
    picture: str
    shown: Callable[[], bool]


@dataclass(frozen=True)
class Todo:
    """Something that waits for the person at hand, told on the page of their day.

    Attributes:
        label: of the link that leads there.
        told: counted on that page.
    """

    endpoint: str
    label: Any
    told: Count


_menu: list[Entry] = []
_foot: list[Entry] = []
_starts: list[tuple[int, str]] = []
_doors: list[Door] = []
_todos: list[Todo] = []


def add_to_menu(
    endpoint: str,
    label: Any,
    order: int,
    *,
    residents: bool = False,
    lights_on: tuple[str, ...] = (),
    alert: Count | None = None,
    own: bool = False,
    setting: bool = False,
    shown: Callable[[], bool] | None = None,
) -> None:
    """Called once by a feature's views: `residents` for the menu of people who do not sign in."""
    _menu.append(Entry(endpoint, label, order, residents, lights_on, alert, own, setting, shown))


def add_to_foot(endpoint: str, label: Any, order: int) -> None:
    """A link at the foot of every page."""
    _foot.append(Entry(endpoint, label, order))


def add_door(endpoint: str, label: Any, text: Any, order: int, *, picture: str, shown: Callable[[], bool]) -> None:
    """Called once by a feature's views: a way in from the home page, for as long as it leads somewhere."""
    _doors.append(Door(endpoint, label, text, order, picture, shown))


def add_todo(endpoint: str, label: Any, told: Count) -> None:
    """Called once by a feature's views: what waits there is told on the day of whoever may open it."""
    _todos.append(Todo(endpoint, label, told))


def starts_at(endpoint: str, order: int) -> None:
    """The page on which somebody starts; the first that the person may open is theirs."""
    _starts.append((order, endpoint))


def menu_entries() -> list[Entry]:
    """The links that the person at hand may follow, in order."""
    known, roles = current_user_known(), roles_at_hand()
    shown = [entry for entry in _menu if entry.residents != known and _opens_to(roles, entry.endpoint)]
    return sorted((one for one in shown if one.shown is None or one.shown()), key=lambda entry: entry.order)


def todos() -> list[tuple[Todo, Alert]]:
    """What waits for the person at hand, with how much it is."""
    return list(alerts({todo: todo.told for todo in _todos if may_open(todo.endpoint)}).items())


def menu_alerts(entries: list[Entry]) -> dict[Entry, Alert]:
    """What is told beside some of them."""
    return alerts({entry: entry.alert for entry in entries if entry.alert})


def lit(entries: list[Entry]) -> str | None:
    """Endpoint of the entry under which the page at hand stands: its own, the one that names it, its blueprint's."""
    for name, own in ((request.endpoint, True), (request.endpoint, False), (request.blueprint, False)):
        for entry in entries:
            if name and (name == entry.endpoint if own else name in entry.lights_on):
                return entry.endpoint
    return None


def may_open(endpoint: str) -> bool:
    """Whether there is such a page, and whether it is for the person at hand."""
    return _opens_to(roles_at_hand(), endpoint)


def _opens_to(roles: frozenset[Role], endpoint: str) -> bool:
    view = current_app.view_functions.get(endpoint)
    callers = callers_of(view) if view else None
    return callers is not None and (not callers or bool(callers & roles))


@bp.get("/debut")
@public
def start() -> AnyResponse:
    """The mark leads here: home for residents, the first page of their work for staff."""
    for _order, endpoint in sorted(_starts):
        view = current_app.view_functions[endpoint]
        if may_open(endpoint) and bool(callers_of(view)) == current_user_known():
            return redirect(url_for(endpoint), code=303)
    return redirect("/", code=303)


@bp.get("/langue/<code>")
@public
def choose_language(code: str) -> AnyResponse:
    """Remember the language in the cookie and go back to the page."""
    if code not in LANGUAGES:
        raise Unknown(_l("Choose one of the languages at the top of the page."))
    session["language"] = code
    return redirect(safe_next("/"), code=303)


@bp.get("/sante")
@public
def health() -> dict[str, str]:
    """For the supervisor: answers when the process runs and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """Address of a file under `static/`, which changes when its content does."""
    folder = Path(str(current_app.static_folder))
    return f"{url_for('static', filename=name)}?v={_fingerprint(folder / name)}"


def here() -> str:
    """The address of this page, to come back to it after a detour; the start where there is nothing to come back to.

    A form that was refused is a page too when its address shows it, empty.
    """
    routes = current_app.create_url_adapter(request)
    shows = request.method == "GET" or (routes is not None and routes.test(method="GET"))
    return request.full_path.rstrip("?") if shows else "/"


TOWN = "parvis-territory"
COLOURS = """:root {{ --brand: {light}; --brand-strong: color-mix(in srgb, {light} 72%, #000); }}
@media (prefers-color-scheme: dark) {{
:root {{ --brand: {dark}; --brand-strong: color-mix(in srgb, {dark} 72%, #fff); }}
}}
"""
STAFF_LANGUAGES = {"fr", "en"}
OWN_LIGHT, OWN_DARK = "#0c5a55", "#7fd0c4"


def _colours() -> tuple[str, str] | None:
    """The town's own colours on light and on dark; None when it keeps those of the house."""
    town = _town()
    chosen = (town.accent_colour, town.accent_colour_dark) if town else ("", "")
    return (chosen[0] or OWN_LIGHT, chosen[1] or OWN_DARK) if any(chosen) else None


def _town() -> Any:
    """The territory, or None. Read once a request: a session forgets an object that nobody holds, and a page asks a
    dozen times.
    """
    read = current_app.extensions[TOWN]
    if not has_request_context():
        return read()
    if TOWN not in request.environ:
        request.environ[TOWN] = read()
    return request.environ[TOWN]


def town_name() -> str:
    """The name of the territory, as pages and papers carry it."""
    town = _town()
    return str(town.name) if town else "Parvis"


def town_helpline() -> str:
    """E.164 of the number that anybody may call; empty without one."""
    town = _town()
    return str(town.helpline or "") if town else ""


@bp.get("/couleurs.css")
@public
def colours() -> Response:
    """The town's colours over those of the sheet. They were refused under a contrast of 4.5 when they were chosen."""
    light, dark = _colours() or (OWN_LIGHT, OWN_DARK)
    sheet = Response(COLOURS.format(light=light, dark=dark), mimetype="text/css")
    sheet.headers["Cache-Control"] = "public, max-age=31536000"
    return sheet


def colours_address() -> str | None:
    """Where the town's colours are, under an address that changes with them; None without."""
    chosen = _colours()
    return url_for("pages.colours", v="-".join(chosen).replace("#", "")) if chosen else None


def offered_languages() -> dict[str, str]:
    """The languages that the town offers, with their own names; French always. Pages of staff are in two of them."""
    town = _town()
    chosen = {"fr", *town.languages} if town else set(LANGUAGES)
    chosen = chosen & STAFF_LANGUAGES if current_user_known() else chosen
    return {code: name for code, name in LANGUAGES.items() if code in chosen}


def init_app(app: Flask, territory: Callable[[], Any]) -> None:
    """Register the shared pages.

    Args:
        territory: gives an object with `name`, `helpline`, `languages` and the two accent colours, or None before
            the town is set up.
    """
    app.register_blueprint(bp)
    app.extensions[TOWN] = territory
    app.jinja_env.globals.update(
        asset=asset,
        colours_address=colours_address,
        offered_languages=offered_languages,
        here=here,
        menu_entries=menu_entries,
        doors=lambda: sorted((door for door in _doors if door.shown()), key=lambda door: door.order),
        lit=lit,
        menu_alerts=menu_alerts,
        may_open=may_open,
        todos=todos,
        footer_entries=lambda: sorted((e for e in _foot if may_open(e.endpoint)), key=lambda e: e.order),
        signed_in=current_user_known,
        territory_name=town_name,
        territory_helpline=town_helpline,
        in_reader_language=in_reader_language,
        french_if=french_if,
    )
