"""How far people came, by what they think of themselves before and after; only who answered twice is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from people.models import Person
from workshops.models import SkillMoment

Answers = Mapping[tuple[int, SkillMoment], int]
"""(question, before or after) → 1 (not at all) to 4 (without help), of one person."""


@dataclass(frozen=True)
class Change:
    """What some answers say together.

    Attributes:
        answered_before, answered_after: how many answered at all.
        count: how many answered both times; all that follows is about them.
        before, after: means, from 1 to 4; None when nobody answered both times.
    """

    answered_before: int
    answered_after: int
    count: int
    before: float | None
    after: float | None
    grew: int
    stayed: int
    fell: int


@dataclass(frozen=True)
class QuestionProgress(Change):
    """One question of a programme; `text` is French, `number` its place from 1 on."""

    number: int
    text: str
    picture: str


@dataclass(frozen=True)
class PersonProgress:
    """One person.

    Attributes:
        pairs: (before, after) of each question in order, None where they did not answer.
        before, after: means of the questions answered both times; else of those answered the one time.
    """

    person: Person
    pairs: Sequence[tuple[int | None, int | None]]
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Counted:
    """What people whom nobody names crossed for one question: how many each of the four answers, from *not at all* on.

    Nobody knows who of before is who of after: only these counts and their means can be told.
    """

    number: int
    text: str
    before: Sequence[int]
    after: Sequence[int]

    @property
    def mean_before(self) -> float | None:
        return _mean(self.before)

    @property
    def mean_after(self) -> float | None:
        return _mean(self.after)


def _mean(people: Sequence[int]) -> float | None:
    return sum(value * count for value, count in enumerate(people, 1)) / sum(people) if sum(people) else None


@dataclass(frozen=True)
class Progress:
    """A whole programme. In `whole` each person counts once, with the mean of what they answered both times."""

    rows: Sequence[QuestionProgress]
    people: Sequence[PersonProgress]
    whole: Change
    counted: Sequence[Counted] = ()

    @property
    def answered(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.whole.answered_before or self.whole.answered_after or self.counted)


def compared(before: Iterable[float | None], after: Iterable[float | None]) -> Change:
    """What two answers of some people say, in the same order; None: not answered."""
    asked = list(zip(before, after, strict=True))
    pairs = [(first, last) for first, last in asked if first is not None and last is not None]
    return Change(
        answered_before=sum(first is not None for first, _last in asked),
        answered_after=sum(last is not None for _first, last in asked),
        count=len(pairs),
        before=fmean(first for first, _last in pairs) if pairs else None,
        after=fmean(last for _first, last in pairs) if pairs else None,
        grew=sum(last > first for first, last in pairs),
        stayed=sum(last == first for first, last in pairs),
        fell=sum(last < first for first, last in pairs),
    )


def pairs_of(answers: Answers, question_ids: Sequence[int]) -> list[tuple[int | None, int | None]]:
    """(before, after) of each question."""
    return [(answers.get((id_, SkillMoment.BEFORE)), answers.get((id_, SkillMoment.AFTER))) for id_ in question_ids]


def whole_of(pairs: Sequence[tuple[int | None, int | None]]) -> tuple[float | None, float | None]:
    """The means of one person: of what they answered both times; else of what they answered the one time."""
    both = [(first, last) for first, last in pairs if first is not None and last is not None]
    if both:
        return fmean(first for first, _last in both), fmean(last for _first, last in both)
    before = [first for first, _last in pairs if first is not None]
    after = [last for _first, last in pairs if last is not None]
    return (fmean(before), None) if before else (None, fmean(after) if after else None)
