"""Answers of a draft: as the cookie keeps them, as the forms show them, and what they ask for."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from equipment.models import Handing
from equipment.rules.asking import When
from equipment.rules.lending import Wish
from equipment.rules.school_day import EXACT, PARTS
from foundation.fields import given
from foundation.i18n import local
from foundation.period import Period


def as_typed(answers: dict[str, Any]) -> dict[str, Any]:
    """Answers of a draft as the forms show them."""
    found = dict(answers)
    for name in ("day", "last_day", "until"):
        found[name] = date.fromisoformat(answers[name]) if answers.get(name) else None
    for name in ("starts", "ends"):
        found[name] = time.fromisoformat(answers[name]) if answers.get(name) else None
    return found


def of_period(period: Period) -> dict[str, Any]:
    """The time of a loan as the forms show it: a part of the day when it is one."""
    starts, ends = local(period.start), local(period.end)
    hours = (starts.time(), ends.time()) if starts.date() == ends.date() else None
    part = next((one.key for one in PARTS if (one.starts, one.ends) == hours), EXACT)
    return {
        "day": starts.date(),
        "part": part,
        "starts": starts.time() if part == EXACT else None,
        "ends": ends.time() if part == EXACT else None,
        "last_day": ends.date() if ends.date() != starts.date() else None,
    }


def kept(typed: dict[str, Any]) -> dict[str, Any]:
    """What the forms show, as a draft keeps it: what JSON holds, times to the minute."""
    return {name: _kept(value) for name, value in typed.items()}


def when_of(typed: dict[str, Any]) -> When:
    """When a kit is wanted, from answers `as_typed`."""
    left_out = frozenset(date.fromisoformat(one) for one in typed.get("left_out", ()))
    return When(
        day=given(typed.get("day")),
        part=typed.get("part") or EXACT,
        starts=typed.get("starts"),
        ends=typed.get("ends"),
        last_day=typed.get("last_day"),
        every=typed.get("every") or 0,
        until=typed.get("until"),
        in_holidays=bool(typed.get("in_holidays")),
        anyway=bool(typed.get("anyway")),
        left_out=left_out,
    )


def wish_of(answers: dict[str, Any], school_id: int | None, care_home_id: int | None) -> Wish:
    """What the kit is wanted for, from a draft; for the place of the host, whatever their other roles are."""
    return Wish(
        school_id=school_id,
        care_home_id=care_home_id,
        group_label=answers.get("group_label") or "",
        activity=answers.get("activity") or "",
        sheet_url=answers.get("sheet_url") or "",
        units_wanted=answers.get("units_wanted") or 0,
        head_count=answers.get("head_count") or 0,
        outward=Handing(answers.get("outward") or Handing.COLLECTED),
        homeward=Handing(answers.get("homeward") or Handing.COLLECTED),
        contact_phone=answers.get("contact_phone") or "",
    )


def _kept(value: Any) -> Any:
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value
