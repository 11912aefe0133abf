"""A card file."""

from __future__ import annotations

from places.forms.imports import SheetForm


class CardFileForm(SheetForm):
    """The file alone: there is one sort of it."""
