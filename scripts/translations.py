"""The translations of Parvis as they are read at run time: `python -m scripts.translations` compiles what is newer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scripts.say import give_up

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
LOCALES = ("fr", "ar")


def catalogue(locale: str) -> Path:
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    with catalogue(locale).open("rb") as file:
        return read_po(file, locale=locale)


def stale() -> Iterator[str]:
    """Locales whose compiled catalogue is missing, or older than its source."""
    for locale in LOCALES:
        source, target = catalogue(locale), catalogue(locale).with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            yield locale


def compile_stale() -> None:
    """Write the .mo files that are missing or old."""
    for locale in stale():
        try:
            with catalogue(locale).with_suffix(".mo").open("wb") as file:
                write_mo(file, read(locale))
        except OSError as error:
            give_up(f"The translations can not be compiled in {FOLDER} ({error.strerror}): allow writing there.")


if __name__ == "__main__":
    compile_stale()
