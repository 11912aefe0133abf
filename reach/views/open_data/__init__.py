"""Open data: a page for people, files for programs, an index for catalogues."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_foot
from reach.views.open_data import files, page  # noqa: F401  they hang routes on bp
from reach.views.open_data.blueprint import bp

__all__ = ["bp"]

add_to_foot("open_data.index", _l("Open data"), 30)
