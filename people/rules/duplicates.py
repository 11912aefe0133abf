"""Whether two records may be of one resident: how sure, and why, said in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from people.rules.names import PARTICLES, PREFIXES, distance, sound, words

WORTH_SHOWING = 50
"""Under this, showing the record would teach people to press on without looking."""
LONG_NAME = 6
YEARS_APART = 1


class Reason(StrEnum):
    """Why a record is shown before a new one is made."""

    SAME_PHONE_AND_NAME = "same_phone_and_name"
    SAME_NAME_AND_YEAR = "same_name_and_year"
    SAME_NAME = "same_name"
    CLOSE_NAME_AND_YEAR = "close_name_and_year"
    CLOSE_NAME = "close_name"
    SAME_PHONE = "same_phone"


class Nearness(StrEnum):
    SAME = "same"
    CLOSE = "close"
    FAR = "far"


@dataclass(frozen=True)
class Traits:
    """What two records are compared by. Phone is E.164; None is not known."""

    given_name: str
    family_name: str
    birth_year: int | None = None
    phone: str | None = None


@dataclass(frozen=True, order=True)
class Likeness:
    """How sure (0 to 100), and why."""

    score: int
    reason: Reason


def likeness(new: Traits, known: Traits) -> Likeness | None:
    """How much `new` looks like the same resident as `known`; None when it is not worth showing.

    Years of birth that are more than one apart are two people (a father and a son share a name), unless the
    telephone is the same too.
    """
    name = compare_names(new, known)
    phone = new.phone is not None and new.phone == known.phone
    contradict = years_contradict(new.birth_year, known.birth_year)
    if phone and name is not Nearness.FAR:
        return Likeness(60 if contradict else 95, Reason.SAME_PHONE_AND_NAME)
    if name is not Nearness.FAR and not contradict:
        return _by_name(name, _years_apart(new.birth_year, known.birth_year))
    return Likeness(55, Reason.SAME_PHONE) if phone else None


def _by_name(name: Nearness, years: int | None) -> Likeness:
    if name is Nearness.SAME:
        if years is None:
            return Likeness(75, Reason.SAME_NAME)
        return Likeness(90 if years == 0 else 70, Reason.SAME_NAME_AND_YEAR if years == 0 else Reason.SAME_NAME)
    if years == 0:
        return Likeness(70, Reason.CLOSE_NAME_AND_YEAR)
    return Likeness(52 if years is None else 50, Reason.CLOSE_NAME)


def _years_apart(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else abs(left - right)


def years_contradict(left: int | None, right: int | None) -> bool:
    """Whether two years of birth are of two people; an unknown one is of anybody."""
    apart = _years_apart(left, right)
    return apart is not None and apart > YEARS_APART


def compare_names(left: Traits, right: Traits) -> Nearness:
    """Whether two names are the same, spelled nearly the same, or two names. Order does not count.

    Somebody known by one name only is near nobody but those with that name only, or with the same number.
    """
    if not _joined(left).isdisjoint(_joined(right)):
        return Nearness.SAME
    pairs = [(ours, theirs) for ours in _pieces(left) for theirs in _pieces(right) if ours and theirs]
    if any(sorted(ours) == sorted(theirs) for ours, theirs in pairs):
        return Nearness.SAME
    return Nearness.CLOSE if any(_close(ours, theirs) for ours, theirs in pairs) else Nearness.FAR


def _pieces(traits: Traits) -> list[list[str]]:
    """The pieces of a name that weigh something: without its particles, and with each joined to what follows it."""
    pieces = [*words(traits.given_name), *words(traits.family_name)]
    bare = [piece for piece in pieces if piece not in PARTICLES] or pieces
    joined, run = [], ""
    for piece in pieces:
        run += piece
        if piece not in PREFIXES:
            joined.append(run)
            run = ""
    return [bare, [*joined, run] if run else joined]


def _joined(traits: Traits) -> set[str]:
    """The whole name in one word, either name first: where a name is parted does not count."""
    given, family = "".join(words(traits.given_name)), "".join(words(traits.family_name))
    return {given + family, family + given} - {""}


def _close(ours: list[str], theirs: list[str]) -> bool:
    fewer, more = sorted((ours, theirs), key=len)
    return (len(fewer) > 1 or len(more) == 1) and _each_matched(fewer, more)


def _each_matched(fewer: list[str], more: list[str]) -> bool:
    """Whether each piece of the shorter name is spelled or sounds like a piece of the other, taken once."""
    left = list(more)
    for piece in fewer:
        match = piece if piece in left else next((other for other in left if alike(piece, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def alike(left: str, right: str) -> bool:
    """Whether two words are one name: one slip (two in a long word), or the same sound."""
    if left[:1] == right[:1] and sound(left) == sound(right):
        return True
    shortest = min(len(left), len(right))
    slips = 0 if shortest <= 2 else 2 if shortest >= LONG_NAME else 1
    return abs(len(left) - len(right)) <= slips and distance(left, right) <= slips
