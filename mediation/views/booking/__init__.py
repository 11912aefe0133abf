"""Pages on which residents book, find, move and cancel an appointment, without an account."""

from __future__ import annotations

from foundation import pages
from foundation.i18n import _l
from mediation.views.booking import answering, choosing, confirming, helped, home, mine, papers, public_places
from mediation.views.booking.blueprint import bp

__all__ = ["answering", "bp", "choosing", "confirming", "helped", "home", "mine", "papers", "public_places"]

pages.add_to_menu("booking.what", _l("Book an appointment"), 10, residents=True)
pages.add_to_menu("booking.find", _l("My appointment"), 20, residents=True)
pages.add_to_menu("booking.places", _l("Places near me"), 30, residents=True)
pages.starts_at("booking.home", 100)
