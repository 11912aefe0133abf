"""What hosts correct of a reservation they have: the same fields as when they asked for it."""

from __future__ import annotations

from equipment.forms.borrowing import DetailsForm, NeedForm
from foundation.web import BaseForm


class CorrectForm(BaseForm):
    """All but the kit and the time."""

    units_wanted = NeedForm.units_wanted
    group_label = NeedForm.group_label
    head_count = NeedForm.head_count
    activity = NeedForm.activity
    contact_phone = DetailsForm.contact_phone
    sheet_url = DetailsForm.sheet_url
