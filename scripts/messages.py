"""Every message that Parvis says, from the code into the catalogues of translators: `python -m scripts.messages`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po

import app  # noqa: F401  With it come all tables, and what each personal column is for.
from foundation.db import Base
from foundation.privacy import register
from scripts.say import say
from scripts.translations import LOCALES, ROOT, catalogue, compile_stale, read

NOT_OURS = {"var", "tests", "bench", "scripts", "docs", "migrations", "node_modules"}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "_": None, "_l": None}
HEADER = "# PROJECT, in LANGUAGE.\n# The same licence as Parvis: AGPL-3.0-or-later."


def extracted() -> Catalog:
    """Every message, with the files that say it; the privacy page reads the models' declarations aloud."""
    found = Catalog(project="Parvis", charset="utf-8", fuzzy=False)
    for file, line, message, comments, context in said():
        found.add(message, None, [(file, line)], auto_comments=comments, context=context)
    for table, column, declared in register(Base.metadata):
        for message in (readable(table), readable(column), declared.purpose, declared.kept):
            found.add(message, None, [(f"privacy/{table}", 1)])
    return found


def said() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    """File, line, message (a tuple of singular and plural), comments for translators and context of each that is said.

    https://babel.pocoo.org/en/latest/api/messages/extract.html
    """
    yield from extract_from_dir(
        str(ROOT), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",), directory_filter=_is_ours
    )


def readable(name: str) -> str:
    """`given_name` as the words that the privacy page translates."""
    return name.removesuffix("_id").replace("_", " ")


def _is_ours(folder: str | Path) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in NOT_OURS


def is_translated(string: str | Sequence[str] | None) -> bool:
    """Whether a message has its text, and each of its plural forms."""
    return bool(string) and all(string or ())


def update() -> None:
    """Bring each catalogue to the messages of the code: new ones empty, gone ones out, nothing guessed."""
    template = extracted()
    for locale in LOCALES:
        known = read(locale)
        known.header_comment = HEADER.replace("LANGUAGE", locale)
        known.update(template, no_fuzzy_matching=True, update_creation_date=False)
        known.obsolete.clear()
        with catalogue(locale).open("wb") as file:
            write_po(file, known, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)
        empty = [message.id for message in known if message.id and not is_translated(message.string)]
        say(f"{locale}: {len(known)} messages, {len(empty)} to translate in {catalogue(locale).relative_to(ROOT)}")


def main() -> None:
    update()
    compile_stale()


if __name__ == "__main__":
    main()
