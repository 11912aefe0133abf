"""What the enumerations of vouchers are called on pages, on paper and in exports."""

from __future__ import annotations

from foundation.i18n import _l
from vouchers.models import (
    CampaignKind,
    CampaignState,
    DeviceKind,
    Grade,
    HandedOver,
    MovementKind,
    PartnerKind,
    Share,
    StatementState,
    VoucherState,
)

DEVICES = {
    DeviceKind.COMPUTER: _l("Computer"),
    DeviceKind.TABLET: _l("Tablet"),
    DeviceKind.PHONE: _l("Phone"),
}
GRADES = {
    Grade.LIKE_NEW: _l("Like new"),
    Grade.VERY_GOOD: _l("Very good condition"),
    Grade.GOOD: _l("Good condition"),
    Grade.FAIR: _l("Fair condition"),
}
GRADES_SAID = {
    Grade.LIKE_NEW: _l("no trace to be seen"),
    Grade.VERY_GOOD: _l("light traces that one has to look for"),
    Grade.GOOD: _l("traces that are seen, and everything works"),
    Grade.FAIR: _l("strong traces, and everything works"),
}
"""What a grade promises; all of them work."""
PARTNERS = {
    PartnerKind.REFURBISHER: _l("Sells refurbished devices"),
    PartnerKind.TRAINING: _l("Gives training"),
}
CAMPAIGN_KINDS = {
    CampaignKind.DEVICE: _l("Device vouchers"),
    CampaignKind.TRAINING: _l("Training vouchers"),
}
ONE_VOUCHER = {
    CampaignKind.DEVICE: _l("Device voucher"),
    CampaignKind.TRAINING: _l("Training voucher"),
}
CAMPAIGN_STATES = {
    CampaignState.DRAFT: _l("Draft campaign"),
    CampaignState.OPEN: _l("Open campaign"),
    CampaignState.CLOSED: _l("Closed campaign"),
}
SHARES = {
    Share.PERSON: _l("One per person"),
    Share.HOUSEHOLD: _l("One per household"),
}
VOUCHER_STATES = {
    VoucherState.ISSUED: _l("To hand over"),
    VoucherState.HANDED_OVER: _l("Voucher handed over"),
    VoucherState.PARTLY_USED: _l("Partly used"),
    VoucherState.USED: _l("Used up"),
    VoucherState.CANCELLED: _l("Voucher cancelled"),
    VoucherState.EXPIRED: _l("Voucher expired"),
}
MOVEMENTS = {
    MovementKind.ISSUED: _l("Issued"),
    MovementKind.HANDED_OVER: _l("Voucher handed over"),
    MovementKind.REDEEMED: _l("Taken in payment"),
    MovementKind.UNDONE: _l("Payment undone"),
    MovementKind.CANCELLED: _l("Cancelled: back to the budget"),
    MovementKind.EXPIRED: _l("Expired: back to the budget"),
    MovementKind.EXTENDED: _l("Given more time"),
    MovementKind.REPLACED: _l("Replaced by a new one"),
}
HANDED_OVER = {
    HandedOver.IN_PERSON: _l("In person"),
    HandedOver.POSTED: _l("By post"),
}
STOPPED = {
    "BudgetExhausted": _l("The budget was used up before everybody had one."),
    "CampaignIsOver": _l("The campaign ended before everybody had one."),
    "CampaignNotOpen": _l("The campaign was closed before everybody had one."),
}
"""Why a batch went no further, by the name of what was refused."""
TRANSLATABLE = {"title": _l("the title"), "voucher_text": _l("the text on the voucher")}
"""What residents read of a campaign, where a list says what of it is missing."""
STATEMENT_STATES = {
    StatementState.ISSUED: _l("To be approved"),
    StatementState.DISPUTED: _l("Disputed"),
    StatementState.APPROVED: _l("Approved, to be paid"),
    StatementState.PAID: _l("Paid"),
}
