"""What the pages of the self-assessment send: a question, answers of one person, answers of all from paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from foundation.fields import IntegerField, RadioField
from foundation.i18n import _l, language
from foundation.web import BaseForm, stripped
from workshops.models import SkillMoment, SkillQuestion
from workshops.queries.skills import Answered, Learner
from workshops.rules.pictures import PICTURE_NAMES
from workshops.rules.skills import ABILITIES, LONGEST_TEXT, MOST_PEOPLE, Wording, said

NO_ANSWER = 0
ONE_TO_FOUR = _l("Write 1, 2, 3 or 4, or nothing.")
TRANSLATED = ("en", "ar")


class QuestionForm(BaseForm):
    """One question, its drawing, and the same in other languages."""

    text = StringField(
        _l("What one may be able to do"),
        [InputRequired(_l("Write what one may be able to do.")), Length(max=LONGEST_TEXT)], filters=[stripped],
        description=_l("A few words that begin with a verb, such as “Make a character move”."),
    )  # fmt: skip
    picture = RadioField(_l("Picture"), choices=list(PICTURE_NAMES.items()), default=next(iter(PICTURE_NAMES)))
    text_en = StringField(
        _l("In English"), [Length(max=LONGEST_TEXT)], filters=[stripped], render_kw={"lang": "en", "dir": "ltr"}
    )
    text_ar = StringField(
        _l("In Arabic"), [Length(max=LONGEST_TEXT)], filters=[stripped], render_kw={"lang": "ar", "dir": "rtl"}
    )

    def wording(self) -> Wording:
        """What was typed, for the verb."""
        texts = {code: self._fields[f"text_{code}"].data or "" for code in TRANSLATED}
        return Wording(self.text.data or "", self.picture.data or "", texts)


def of_question(question: SkillQuestion) -> dict[str, str]:
    """What the form of a question begins with."""
    texts = {f"text_{code}": question.translations.get(code, "") for code in TRANSLATED}
    return {"text": question.text, "picture": question.picture, **texts}


class RemoveForm(BaseForm):
    """How many answers whoever removes a question was told of."""

    told = HiddenField(default="0")

    def answers(self) -> int:
        text = self.told.data or "0"
        return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


class AnswersForm(BaseForm):
    """The answers of one person; `q12` is question 12, 0 that nothing is said."""

    moment = HiddenField()

    def values(self) -> dict[int, int | None]:
        """Question → 1 to 4, or None."""
        asked = ((name, field) for name, field in self._fields.items() if name.startswith("q"))
        return {int(name[1:]): field.data or None for name, field in asked}


def answers_form(questions: Sequence[SkillQuestion], moment: SkillMoment, given: Answered) -> AnswersForm:
    """The form for these questions, with what was answered before."""
    offered = [*((int(value), words) for value, words in ABILITIES.items()), (NO_ANSWER, _l("I would rather not say"))]
    fields = {
        f"q{one.id}": RadioField(said(one, language()), [Optional()], coerce=int, choices=offered, default=NO_ANSWER)
        for one in questions
    }
    known = {f"q{one.id}": given.get((one.id, moment), NO_ANSWER) for one in questions}
    kind = cast("type[AnswersForm]", type("AnswersForm", (AnswersForm,), fields))
    return kind(data={**known, "moment": moment.value})


class GridForm(BaseForm):
    """The answers of many people; `a7_12` is the answer of participant 7 to question 12, `shown` what the page showed.

    Only what was changed on the page is sent on: what somebody else wrote meanwhile stays.
    """

    shown = HiddenField()

    def changed(self) -> dict[int, dict[int, int | None]]:
        """Participant → question → 1 to 4, or None where an answer was emptied."""
        before = dict(part.split("=") for part in (self.shown.data or "").split(",") if part.count("=") == 1)
        found: dict[int, dict[int, int | None]] = {}
        for name, field in self._fields.items():
            if name.startswith("a") and str(field.data or "") != before.get(name, ""):
                participant_id, question_id = name[1:].split("_")
                found.setdefault(int(participant_id), {})[int(question_id)] = field.data
        return found


def grid_form(
    learners: Sequence[Learner], questions: Sequence[SkillQuestion], moment: SkillMoment,
    given: Mapping[int, Answered],
) -> GridForm:  # fmt: skip
    """One small field for each person and question."""
    fields: dict[str, Any] = {}
    known: dict[str, int] = {}
    for one in learners:
        for number, question in enumerate(questions, 1):
            name = f"a{one.participant_id}_{question.id}"
            label = f"{one.person.name}, {number}"
            fields[name] = IntegerField(label, [Optional(), NumberRange(1, 4, ONE_TO_FOUR)])
            if value := given.get(one.person.id, {}).get((question.id, moment)):
                known[name] = value
    kind = cast("type[GridForm]", type("GridForm", (GridForm,), fields))
    return kind(data={**known, "shown": ",".join(f"{name}={value}" for name, value in known.items())})


class TallyForm(BaseForm):
    """How many crosses there are in each column; `t12_3` is the third answer to question 12."""

    def counts(self) -> dict[int, list[int]]:
        """Question → how many for each of the four answers."""
        found: dict[int, list[int]] = {}
        for name, field in self._fields.items():
            if name.startswith("t") and "_" in name:
                found.setdefault(int(name[1:].split("_")[0]), []).append(field.data or 0)
        return found


def tally_form(
    questions: Sequence[SkillQuestion], moment: SkillMoment, given: Mapping[tuple[int, SkillMoment], Sequence[int]]
) -> TallyForm:
    """Four small fields for each question."""
    fields: dict[str, Any] = {}
    known: dict[str, int] = {}
    for number, question in enumerate(questions, 1):
        for value, words in ABILITIES.items():
            name = f"t{question.id}_{int(value)}"
            limits = NumberRange(0, MOST_PEOPLE, _l("Write a number from %(min)s to %(max)s."))
            fields[name] = IntegerField(f"{number}, {words}", [Optional(), limits])
            if people := given.get((question.id, moment), ()):
                known[name] = people[value - 1]
    kind = cast("type[TallyForm]", type("TallyForm", (TallyForm,), fields))
    return kind(data={name: people for name, people in known.items() if people})
