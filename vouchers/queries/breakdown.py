"""Whom a campaign reached: vouchers by age, by where people lived and by category, as frozen when each was issued."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from foundation.db import db
from places.models import Neighbourhood
from vouchers.models import CardCategory, Voucher


def breakdown(campaign_id: int) -> dict[str, list[dict[str, Any]]]:
    """Ready for JSON: `ages`, `areas`, `categories`, each a list of `key` or `name`, `issued` and `used`.

    Of a lost voucher and the one that replaces it only the last one counts. An area is `inside` a neighbourhood by its
    name, `outside`, or `unknown`.
    """
    return {
        "ages": [{"key": key, **rest} for key, _name, rest in _by(campaign_id, Voucher.age_band)],
        "areas": [
            {"key": key, "name": name or "", **rest}
            for key, name, rest in _by(campaign_id, Voucher.residence, Neighbourhood.name)
        ],
        "categories": [{"key": "", "name": key, **rest} for key, _name, rest in _by(campaign_id, CardCategory.label)],
    }


def _by(campaign_id: int, key: Any, name: Any = None) -> list[tuple[str, str | None, dict[str, int]]]:
    columns: list[ColumnElement[Any]] = [key] if name is None else [key, name]
    replaced = select(Voucher.replaces_id).where(Voucher.replaces_id.is_not(None), Voucher.campaign_id == campaign_id)
    used = func.sum(case((Voucher.first_used_at.is_not(None), 1), else_=0))
    query = (
        select(key, *(columns[1:]), func.count(), used)
        .select_from(Voucher)
        .join(CardCategory, CardCategory.id == Voucher.category_id)
        .outerjoin(Neighbourhood, Neighbourhood.id == Voucher.neighbourhood_id)
        .where(Voucher.campaign_id == campaign_id, Voucher.id.not_in(replaced))
        .group_by(*columns)
        .order_by(*columns)
    )
    return [
        (str(row[0]), row[1] if name is not None else None, {"issued": int(row[-2]), "used": int(row[-1])})
        for row in db.session.execute(query)
    ]
