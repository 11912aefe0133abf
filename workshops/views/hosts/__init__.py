"""Pages of hosts, and those on which managers answer them."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu, starts_at
from workshops.views.hosts import asking, groups, home, sheets  # noqa: F401  they hang routes on bp
from workshops.views.hosts.answering import WAITING, requests_bp
from workshops.views.hosts.blueprint import bp

__all__ = ["bp", "requests_bp"]

starts_at("hosts.home", 30)
add_to_menu("hosts.home", _l("My workshops"), 45, lights_on=("hosts",))
add_to_menu("requests.request_list", _l("Requests"), 46, lights_on=("requests",), alert=WAITING)
