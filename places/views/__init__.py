"""Pages about places for managers and administrators."""

from __future__ import annotations

from flask import Flask

from foundation.i18n import _l
from foundation.pages import add_to_menu
from places.commands import group
from places.views import imports, institutions, neighbourhoods, structures, territory, venues  # noqa: F401  # routes
from places.views.blueprint import bp
from places.views.presenting import register_filters

__all__ = ["bp", "init_app"]

add_to_menu("places.venue_list", _l("Places"), 60, lights_on=("places",), setting=True)


def init_app(app: Flask) -> None:
    """Pages, commands and template filters of this room."""
    app.register_blueprint(bp)
    app.cli.add_command(group)
    register_filters(app)
