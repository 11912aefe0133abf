"""Papers of workshops for the staff: the sheet to sign, certificates, lists, the report to a home."""

from __future__ import annotations

from workshops.views.papers import attendance_sheet, certificates, lists, report
from workshops.views.papers.blueprint import bp

__all__ = ["attendance_sheet", "bp", "certificates", "lists", "report"]
