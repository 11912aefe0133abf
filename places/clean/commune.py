"""Names of communes, written as INSEE writes them."""

from __future__ import annotations

import re

from places.clean.text import one_line

_CEDEX = re.compile(r"\s+cedex\b.*$", re.IGNORECASE)
_DISTRICT = re.compile(r"\s+(\d{1,2}\s*(er|ère|ere|e|è|ème|eme)?(\s+arrondissement)?|\d{1,2})$", re.IGNORECASE)
_SAINT = re.compile(r"(?<![^\s-])(st|ste)(?=[\s-])", re.IGNORECASE)
_AFTER_APOSTROPHE = re.compile(r"(?<=['’])\s+")
_ARTICLE = re.compile(r"^(le|la|les)\s+", re.IGNORECASE)
_LINKS = {"a", "à", "au", "aux", "d", "de", "des", "du", "en", "ès", "et", "l", "la", "le", "les", "lès", "lez"}
_LINKS |= {"sous", "sur"}


def clean_commune(name: str) -> str:
    """The name without CEDEX nor district, `St` in full, hyphens between words, capitals in their place.

    An article that opens a name keeps its space, as in the official code: `Le Havre`, `La Roche-sur-Yon`.
    """
    name = _CEDEX.sub("", one_line(name))
    name = _DISTRICT.sub("", name)
    name = _AFTER_APOSTROPHE.sub("", name)
    name = _SAINT.sub(lambda found: "Saint" if len(found.group()) == 2 else "Sainte", name)
    if name.isupper() or name.islower():
        name = _capitals(name)
    article = _ARTICLE.match(name)
    head, rest = (article.group(1).capitalize() + " ", name[article.end() :]) if article else ("", name)
    rest = re.sub(r"\s*[\s-]\s*", "-", rest.strip())
    return head + _links_lowered(rest[:1].upper() + rest[1:])


def _capitals(name: str) -> str:
    """Every word with a capital; what links words is lowered afterwards."""
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)


def _links_lowered(name: str) -> str:
    """`Gonfreville-L'Orcher` is `Gonfreville-l'Orcher`; the first word keeps its capital."""

    def lowered(word: re.Match[str]) -> str:
        return word.group().lower() if word.group().lower() in _LINKS else word.group()

    return re.sub(r"(?<=-)[^\W\d_]+(?=['’-])", lowered, name)
