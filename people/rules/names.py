"""Names as they are compared: without accents, hyphens, apostrophes or order, and by how they sound in French."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

PARTICLES = frozenset({"d", "de", "del", "der", "des", "di", "do", "du", "l", "la", "le", "les", "van", "von", "y"})
"""Left out of a search when anything else was typed: `de la Tour` is found by `tour`."""
PREFIXES = PARTICLES | {"abd", "abou", "ait", "al", "bel", "ben", "bin", "bou", "el", "mac", "mc", "saint", "sainte"}
"""Written apart or joined, it is the same name: `Ben Ali` and `Benali`, `Le Goff` and `Legoff`."""
SAME = {"st": "saint", "ste": "sainte"}
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ı": "i"})
SHORTEST_REST = 3
LONGEST_TOKEN = 40
MOST_TOKENS = 12


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case without accents; letters and digits of any script, words parted by one space."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return " ".join(re.findall(r"[^\W_]+", kept))


def words(text: str) -> list[str]:
    """The pieces of a name in their order: `Jean-Luc d’Été` gives `jean luc d ete`."""
    return [SAME.get(word, word)[:LONGEST_TOKEN] for word in plain(text).split()[:MOST_TOKENS]]


def search_key(given_name: str, family_name: str) -> str:
    """`family given`, as lists are ordered and whole names compared."""
    return " ".join([*words(family_name), *words(given_name)])[:170]


def tokens(name: str) -> set[str]:
    """All that somebody may type to find `name`: each piece, and pieces that are written joined or apart.

    `Jean-Luc de La Tour` also gives `jeanluc`, `latour` and `delatour`; `Benali` also gives `ali`.
    """
    found = set(words(name))
    for part in re.split(r"\s+", name):
        found.update(accumulate(words(part)))
    found.update(_joined(words(name)))
    found.update(rest for word in found.copy() for rest in _apart(word))
    return {token[:LONGEST_TOKEN] for token in found}


def _joined(pieces: list[str]) -> set[str]:
    """Runs of prefixes with the word that follows them, from each start."""
    found = set()
    for start, piece in enumerate(pieces):
        run, last = piece, piece
        for following in pieces[start + 1 :]:
            if last not in PREFIXES:
                break
            run, last = run + following, following
            found.add(run)
    return found


def _apart(word: str) -> list[str]:
    """What stays of `word` when a prefix of two letters or more is taken for one: `ali` of `benali`."""
    return [
        word.removeprefix(prefix)
        for prefix in PREFIXES
        if len(prefix) >= 2 and word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_REST
    ]


def wanted(query: str) -> list[str]:
    """The words of a search that must each begin a token of the person: particles only when nothing else is."""
    typed = words(query)
    weighty = [word for word in typed if word not in PARTICLES]
    return list(dict.fromkeys(weighty or typed))


def whole_name_keys(query: str) -> list[str]:
    """Search keys of people called exactly as typed, wherever the given name ends and the family name begins."""
    typed = words(query)
    return [" ".join([*typed[at:], *typed[:at]]) for at in range(max(len(typed), 1))]


_NASAL = "(?![aeiouymn])"
_SPELLINGS = (
    ("ph", "f"),
    ("bv", "v"),
    ("(?<=n)coi", "soi"),
    ("(?<=.)(aux|eaux|aut|eau|au)", "o"),
    ("^(eau|au)", "o"),
    ("oeu|oe", "e"),
    ("ou|w", "u"),
    (f"(ain|ein|in|im|yn|ym){_NASAL}", "1"),
    (f"(an|am|en|em){_NASAL}", "2"),
    (f"(on|om){_NASAL}", "3"),
    ("ai|ay|ei|ey|et$|ez$|er$", "e"),
    ("y", "i"),
    ("gu(?=[ei])", "g"),
    ("g(?=[ei])", "j"),
    ("sch|sh|ch", "8"),
    ("c(?=[ei])", "s"),
    ("ck|qu|q|c|kh", "k"),
    ("x|z|ss", "s"),
    ("gn", "ni"),
    ("h", ""),
    (r"(.)\1+", r"\1"),
    ("[stdxpe]+$", ""),
)
_SOUNDS = [(re.compile(pattern), replacement) for pattern, replacement in _SPELLINGS]


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """What `word` sounds like to a French ear, roughly; equal for usual spellings of one name.

    Words of other scripts, and those that nothing stays of, are their own sound.
    """
    text = word
    for pattern, replacement in _SOUNDS:
        text = pattern.sub(replacement, text)
    return text or word


def sounds(name: str) -> set[str]:
    """Sounds of the pieces of a name that weigh something, and of names written joined."""
    pieces = words(name)
    weighty = [piece for piece in pieces if piece not in PARTICLES] or pieces
    return {sound(piece) for piece in [*weighty, *_joined(pieces)]}


def distance(left: str, right: str) -> int:
    """Number of letters to add, drop, change, or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            best = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            current.append(best)
        before, previous = previous, current
    return previous[-1]
