"""What came of it: what people answered, what became of those who were sent on, and who needs less help than before."""

from __future__ import annotations

from collections.abc import Mapping

from activity.rules.labels import ANSWERS as ANSWER_WORDS
from activity.rules.labels import OUTCOMES, REFERRALS
from foundation.i18n import _
from reach.reports.grid import Grid, beside_height, write_beside
from reach.reports.outcome_words import answered, asked, known
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, in_column, told
from reach.rules import periods, rates
from reach.rules.outcome_keys import ANSWERS, BY_ANSWER, BY_OUTCOME, BY_REFERRAL, REFERRED
from reach.rules.publishing import NOT_TOLD, explained

WIDTHS = (0.4, 0.21, 0.18, 0.21)
"""So that `T3 2026` stands on one line."""
Words = Mapping[str, str]
"""Indicator → what its line is called, in order."""


def write_outcomes(paper: ReportPaper, reading: Reading) -> None:
    """Two tables and two; nothing in a report that was published before they were counted."""
    if not reading.says(ANSWERS):
        return
    answers, came, sent, autonomy = grids(reading)
    paper.heading(_("Results and follow-up"), least=80 + beside_height(paper, answers, came))
    if said := " ".join(filter(None, (answered(reading), asked(reading), known(reading)))):
        paper.say(said)
    lines = [row for grid in (answers, came, sent, autonomy) for row in grid.rows]
    if meaning := explained(lines, *(grid.note for grid in (answers, came, sent, autonomy))):
        paper.say(meaning, small=True)
    write_beside(paper, answers, came)
    write_beside(paper, autonomy, sent)


def grids(reading: Reading) -> tuple[Grid, Grid, Grid, Grid]:
    """Answers, outcomes of referrals, their kinds, autonomy."""
    answers = {key: str(ANSWER_WORDS[one]) for one, key in BY_ANSWER.items()}
    came = {key: str(OUTCOMES[one]) if one else _("Nothing noted") for one, key in BY_OUTCOME.items()}
    sent = {key: str(REFERRALS[one]) for one, key in BY_REFERRAL.items()}
    grew = {"autonomy_grew": _("Needed less help at their last contact than at their first")}
    return (
        _grid(reading, _("Residents’ answers"), _("Did it help?"), answers, (ANSWERS, _("Total"))),
        _grid(reading, _("What came of referrals"), _("Outcome"), came, (REFERRED, _("Total"))),
        _grid(reading, _("Referred to"), _("To whom"), sent, (REFERRED, _("Total"))),
        _grid(reading, _("Autonomy"), _("People"), grew, ("autonomy_told", _("All whose autonomy was noted twice"))),
    )


def _grid(reading: Reading, title: str, what: str, parts: Words, whole: tuple[str, str]) -> Grid:
    """A line for each part that is told in either period, the whole last; in one sentence the names of the others."""
    header = (what, periods.briefly(reading.span), _("Share"), periods.briefly(reading.span.before))
    rows = [_row(reading, key, words, whole[0]) for key, words in parts.items() if _is_told(reading, key)]
    untold = [words for key, words in parts.items() if not _is_told(reading, key)]
    note = _("n.c. for: %(names)s.", names=", ".join(untold)) if untold else ""
    return Grid(title, header, [*rows, _row(reading, whole[0], whole[1], "")], WIDTHS, note)


def _is_told(reading: Reading, key: str) -> bool:
    return any(reading.count(key, before=before) is not None for before in (False, True))


def _row(reading: Reading, key: str, words: str, whole: str) -> tuple[str, str, str, str]:
    now, before = reading.count(key), reading.count(key, before=True)
    if not whole:
        return words, told(now), "", told(before)
    of = reading.count(whole)
    part = str(NOT_TOLD) if now is None or of is None else in_column(rates.share(now, of))
    return words, told(now), part, told(before)
