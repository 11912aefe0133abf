"""A file of devices or of kits."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from equipment.importing.columns import Kind
from foundation.fields import RadioField
from foundation.i18n import _l
from foundation.labels import choices
from foundation.web import BaseForm

KINDS = {Kind.ITEMS: _l("Devices"), Kind.KITS: _l("Kits")}


class ImportForm(BaseForm):
    kind = RadioField(
        _l("What does the file hold?"), choices=choices(KINDS), coerce=Kind, default=Kind.ITEMS,
        description=_l("Import the kits first: devices are put into them by their codes."),
    )  # fmt: skip
    file = FileField(
        _l("File"), [FileRequired(_l("Choose a file."))],
        description=_l("CSV, 10 MB at most. You see what it would do before anything is written."),
    )  # fmt: skip
