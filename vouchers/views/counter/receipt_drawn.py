"""The receipt of a voucher on one sheet, twice: the upper half for the resident, the lower one for the shop."""

from __future__ import annotations

from foundation.i18n import _, full_day, language, ngettext, text_direction, wall_clock
from foundation.i18n import euros as money
from foundation.pages import town_name
from foundation.pdf import BRAND, SOFT, Sheet
from vouchers.models import Redemption
from vouchers.queries.counters import short_name
from vouchers.queries.tills import left_after
from vouchers.rules.labels import DEVICES


def drawn(made: Redemption) -> bytes:
    """In the language at hand."""
    title = _("Receipt of a voucher, number %(number)s", number=made.id)
    sheet = Sheet(title, rtl=text_direction() == "rtl", language=language())
    _copy(sheet, made, title, _("For the resident"))
    sheet.y = sheet.height / 2
    sheet.rule()
    sheet.gap(sheet.margin)
    _copy(sheet, made, title, _("For the shop"))
    return sheet.finished()


def _copy(sheet: Sheet, made: Redemption, title: str, whose: str) -> None:
    sheet.write(" · ".join((town_name(), whose)), 10, colour=SOFT)
    sheet.write(title, 17, bold=True, colour=BRAND)
    if made.undone_at:
        sheet.write(_("UNDONE on %(when)s", when=full_day(made.undone_at)), 13, bold=True)
    sheet.gap(8)
    for term, words in _lines(made):
        sheet.write(_("%(what)s: %(more)s", what=term, more=words), 11)
        sheet.gap(2)
    sheet.gap(8)
    sheet.write(_("Paid by the voucher: %(amount)s", amount=money(made.amount_cents)), 15, bold=True)
    rest = made.price_cents - made.amount_cents
    sheet.write(_("Paid by the resident: %(amount)s", amount=money(rest)), 15, bold=True)
    sheet.gap(4)
    sheet.write(_("Left on the voucher: %(amount)s", amount=left_said(made)), 11)


def left_said(made: Redemption) -> str:
    """What stayed on the voucher: units of training, or euros."""
    left, unit_cents = left_after(made), made.voucher.campaign.unit_cents
    return ngettext("%(num)s unit", "%(num)s units", left // unit_cents) if unit_cents else money(left)


def _lines(made: Redemption) -> list[tuple[str, str]]:
    """What is not about money, first."""
    found = [
        (_("When"), _("%(day)s, %(hours)s", day=full_day(made.at), hours=wall_clock(made.at))),
        (_("Where"), made.partner.structure.name if made.partner else town_name()),
        (_("For"), short_name(made.voucher.person)),
        (_("It pays"), made.voucher.campaign.title),
    ]
    if made.device_kind:
        found += [
            (_("Device"), str(DEVICES[made.device_kind])),
            (_("Serial number"), made.serial),
            (_("Price"), money(made.price_cents)),
        ]
    elif made.session_on:
        units = ngettext("%(num)s unit", "%(num)s units", made.units)
        found.append((_("Session of"), f"{full_day(made.session_on)}, {units}"))
    return found
