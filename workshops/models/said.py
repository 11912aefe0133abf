"""Texts that the public reads: French in columns, other languages beside them, where somebody translated them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column


class Said:
    """`translations`: language → name of the column → text; empty texts and languages are left out."""

    translations: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)

    def said(self, field: str, locale: str) -> str:
        """That text in the reader's language; French when nobody translated it."""
        return self.translated(field, locale) or str(getattr(self, field))

    def translated(self, field: str, locale: str) -> str:
        """That text in this language if somebody translated it; else it is empty."""
        texts: dict[str, Any] = (self.translations or {}).get(locale) or {}
        return str(texts.get(field) or "")
