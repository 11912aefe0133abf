"""Pages on which services, presences and absences are kept."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from mediation.views.offers import services  # noqa: F401  # it hangs its routes on bp
from mediation.views.offers.blueprint import bp

__all__ = ["bp"]

add_to_menu("offers.service_list", _l("Services"), 60)
