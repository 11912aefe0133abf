"""A card file."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from foundation.i18n import _l
from foundation.web import BaseForm


class CardFileForm(BaseForm):
    file = FileField(
        _l("File"), [FileRequired(_l("Choose a file."))],
        description=_l("CSV or XLSX, 10 MB at most. You see what it would do before anything is written."),
    )  # fmt: skip
