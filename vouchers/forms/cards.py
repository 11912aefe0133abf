"""What the pages of cards send."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from foundation.fields import DayField, SelectField
from foundation.i18n import _, _l
from foundation.web import BaseForm, stripped
from vouchers.rules.cards import LONGEST
from vouchers.rules.categories import LONGEST_LABEL
from vouchers.rules.states import LONGEST_REASON

Categories = list[tuple[int, str]]
QUIET = {"autocomplete": "off"}
NONE = 0


class ValidityForm(BaseForm):
    """Which category, until when, and whether the proof was seen."""

    category = SelectField(_l("Category"), coerce=int)
    valid_until = DayField(_l("Valid until"), [InputRequired()])
    proof_seen = BooleanField(
        _l("I have seen the proof of income"),
        description=_l("Your name and the day are kept. The paper itself is not: give it back."),
    )
    proof_seen_on = DayField(_l("Seen on"), [InputRequired()])

    def __init__(self, categories: Categories, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = list(categories)


class NewCardForm(ValidityForm):
    """A card for somebody who was found. Where there are several categories, none is chosen for them, and whether the
    proof was seen is said either way.
    """

    proof_missing = BooleanField(
        _l("Nobody has seen it yet"),
        description=_l("The card is listed until somebody notes that they saw the proof."),
    )  # fmt: skip
    valid_from = DayField(_l("Valid from"), [InputRequired()])
    household = StringField(
        _l("Household"), [Length(max=LONGEST["household"])], filters=[stripped], render_kw=QUIET,
        description=_l("The number by which the CCAS knows who lives together. Empty when it is not known."),
    )  # fmt: skip
    former_number = StringField(
        _l("Number at the CCAS"), [Length(max=LONGEST["former_number"])], filters=[stripped], render_kw=QUIET
    )

    def __init__(self, categories: Categories, *args: Any, **kwargs: Any) -> None:
        unchosen = [(NONE, str(_l("Choose…")))] if len(categories) > 1 else []
        super().__init__([*unchosen, *categories], *args, **kwargs)

    def validate_proof_seen(self, field: BooleanField) -> None:
        """Raises: ValidationError"""
        if not field.data and not self.proof_missing.data:
            raise ValidationError(_("Say whether the proof was seen: tick one of both."))
        if field.data and self.proof_missing.data:
            raise ValidationError(_("The proof was seen, or nobody has seen it yet: tick one of both, not both."))


class ReasonForm(BaseForm):
    """Why something is done with a card."""

    reason = TextAreaField(
        _l("Why?"), [Length(max=LONGEST_REASON)], filters=[stripped], render_kw={"rows": 2},
        description=_l("In a few words that name nobody. It stays in the history of the card."),
    )  # fmt: skip


class CategoryForm(BaseForm):
    """A category of the town."""

    label = StringField(_l("Name of the category"), [Length(max=LONGEST_LABEL)], render_kw=QUIET)
    active = BooleanField(_l("In use"), description=_l("At rest, no new card has it; cards that have it keep it."))
