"""Pages about residents for the staff, and the page that tells everybody what is kept."""

from __future__ import annotations

from flask import Flask

from foundation.codes import spoken
from foundation.i18n import _l
from foundation.pages import add_to_foot, add_to_menu
from people.commands import group
from people.history import HistoryItem, HistoryProvider, history_providers
from people.views import acting, data, finding, merging, privacy, records  # noqa: F401  # they hang their routes on bp
from people.views.blueprint import bp

__all__ = ["HistoryItem", "HistoryProvider", "bp", "history_providers", "init_app"]

add_to_menu("people.search", _l("Residents"), 30, lights_on=("people",))
add_to_foot("people.privacy", _l("Your data"), 50)


def init_app(app: Flask) -> None:
    """Pages, commands and template filters of this room."""
    app.register_blueprint(bp)
    app.cli.add_command(group)
    app.jinja_env.filters["code"] = spoken
