"""What is sent to publish a report, to revise one, and to have one sent again and again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import uuid4

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from foundation.fields import SelectField, offered
from foundation.i18n import _, _l
from foundation.web import BaseForm
from reach.models import ReportKind
from reach.queries.choices import Choices
from reach.rules import periods
from reach.rules.dimensions import Value
from reach.rules.periods import Span
from reach.rules.reporting import LANGUAGES, NOTE_LENGTH, Wanted

KINDS = {
    ReportKind.YEAR: _l("Yearly report of the territory"),
    ReportKind.QUARTER: _l("Quarterly report of the territory"),
    ReportKind.NEIGHBOURHOOD: _l("Sheet of a neighbourhood"),
    ReportKind.STRUCTURE: _l("Sheet of a structure"),
}
TONGUES = dict(zip(LANGUAGES, (_l("French"), _l("English")), strict=True))
NOBODY = ""
OF_TERRITORY = frozenset({ReportKind.YEAR.value, ReportKind.QUARTER.value})


class _AboutForm(BaseForm):
    """`subject` is `neighbourhood:3` or `structure:2`; empty for the whole territory."""

    kind = SelectField(_l("What"), choices=[(one.value, words) for one, words in KINDS.items()])
    subject = SelectField(_l("Neighbourhood or structure, for a sheet"))
    language = SelectField(_l("Language"), choices=list(TONGUES.items()))

    def offer(self, known: Choices, receiving: Collection[Value]) -> None:
        """Subjects to choose from; of structures those alone that receive people, of which there is something to tell.

        Args:
            receiving: ids of these.
        """
        self.subject.choices = offered(
            [
                (NOBODY, _l("The whole territory")),
                *((f"{ReportKind.NEIGHBOURHOOD.value}:{one}", name) for one, name in known.neighbourhoods),
                *((f"{ReportKind.STRUCTURE.value}:{one}", name) for one, name in known.structures if one in receiving),
            ]
        )

    def validate_subject(self, field: SelectField) -> None:
        """A report of the territory with a neighbourhood chosen would leave it out, and nobody would know.

        Raises: ValidationError
        """
        if field.data and self.kind.data in OF_TERRITORY:
            raise ValidationError(_("Choose the sheet of it, or the whole territory."))

    @property
    def subject_id(self) -> int | None:
        """Of what the sheet is; None where it is of nothing, or of something of another kind."""
        of, _colon, number = (self.subject.data or NOBODY).partition(":")
        return int(number) if of == self.kind.data else None


class ReportForm(_AboutForm):
    """A report of a period."""

    span = SelectField(
        _l("Period"),
        validators=[InputRequired()],
        description=_l("A period that is not over can be looked at, and published once it is."),
    )
    request_key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])

    def offer_spans(self, spans: Iterable[Span], today: date) -> None:
        """Periods to choose from; of those that are not over on `today`, it is said."""
        self.span.choices = offered(
            [
                (
                    periods.written(one),
                    periods.said(one) if one.last < today else _("%(period)s (not over)", period=periods.said(one)),
                )
                for one in spans
            ]
        )

    @property
    def wanted(self) -> Wanted:
        """Raises: UnreadablePeriod"""
        return Wanted(ReportKind(self.kind.data), periods.read(self.span.data), self.language.data, self.subject_id)


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
