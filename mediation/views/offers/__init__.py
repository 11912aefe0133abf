"""Pages on which services, presences and absences are kept."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from mediation.views.offers import absences, changing_shifts, services, shifts  # noqa: F401  # they hang routes on bp
from mediation.views.offers.blueprint import bp

__all__ = ["bp"]

add_to_menu("offers.shift_list", _l("Presences"), 50, lights_on=("offers",), setting=True)
SERVICE = ("offers.new_service", "offers.create_service", "offers.show_service", "offers.edit_service")
add_to_menu("offers.service_list", _l("Services"), 60, lights_on=SERVICE, setting=True)
