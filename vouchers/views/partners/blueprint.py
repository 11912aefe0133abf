"""What the pages of partners share."""

from __future__ import annotations

from flask import Blueprint, Response

from accounts import queries as accounts
from accounts.current import staff
from foundation import clock
from foundation.security import Role
from foundation.web import draw
from places import queries as places
from vouchers.forms.statements import MonthForm
from vouchers.models import Partner
from vouchers.queries import partners as queries
from vouchers.queries import statements
from vouchers.rules.banking import masked
from vouchers.rules.labels import PARTNERS, STATEMENT_STATES
from vouchers.rules.partners import is_of_the_territory
from vouchers.rules.statements import to_state
from vouchers.views.statements.words import month_of

bp = Blueprint("partners", __name__, url_prefix="/equipe/partenaires")
ONE = "/<int(max=2147483647):partner_id>"
KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)
SHOWN = 12


def month_form(partner: Partner) -> MonthForm:
    """Which of its months can still be stated."""
    return MonthForm(to_state(clock.today(), partner.stated_until, clock.territory_zone()))


def partner_page(partner: Partner, form: MonthForm, status: int = 200) -> Response:
    """One partner. Those of one structure see its agreement; where it is paid, and what, is for the territory's."""
    whole = is_of_the_territory(staff())
    return draw(
        "vouchers/partners/show.html", status, partner=partner, form=form, whole=whole, partner_kinds=PARTNERS,
        states=STATEMENT_STATES, month_of=month_of,
        bank=queries.bank_of(partner.id) if whole else None, masked=masked,
        venues=[one for one in places.venues(structure_id=partner.structure_id) if one.active],
        tills=accounts.with_role(Role.PARTNER, partner.structure_id),
        statements=statements.listed(staff(), 0, SHOWN, partner_id=partner.id) if whole else [],
    )  # fmt: skip
