"""The voucher that somebody takes along: one sheet in large type with the amount, the last day, the code, a square."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.i18n import _, euros, full_day, in_language, language, listed, ngettext, phone, text_direction
from foundation.links import absolute
from foundation.pages import town_helpline, town_name
from foundation.pdf import BOLD, BRAND, SOFT, TINT, Sheet
from vouchers.models import CampaignKind, DeviceKind, Voucher
from vouchers.queries.campaigns import takers
from vouchers.rules.codes import spoken
from vouchers.rules.labels import DEVICES, ONE_VOUCHER

MARK, SQUARE, BESIDE_SQUARE = 34, 140, 310
SCALES = (1, 0.9, 0.8, 0.7, 0.6)
MOST_PARTNERS = 6


def paper(voucher: Voucher) -> bytes:
    """The PDF of one, in the language of its person: in letters as large as one sheet holds."""
    return papers([voucher])


def papers(vouchers: Sequence[Voucher]) -> bytes:
    """The PDF of some vouchers, a sheet each; there is one at least."""
    with in_language(vouchers[0].person.locale):
        sheet = _empty(vouchers[0])
    for number, voucher in enumerate(vouchers):
        with in_language(voucher.person.locale):
            if number:
                sheet.turn()
            sheet.rtl = text_direction() == "rtl"
            _fill(sheet, voucher, _scale(voucher))
    return sheet.finished()


def _empty(voucher: Voucher) -> Sheet:
    title = str(ONE_VOUCHER[voucher.campaign.kind])
    return Sheet(title, rtl=text_direction() == "rtl", language=language())


def _scale(voucher: Voucher) -> float:
    """The largest letters with which all of it stands on one sheet."""
    for scale in SCALES:
        trial = _empty(voucher)
        _fill(trial, voucher, scale)
        if trial.y >= trial.margin:
            break
    return scale


def _fill(sheet: Sheet, voucher: Voucher, scale: float) -> None:
    campaign = voucher.campaign
    sheet.mark(MARK)
    sheet.gap(4)
    sheet.write(town_name(), 14, colour=SOFT, indent=MARK + 12)
    sheet.gap(26 * scale)
    sheet.write(str(ONE_VOUCHER[campaign.kind]), 32 * scale, bold=True, colour=BRAND)
    sheet.write(voucher.person.name, 19 * scale)
    sheet.gap(12 * scale)
    _worth(sheet, voucher, scale)
    sheet.gap(14 * scale)
    _fact(sheet, _("Use it until"), [full_day(voucher.valid_until)], scale)
    _fact(sheet, _("What for"), what_for(voucher), scale)
    _fact(sheet, _("Where"), where(voucher), scale, size=15)
    for line in filter(None, (one.strip() for one in campaign.said("voucher_text", language()).splitlines())):
        sheet.gap(5 * scale)
        sheet.write(line, 15 * scale)
    sheet.gap(14 * scale)
    sheet.rule()
    _code(sheet, voucher, scale)


def _worth(sheet: Sheet, voucher: Voucher, scale: float) -> None:
    """What it is worth, the largest of all, on a ground of its own."""
    height = 62 * scale
    sheet.box(height, ground=TINT)
    top = sheet.y
    sheet.y = top - height * 0.7
    sheet.put(worth(voucher), 38 * scale, font=BOLD, start=14)
    sheet.y = top - height


def worth(voucher: Voucher) -> str:
    """`100,00 €`, or `10 units`: what is left when it is printed again."""
    cents = voucher.left_cents
    if voucher.campaign.kind is CampaignKind.DEVICE:
        return euros(cents)
    return ngettext("%(num)s unit", "%(num)s units", cents // voucher.campaign.unit_cents)


def what_for(voucher: Voucher) -> list[str]:
    """What it pays, in a sentence or two."""
    campaign = voucher.campaign
    if campaign.kind is CampaignKind.TRAINING:
        return [_("Training in digital skills"), _("One unit is worth %(unit)s.", unit=euros(campaign.unit_cents))]
    kinds = campaign.device_kinds or [one.value for one in DeviceKind]
    named = listed(str(DEVICES[DeviceKind(one)]).lower() for one in kinds)
    lines = [
        _("A refurbished device: %(kinds)s", kinds=named),
        _("It can be used in several times, until nothing is left."),
    ]
    if campaign.floor_cents:
        lines.append(_("You pay at least %(amount)s yourself.", amount=euros(campaign.floor_cents)))
    if campaign.price_ceiling_cents:
        lines.append(_("The device costs %(amount)s at most.", amount=euros(campaign.price_ceiling_cents)))
    return lines


def where(voucher: Voucher) -> list[str]:
    """The partners who take it, with the address of their first place and whom to call there; and the town itself."""
    found = takers(voucher.campaign, voucher.valid_until)
    lines = [
        ", ".join(filter(None, (one.structure.name, address, phone(one.structure.phone).replace(" ", "\u00a0"))))
        for one, address in found[:MOST_PARTNERS]
    ]
    if len(found) > MOST_PARTNERS:
        more = len(found) - MOST_PARTNERS
        lines.append(ngettext("and %(num)s other place", "and %(num)s other places", more))
    if voucher.campaign.kind is CampaignKind.TRAINING:
        lines.append(_("The town’s own workshops take these units too, where they say so."))
    return lines


def _fact(sheet: Sheet, term: str, lines: Sequence[str], scale: float, *, size: float = 18) -> None:
    """Nothing when there is nothing to say. What matters is strong; what belongs to it follows."""
    if not lines:
        return
    sheet.gap(8 * scale)
    sheet.write(term, max(12 * scale, 9), colour=SOFT)
    for number, line in enumerate(lines):
        sheet.write(line, max((size if number == 0 else 15) * scale, 9), bold=number == 0 and size > 15)


def _code(sheet: Sheet, voucher: Voucher, scale: float) -> None:
    """The code in groups that are read aloud, the square beside it, and whom to call."""
    sheet.gap(8)
    top = sheet.y - 6
    sheet.write(_("Your code: show it, or read it aloud"), 12, colour=SOFT, width=BESIDE_SQUARE)
    sheet.gap(4)
    sheet.write(spoken(voucher.code), 32, bold=True)
    sheet.gap(8)
    sheet.write(_("Keep it like money. It is in your name: bring your solidarity card."), 13, width=BESIDE_SQUARE)
    if helpline := town_helpline():
        sheet.gap(4)
        sheet.write(_("Lost it? Call %(number)s.", number=phone(helpline)), 13, width=BESIDE_SQUARE)
    sheet.gap(4)
    sheet.write(_("What is left: %(page)s", page=absolute("own_card.find")), 11, width=BESIDE_SQUARE)
    sheet.square(absolute("scanned_voucher.scan", code=voucher.code), SQUARE, top)
    sheet.y = min(sheet.y, top - SQUARE)
