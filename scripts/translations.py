"""The translations of Parvis: from the code to the catalogues, and from the catalogues to what is read at run time.

python -m scripts.translations compile    the .mo files, when a .po is newer
python -m scripts.translations update     new messages of the code into each .po, gone ones out of it
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scripts.say import give_up, say

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
LOCALES = ("fr", "ar")
NOT_OURS = {".venv", "var", "tests", "bench", "scripts", "docs", "migrations", "node_modules"}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "_": None, "_l": None, "ngettext": (1, 2)}


def catalogue(locale: str) -> Path:
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Every message that the code asks for, with the files that do."""
    found = Catalog(project="Parvis", charset="utf-8", fuzzy=False)
    rows = extract_from_dir(
        str(ROOT), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",), directory_filter=_is_ours
    )
    for file, line, message, comments, context in rows:
        found.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return found


def _is_ours(folder: str | Path) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in NOT_OURS


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
    for locale in stale():
        try:
            with catalogue(locale).with_suffix(".mo").open("wb") as file:
                write_mo(file, read(locale))
        except OSError as error:
            give_up(f"The translations can not be compiled in {FOLDER} ({error.strerror}): allow writing there.")


def update() -> None:
    """Bring each catalogue to the messages of the code: new ones empty, gone ones out, nothing guessed."""
    template = extracted()
    for locale in LOCALES:
        known = read(locale)
        known.update(template, no_fuzzy_matching=True, update_creation_date=False)
        known.obsolete.clear()
        with catalogue(locale).open("wb") as file:
            write_po(file, known, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)
        empty = [message.id for message in known if message.id and not is_translated(message.string)]
        say(f"{locale}: {len(known)} messages, {len(empty)} to translate in {catalogue(locale).relative_to(ROOT)}")


def is_translated(string: str | Sequence[str] | None) -> bool:
    """Whether a message has its text, and each of its plural forms."""
    return bool(string) and all(string or ())


def main() -> None:
    match sys.argv[1:]:
        case ["compile"]:
            compile_stale()
        case ["update"]:
            update()
            compile_stale()
        case _:
            give_up("Say what to do: compile, or update.")


if __name__ == "__main__":
    main()
