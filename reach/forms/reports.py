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


class _AboutForm(BaseForm):
    """`subject` is `neighbourhood:3` or `structure:2`; empty for the whole territory."""

    kind = SelectField(_l("What"), choices=[(one.value, words) for one, words in KINDS.items()])
    subject = SelectField(_l("Neighbourhood or structure, for a sheet"))
    language = SelectField(_l("Language"), choices=list(TONGUES.items()))

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
    def subject_id(self) -> int | None:
        """Of what the sheet is; None where it is of nothing, or of something of another kind."""
        of, _colon, number = (self.subject.data or NOBODY).partition(":")
        return int(number) if of == self.kind.data else None


class ReportForm(_AboutForm):
    """A report of a period."""

    span = StringField(
        _l("Period"),
        validators=[InputRequired(), Length(max=40)],
        description=_l("A year (2026), a quarter (2026-T3), a month (2026-11), or two days (2026-09-01_2027-07-05)."),
    )
    request_key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])

    @property
    def wanted(self) -> Wanted:
        """Raises: UnreadablePeriod"""
        span = periods.read((self.span.data or "").strip())
        return Wanted(ReportKind(self.kind.data), span, self.language.data, self.subject_id)


class RevisionForm(BaseForm):
    note = TextAreaField(
        _l("What was corrected"),
        validators=[Length(max=NOTE_LENGTH)],
        description=_l("Readers of the first version see this sentence."),
    )


class ScheduleForm(_AboutForm):
    """A report that is sent after each quarter or year."""

    recipients = TextAreaField(
        _l("Recipients"), validators=[InputRequired()], description=_l("One e-mail address on each line.")
    )
