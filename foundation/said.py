"""Texts that residents read: French in columns, other languages beside them, where somebody translated them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup
from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import Field

from foundation.forbidden import check_text
from foundation.i18n import language

TRANSLATED_INTO = ("en", "ar")
"""Beside French, which is in the columns."""
ENGLISH = {"lang": "en", "dir": "ltr"}
ARABIC = {"lang": "ar", "dir": "rtl"}
"""What a field says to the browser of the language that is written into it."""

Translations = Mapping[str, Mapping[str, str]]


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

    def untranslated(self, names: Iterable[str], locale: str) -> list[str]:
        """Which of these texts readers of that language get in French; what is empty is missed by nobody."""
        return [name for name in names if getattr(self, name) and not self.translated(name, locale)]


def check_translations(translations: Translations) -> None:
    """Raises: what `foundation.forbidden.check_text` raises, with the name of the field and its language"""
    for locale, texts in translations.items():
        for name, text in texts.items():
            check_text(text, f"{name}_{locale}")


def told(translations: Translations, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The translations of these columns, without empty texts and languages."""
    known = set(names)
    kept = {
        locale: {name: text.strip() for name, text in texts.items() if name in known and text.strip()}
        for locale, texts in translations.items()
        if locale in TRANSLATED_INTO
    }
    return {locale: texts for locale, texts in kept.items() if texts}


def in_fields(translations: Translations, names: Iterable[str]) -> dict[str, str]:
    """By name of a form's field, `title_en` and the like, what it shows."""
    return {f"{name}_{one}": translations.get(one, {}).get(name, "") for name in names for one in TRANSLATED_INTO}


def typed(fields: Mapping[str, Field], names: Iterable[str]) -> dict[str, dict[str, str]]:
    """What a form with these fields sends: by language, then by name, for `told`."""
    return {one: {name: fields[f"{name}_{one}"].data or "" for name in names} for one in TRANSLATED_INTO}


def in_reader_language(row: Said, field: str) -> bool:
    """Whether that text is in the language of the page; French is what there is otherwise."""
    return language() == "fr" or bool(row.translated(field, language()))


def french_if(row: Said, field: str) -> Markup:
    """Attributes of what holds that text: nothing, or that it is French where nobody translated it."""
    return Markup("") if in_reader_language(row, field) else Markup(' lang="fr" dir="ltr"')
