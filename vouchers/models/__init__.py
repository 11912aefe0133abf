"""The tables of vouchers."""

from __future__ import annotations

from vouchers.models.call import VoucherCall
from vouchers.models.campaign import Campaign, CampaignKind, CampaignPartner, CampaignState, Share
from vouchers.models.card import Card, CardCategory, CardEvent, CardEventKind, CardState, household_key
from vouchers.models.partner import DeviceKind, Grade, Offer, Partner, PartnerBank, PartnerKind
from vouchers.models.redemption import FollowUp, FollowUpAnswer, Redemption, RefusedTry
from vouchers.models.sign import SignKind, SignLookedAt
from vouchers.models.statement import Statement, StatementState
from vouchers.models.treasury import TownBank, Transfer
from vouchers.models.voucher import (
    BatchState,
    HandedOver,
    MovementKind,
    Voucher,
    VoucherBatch,
    VoucherMovement,
    VoucherState,
)

__all__ = [
    "BatchState",
    "Campaign",
    "CampaignKind",
    "CampaignPartner",
    "CampaignState",
    "Card",
    "CardCategory",
    "CardEvent",
    "CardEventKind",
    "CardState",
    "DeviceKind",
    "FollowUp",
    "FollowUpAnswer",
    "Grade",
    "HandedOver",
    "MovementKind",
    "Offer",
    "Partner",
    "PartnerBank",
    "PartnerKind",
    "Redemption",
    "RefusedTry",
    "Share",
    "SignKind",
    "SignLookedAt",
    "Statement",
    "StatementState",
    "TownBank",
    "Transfer",
    "Voucher",
    "VoucherBatch",
    "VoucherCall",
    "VoucherMovement",
    "VoucherState",
    "household_key",
]
