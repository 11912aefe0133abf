"""What a receipt says, on screen and on paper: what was bought, where, and where the money went."""

from __future__ import annotations

from foundation.i18n import _, full_day, language, ngettext, phone, wall_clock
from foundation.i18n import euros as money
from vouchers.models import Redemption
from vouchers.queries.counters import short_name
from vouchers.queries.offers import shops_of
from vouchers.queries.tills import left_after, went_on
from vouchers.rules.codes import ending_of
from vouchers.rules.labels import DEVICES

Said = list[tuple[str, str]]
MOST_SHOPS = 2


def facts_of(made: Redemption) -> Said:
    """What is not about money, first."""
    return [
        (_("When"), _("%(day)s, %(hours)s", day=full_day(made.at), hours=wall_clock(made.at))),
        (_("Where"), made.partner.structure.name if made.partner else _("Workshop of the town")),
        (_("For"), short_name(made.voucher.person)),
        (_("It pays"), made.voucher.campaign.said("title", language())),
        (_("Voucher ending in"), ending_of(made.voucher.code)),
        *_bought(made),
    ]


def _bought(made: Redemption) -> Said:
    if not made.device_kind:
        units = ngettext("%(num)s unit", "%(num)s units", made.units)
        return [(_("Session of"), f"{full_day(made.session_on)}, {units}")] if made.session_on else []
    warranty = ngettext("%(num)s month", "%(num)s months", made.warranty_months) if made.warranty_months else ""
    said = [
        (_("Device"), str(DEVICES[made.device_kind])),
        (_("Model"), made.model),
        (_("Serial number"), made.serial),
        (_("Warranty"), warranty),
        (_("Price"), money(made.price_cents)),
    ]
    return [(term, words) for term, words in said if words]


def amounts_of(made: Redemption) -> Said:
    """Who paid what; of an undone payment where the money went instead. Last, what is left on the voucher."""
    left = left_after(made)
    stays = (_("Left on the voucher"), _counted(made, left))
    amount = money(made.amount_cents)
    if made.undone_at:
        return [(_given_back(made, left), amount), stays]
    rest = [(_("Paid by the resident"), money(made.price_cents - made.amount_cents))] if made.device_kind else []
    return [(_("Paid by the voucher"), amount), *rest, stays]


def _given_back(made: Redemption, left: int) -> str:
    if went_on(made):
        return _("Given back to the voucher that took its place")
    return _("Given back to the voucher") if left else _("Given back to the town: the voucher is over")


def _counted(made: Redemption, cents: int) -> str:
    """Units of training, or euros."""
    unit_cents = made.voucher.campaign.unit_cents
    return ngettext("%(num)s unit", "%(num)s units", cents // unit_cents) if unit_cents else money(cents)


def doors_of(made: Redemption) -> list[str]:
    """Address and telephone of the shop, a line for each of its places."""
    if made.partner is None:
        return []
    shops = shops_of([made.partner.structure_id]).get(made.partner.structure_id, [])[:MOST_SHOPS]
    return [
        ", ".join(filter(None, (one.address, f"{one.postcode} {one.commune}".strip(), phone(one.phone))))
        for one in shops
    ]
