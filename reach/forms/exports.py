"""What the page of exports sends."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField

from foundation.i18n import _l
from foundation.web import BaseForm


class RecordsForm(BaseForm):
    """Ask for a file of activity records; what narrows it stands in the address of the page."""

    request_key = HiddenField()
    names = BooleanField(_l("With the names of mediators"), description=_l("Residents are never named."))

    @property
    def key(self) -> str | None:
        return (self.request_key.data or "")[:64] or None
