"""What became of devices after three months, counted by campaign and kind. What is not known is counted as that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from accounts.models import Account
from foundation.db import db
from vouchers.models import Campaign, DeviceKind, FollowUp, FollowUpAnswer, Redemption, Voucher
from vouchers.queries.campaigns import within


@dataclass(frozen=True)
class Tally:
    """Devices of one kind that one campaign helped to buy, of which the question was due.

    Attributes:
        asked: how many were written to; the others are asked at the desk.
        said: how many times each answer was given; unknown only where the team wrote so.
    """

    campaign_id: int
    title: str
    kind: DeviceKind
    due: int
    asked: int
    said: Mapping[FollowUpAnswer, int]

    @property
    def answered(self) -> int:
        """Of how many it is known what became."""
        return sum(count for answer, count in self.said.items() if answer is not FollowUpAnswer.UNKNOWN)

    @property
    def not_known(self) -> int:
        """Nobody answered yet, or it could not be learned: neither yes nor no."""
        return self.due - self.answered


def tallies(viewer: Account) -> Sequence[Tally]:
    """By campaign, the last first, and kind of device."""
    query = (
        select(
            Campaign.id,
            Campaign.title,
            Redemption.device_kind,
            FollowUp.answer,
            func.count(),
            func.count(FollowUp.asked_at),
        )
        .join(FollowUp.redemption)
        .join(Redemption.voucher)
        .join(Voucher.campaign)
        .where(Redemption.undone_at.is_(None), within(viewer))
        .group_by(Campaign.id, Campaign.title, Redemption.device_kind, FollowUp.answer)
    )
    grouped: dict[tuple[int, str, DeviceKind], list[tuple[FollowUpAnswer | None, int, int]]] = {}
    for campaign_id, title, kind, answer, due, asked in db.session.execute(query):
        if kind is not None:
            grouped.setdefault((campaign_id, title, kind), []).append((answer, due, asked))
    order = list(DeviceKind)
    keys = sorted(grouped, key=lambda key: (-key[0], order.index(key[2])))
    return [_tally(key, grouped[key]) for key in keys]


def _tally(key: tuple[int, str, DeviceKind], rows: Sequence[tuple[FollowUpAnswer | None, int, int]]) -> Tally:
    said = {answer: count for answer, count, _asked in rows if answer is not None}
    return Tally(*key, sum(count for _answer, count, _asked in rows), sum(asked for *_rest, asked in rows), said)
