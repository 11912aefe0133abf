"""What is sent to publish a report, to revise one, and to have one sent again and again."""

from __future__ import annotations

from uuid import uuid4

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from foundation.fields import SelectField, offered
from foundation.i18n import _l
from foundation.web import BaseForm
from reach.models import ReportKind
from reach.queries.choices import Choices
from reach.rules import periods
from reach.rules.reporting import LANGUAGES, NOTE_LENGTH, Wanted

KINDS = {
    ReportKind.YEAR: _l("Yearly report of the territory"),
    ReportKind.QUARTER: _l("Quarterly report of the territory"),
    ReportKind.NEIGHBOURHOOD: _l("Sheet of a neighbourhood"),
    ReportKind.STRUCTURE: _l("Sheet of a structure"),
}
TONGUES = dict(zip(LANGUAGES, (_l("French"), _l("English")), strict=True))
NOBODY = ""


class ReportForm(BaseForm):
    """`subject` is `neighbourhood:3` or `structure:2`; empty for the whole territory."""

    kind = SelectField(_l("What"), choices=[(one.value, words) for one, words in KINDS.items()])
    span = StringField(
        _l("Period"),
        validators=[InputRequired(), Length(max=40)],
        description=_l("A year (2026), a quarter (2026-T3), a month (2026-11), or two days (2026-09-01_2027-07-05)."),
    )
    subject = SelectField(_l("Neighbourhood or structure, for a sheet"))
    language = SelectField(_l("Language"), choices=list(TONGUES.items()))
    request_key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])

    def offer(self, known: Choices) -> None:
        """Subjects to choose from."""
        self.subject.choices = offered(
            [
                (NOBODY, _l("The whole territory")),
                *((f"{ReportKind.NEIGHBOURHOOD.value}:{one}", name) for one, name in known.neighbourhoods),
                *((f"{ReportKind.STRUCTURE.value}:{one}", name) for one, name in known.structures),
            ]
        )

    @property
    def wanted(self) -> Wanted:
        """Raises: UnreadablePeriod"""
        kind = ReportKind(self.kind.data)
        of, _colon, number = (self.subject.data or NOBODY).partition(":")
        subject = int(number) if of == kind.value else None
        return Wanted(kind, periods.read((self.span.data or "").strip()), self.language.data, subject)


class RevisionForm(BaseForm):
    note = TextAreaField(
        _l("What was corrected"),
        validators=[Length(max=NOTE_LENGTH)],
        description=_l("Readers of the first version see this sentence."),
    )
