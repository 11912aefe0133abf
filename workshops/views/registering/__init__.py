"""The pages on which residents register for a workshop, and find, answer or cancel it."""

from __future__ import annotations

from workshops.views.registering import (
    answering,
    documents,
    helped,
    mine,
    not_open,
    other_date,
    papers,
    skills,
    voucher,
)
from workshops.views.registering.blueprint import bp

__all__ = ["answering", "bp", "documents", "helped", "mine", "not_open", "other_date", "papers", "skills", "voucher"]
