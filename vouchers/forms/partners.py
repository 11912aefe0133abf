"""What the pages of partners send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import EmailField, StringField
from wtforms.validators import Email, InputRequired, Length, Optional

from foundation.fields import DayField, RadioField, SelectField, given
from foundation.i18n import _l
from foundation.labels import choices
from foundation.phones import PhoneField
from foundation.web import BaseForm, stripped
from vouchers.models import Partner, PartnerBank, PartnerKind, TownBank
from vouchers.rules.banking import LONGEST_HOLDER, BankDetails
from vouchers.rules.labels import PARTNERS
from vouchers.rules.partners import LIMITS, Agreement

SAME = ("siret", "agreement_from", "agreement_until", "contact_name", "contact_phone", "contact_email")


class AgreementForm(BaseForm):
    """An agreement that there is: whose it is and what is paid are settled."""

    siret = StringField(
        _l("SIRET"), filters=[stripped], description=_l("14 digits, as on the notice of INSEE."),
        render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    agreement_from = DayField(_l("Agreement from"), [InputRequired(_l("Choose the first day."))])
    agreement_until = DayField(
        _l("Agreement until"), [Optional()], description=_l("The last day. Leave it empty when it goes on.")
    )
    contact_name = StringField(_l("Whom to call"), [Length(max=LIMITS["contact_name"])], filters=[stripped])
    contact_phone = PhoneField(_l("Telephone"), render_kw={"inputmode": "tel"})
    contact_email = EmailField(
        _l("E-mail"),
        [
            Optional(), Length(max=LIMITS["contact_email"]),
            Email(_l("Write the e-mail address in full, like name@example.fr.")),
        ],
        filters=[stripped],
    )  # fmt: skip

    def __init__(self, partner: Partner | None = None) -> None:
        super().__init__(data={name: getattr(partner, name) for name in SAME} if partner else None)

    def agreement(self, structure_id: int, kind: PartnerKind) -> Agreement:
        """What was typed, for the verb; call it once the form is valid."""
        words: dict[str, Any] = {name: self._fields[name].data or "" for name in SAME}
        days = {"agreement_from": given(self.agreement_from.data), "agreement_until": self.agreement_until.data}
        return Agreement(structure_id, kind, **words | days)


class NewPartnerForm(AgreementForm):
    """An agreement with a structure that has none."""

    structure_id = SelectField(_l("Structure"), coerce=int)
    kind = RadioField(_l("What it is paid for"), coerce=PartnerKind, choices=choices(PARTNERS))

    def __init__(self, structures: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self.structure_id.choices = list(structures)

    def agreed(self) -> Agreement:
        return self.agreement(self.structure_id.data, self.kind.data)


class BankForm(BaseForm):
    """An account at a bank. The number that is kept is never sent back to the page."""

    holder = StringField(
        _l("Name on the account"), [InputRequired(_l("Write the name on the account.")), Length(max=LONGEST_HOLDER)],
        filters=[stripped],
    )  # fmt: skip
    iban = StringField(
        _l("IBAN"), [InputRequired(_l("Write the whole IBAN.")), Length(max=60)], filters=[stripped],
        description=_l("Copy it from the bank’s slip. Its key is checked."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )  # fmt: skip
    bic = StringField(
        _l("BIC"), [Length(max=20)], filters=[stripped],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "narrow"},
    )  # fmt: skip

    def __init__(self, bank: PartnerBank | TownBank | None) -> None:
        super().__init__(data={"holder": bank.holder, "bic": bank.bic} if bank else None)

    def details(self) -> BankDetails:
        return BankDetails(self.iban.data or "", self.bic.data or "", self.holder.data or "")
