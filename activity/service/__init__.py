"""Verbs of records: written, corrected, withdrawn, told of and forgotten."""

from __future__ import annotations

from activity.service import notes  # noqa: F401  # people calls it when somebody asks for their data, or is forgotten
