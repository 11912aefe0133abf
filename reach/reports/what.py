"""What was done: month by month, how and by whom, and what each service of the programme gave."""

from __future__ import annotations

from collections.abc import Sequence

from activity.models import Theme
from activity.rules.labels import THEMES
from foundation.i18n import _
from reach.drawing.bars import Bar, Bars, draw_bars
from reach.drawing.lines import draw_months
from reach.drawing.paper import SHEET
from reach.queries.feature_figures import THEME
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, euros, hours, told
from reach.reports.who import chart, write_split
from reach.rules import periods, publishing
from reach.rules.amounts import written
from reach.rules.dimensions import Dimension
from reach.rules.indicators import Unit
from reach.rules.publishing import MEANING

WIDTHS = (0.6, 0.2, 0.2)
Pair = tuple[str, str, str]


def write_activity(paper: ReportPaper, reading: Reading) -> None:
    """Months, channels, structures, themes."""
    paper.heading(_("Month by month"), least=330)
    paper.drawing(draw_months(chart(reading, "contacts", Dimension.MONTH), SHEET))
    for dimension in (Dimension.CHANNEL, Dimension.STRUCTURE, Dimension.PLACE_NEIGHBOURHOOD):
        write_split(paper, reading, "contacts", dimension)
    paper.say(str(MEANING), small=True)
    paper.heading(_("What for"), least=330)
    paper.say(
        _("Contacts by theme. One contact may have several themes, so that the bars add up to more than the total.")
    )
    paper.drawing(draw_bars(themes(reading), SHEET))


def themes(reading: Reading) -> Bars:
    """Most frequent first, as far as that is told."""
    counts = {theme: reading.count(f"{THEME}{theme.value}") for theme in Theme}
    order = publishing.ordered(counts, lambda theme: str(THEMES[theme]))
    return Bars(
        title=_("Contacts by theme"),
        measure=_("Contacts whose record names the theme"),
        rows=[Bar(str(THEMES[theme]), counts[theme], note=told(counts[theme])) for theme in order],
        source=_("Activity records."),
        period=periods.said(reading.span),
    )


def write_features(paper: ReportPaper, reading: Reading) -> None:
    """A table for each service of the programme."""
    paper.heading(_("Appointments, workshops, kits and vouchers"), least=260)
    header = (periods.said(reading.span), periods.said(reading.span.before))
    for title, rows in features(reading):
        paper.subheading(title, least=60 + 18 * len(rows))
        paper.table((_("Figure"), *header), rows, WIDTHS)
    paper.say(str(MEANING), small=True)
    paper.say(
        _(
            "Satisfaction is asked nowhere. What became of people who were sent on to somebody else "
            "is recorded nowhere."
        ),
        small=True,
    )


def features(reading: Reading) -> Sequence[tuple[str, list[Pair]]]:
    """(service, its lines): (figure, now, before)."""
    return [
        (_("Appointments"), [
            _count(reading, "kept", _("Appointments kept")),
            _count(reading, "noshow", _("Nobody came")),
            _count(reading, "excused", _("Called off by the resident")),
            _count(reading, "walk_ins", _("Received without appointment")),
            _plain(reading, "waiting", _("Days waited for a first appointment (median)")),
        ]),
        (_("Workshops"), [
            _plain(reading, "sessions_held", _("Sessions held")),
            _plain(reading, "sessions_cancelled", _("Sessions cancelled")),
            _plain(reading, "seats_offered", _("Seats offered")),
            _count(reading, "seats_taken", _("Seats taken")),
            _count(reading, "children", _("Contacts with children")),
            _count(reading, "care_home", _("Contacts in care homes")),
        ]),
        (_("Kits"), [
            _plain(reading, "loans", _("Loans")),
            _count(reading, "pupils", _("Pupils and other users, as borrowers counted them")),
            (_("Hours of use by all of them"), hours(reading.count("pupil_minutes")),
             hours(reading.count("pupil_minutes", before=True))),
        ]),
        (_("Vouchers"), [
            _count(reading, "device_vouchers", _("Vouchers for a device handed over")),
            _count(reading, "training_vouchers", _("Vouchers for training handed over")),
            (_("Euros paid to partners"), euros(reading.count("cents")), euros(reading.count("cents", before=True))),
        ]),
    ]  # fmt: skip


def _count(reading: Reading, key: str, words: str) -> Pair:
    return words, told(reading.count(key)), told(reading.count(key, before=True))


def _plain(reading: Reading, key: str, words: str) -> Pair:
    unit = Unit.DAYS
    return words, written(reading.plain(key), unit), written(reading.plain(key, before=True), unit)
