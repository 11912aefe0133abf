"""What each service of the programme gave: appointments, workshops, kits and vouchers, with the span before."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.i18n import _
from reach.reports.grid import Grid, beside_height, write_beside
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, euros, hours, told
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.indicators import Unit
from reach.rules.publishing import explained

WIDTHS = (0.5, 0.25, 0.25)
Pair = tuple[str, str, str]


def write_services(paper: ReportPaper, reading: Reading) -> None:
    """Four tables, two and two."""
    one, two, three, four = grids(reading)
    paper.heading(_("Appointments, workshops, kits and vouchers"), least=beside_height(paper, one, two) + 25)
    if meaning := explained(row for grid in (one, two, three, four) for row in grid.rows):
        paper.say(meaning, small=True)
    write_beside(paper, one, two)
    write_beside(paper, three, four)


def grids(reading: Reading) -> list[Grid]:
    """A table for each service."""
    header = (_("Figure"), periods.briefly(reading.span), periods.briefly(reading.span.before))
    notes = {_("Workshops"): beyond(reading)}
    return [Grid(title, header, rows, WIDTHS, notes.get(title, "")) for title, rows in features(reading)]


def beyond(reading: Reading, periods_shown: Sequence[bool] = (False, True)) -> str:
    """Why more seats are taken than there were; empty where they are not, or where nobody can tell.

    Args:
        periods_shown: whether each of them is the one before.
    """
    for before in periods_shown:
        offered, taken = reading.plain("seats_offered", before=before), reading.count("seats_taken", before=before)
        if offered is not None and taken is not None and taken > offered:
            return _("More seats taken than offered: the team added seats beyond those planned.")
    return ""


def features(reading: Reading) -> Sequence[tuple[str, list[Pair]]]:
    """(service, its lines): (figure, now, before)."""
    return [
        (_("Appointments"), [
            _count(reading, "kept", _("Appointments kept")),
            *_prescribed(reading, "prescribed_kept"),
            _count(reading, "noshow", _("Missed without notice")),
            *_prescribed(reading, "prescribed_noshow"),
            _count(reading, "excused", _("Cancelled by the resident")),
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
            (_("Hours of use, all users together"), hours(reading.count("pupil_minutes")),
             hours(reading.count("pupil_minutes", before=True))),
        ]),
        (_("Vouchers"), [
            _count(reading, "device_vouchers", _("Vouchers for a device handed over")),
            _count(reading, "training_vouchers", _("Vouchers for training handed over")),
            (_("Euros paid to partners"), euros(reading.count("cents")), euros(reading.count("cents", before=True))),
        ]),
    ]  # fmt: skip


def of_these() -> str:
    """What a line is called that is a part of the one above it, and says nothing without that one."""
    return _("Of these, booked by a prescriber")


def _prescribed(reading: Reading, key: str) -> list[Pair]:
    """None in a report that was published before they were counted."""
    return [_count(reading, key, of_these())] if reading.says(key) else []


def _count(reading: Reading, key: str, words: str) -> Pair:
    return words, told(reading.count(key)), told(reading.count(key, before=True))


def _plain(reading: Reading, key: str, words: str) -> Pair:
    unit = Unit.DAYS
    return words, written(reading.plain(key), unit), written(reading.plain(key, before=True), unit)
