"""The self-assessment of a programme: its questions, the four answers, and when which of the two moments is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l, ngettext
from foundation.period import Period
from workshops.models import SkillMoment, SkillQuestion
from workshops.rules.pictures import PICTURES

MOST_QUESTIONS = 5
LONGEST_TEXT = 160
MOST_PEOPLE = 500
ASKED_AFTERWARDS = timedelta(days=30)
TIME_TO_ANSWER = timedelta(hours=2)


class Ability(IntEnum):
    """What somebody answers; the same four everywhere, on screen and on paper."""

    NOT_AT_ALL = 1
    WITH_HELP = 2
    ALMOST_ALONE = 3
    ALONE = 4


ABILITIES = {
    Ability.NOT_AT_ALL: _l("Not at all"),
    Ability.WITH_HELP: _l("With help"),
    Ability.ALMOST_ALONE: _l("With a little help"),
    Ability.ALONE: _l("Without help"),
}
MOMENTS = {SkillMoment.BEFORE: _l("Before the workshop"), SkillMoment.AFTER: _l("After the workshop")}


@dataclass(frozen=True)
class Wording:
    """A question as the staff write it: French text, a drawing of the set, and the text in other languages."""

    text: str
    picture: str
    translations: Mapping[str, str] = field(default_factory=dict)


class NoText(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what one may be able to do."), "text")


class NoSuchPicture(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose one of the pictures."), "picture")


class EnoughQuestions(Refused):
    """Five are as many as somebody answers gladly."""

    def __init__(self) -> None:
        super().__init__(_l("There are five questions already. Remove one first."))


class NoSuchQuestion(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This question was removed meanwhile."))


class AskedAlready(Conflict):
    """Suggestions are for a programme that asks nothing yet."""

    def __init__(self) -> None:
        super().__init__(_l("This programme has questions already. Change them one by one."))


class AnswersWouldGo(Conflict):
    """More answers would be erased than whoever removes the question was told."""

    def __init__(self, answers: int) -> None:
        super().__init__(
            ngettext(
                "Meanwhile there is %(num)s answer to this question. It would be erased too.",
                "Meanwhile there are %(num)s answers to this question. They would be erased too.",
                answers,
            )
        )


class NoSuchAnswer(Refused):
    def __init__(self) -> None:
        super().__init__(_l("An answer is a number from 1 to 4."))


class NotAsked(Conflict):
    """Nobody is asked at this time, or this registration does not stand."""

    def __init__(self) -> None:
        super().__init__(_l("These questions are not asked at the moment. What you answered before is kept."))


def check_wording(wording: Wording) -> None:
    """Refuse a question that nobody could read, or that holds what must not be kept.

    Raises:
        NoText, NoSuchPicture, and what `check_text` raises
    """
    if not 0 < len(wording.text.strip()) <= LONGEST_TEXT:
        raise NoText
    if wording.picture not in PICTURES:
        raise NoSuchPicture
    for text in (wording.text, *wording.translations.values()):
        check_text(text, "text")


def check_room(existing: int) -> None:
    """Raises: EnoughQuestions"""
    if existing >= MOST_QUESTIONS:
        raise EnoughQuestions


def said(question: SkillQuestion, locale: str) -> str:
    """The question in the reader's language; French when nobody translated it."""
    return question.translations.get(locale) or question.text


def moment_of(sessions: Sequence[Period], now: datetime) -> SkillMoment | None:
    """Which moment is asked for now, of whoever comes to these sessions.

    *Before* until two hours after the first session (halfway through it when there is no other), for people answer on
    the spot; *after* from the beginning of the last one, for 30 days. In between nobody is asked.
    """
    if not sessions:
        return None
    ordered = sorted(sessions)
    first, last = ordered[0], ordered[-1]
    begun = min(first.end + TIME_TO_ANSWER, last.start) if len(ordered) > 1 else first.start + first.length / 2
    if now < begun:
        return SkillMoment.BEFORE
    asks_again = last.start if len(ordered) > 1 else begun
    return SkillMoment.AFTER if asks_again <= now < last.end + ASKED_AFTERWARDS else None


def likely_moment(sessions: Sequence[Period], now: datetime) -> SkillMoment:
    """Which moment the staff most likely write down: *before* until the last session begins."""
    asked = moment_of(sessions, now)
    if asked is not None:
        return asked
    return SkillMoment.AFTER if sessions and now >= max(sessions).start else SkillMoment.BEFORE
