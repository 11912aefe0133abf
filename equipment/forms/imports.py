"""A file of devices or of kits."""

from __future__ import annotations

from equipment.importing.columns import Kind
from foundation.fields import RadioField
from foundation.i18n import _l
from foundation.labels import choices
from places.forms.imports import SheetForm

KINDS = {Kind.ITEMS: _l("Devices"), Kind.KITS: _l("Kits")}


class ImportForm(SheetForm):
    kind = RadioField(
        _l("What does the file hold?"), choices=choices(KINDS), coerce=Kind, default=Kind.ITEMS,
        description=_l("Import the kits first: devices are put into them by their codes."),
    )  # fmt: skip
