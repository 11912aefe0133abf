"""Reports on paper: what outsiders read of them, what the team reads, in how many pages and in which language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from reportlab.pdfbase import pdfmetrics

from activity.models import Theme
from foundation.i18n import in_language
from foundation.pdf import PLAIN, register_fonts
from reach.models import PublishedReport, ReportKind
from reach.queries import drafts
from reach.reports.message import not_told, sentences
from reach.reports.reading import Reading, change, euros, hours, share, told
from reach.reports.report import pdf, reading_of
from reach.reports.services import features
from reach.reports.what import themes
from reach.reports.where import map_of, not_located
from reach.reports.who import split_rows
from reach.rules import periods
from reach.rules.dimensions import OUTSIDE, UNKNOWN, Dimension
from reach.rules.frozen import Content, FrozenArea, FrozenDefinition
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure
from tests.papers import facts, sheets, text

YEAR = periods.year(2025)
WHOLE = Figure("people", YEAR)
ON = datetime(2026, 2, 1, 9, tzinfo=UTC)
HARBOUR, MILLS, ISLAND = (
    FrozenArea(1, "Le Port", 4000, 2021, is_priority=True),
    FrozenArea(2, "Les Moulins", 5000, 2021, is_priority=False),
    FrozenArea(3, "L’Île", None, None, is_priority=False),
)
MONTHS = [f"2025-{number:02}" for number in range(1, 13)]


def at(dimension, value, indicator="people"):
    return Figure(indicator, YEAR).at(dimension, value)


N = Dimension.NEIGHBOURHOOD
FIGURES = {
    WHOLE: 200, WHOLE.during(YEAR.before): 250, Figure("first_timers", YEAR): 50, Figure("contacts", YEAR): 900,
    Figure("minutes", YEAR): 27_000, Figure("cents", YEAR): 12_345, Figure("kept", YEAR): 7,
    at(N, 1): 120, at(N, 2): 20, at(N, 3): 4, at(N, OUTSIDE): 16, at(N, UNKNOWN): 40,
    at(Dimension.GENDER, "feminine"): 130, at(Dimension.GENDER, "masculine"): 6,
    **{Figure("contacts", span): 75 for span in YEAR.months},
    Figure("theme:email", YEAR): 60,
}  # fmt: skip
HIDDEN = frozenset({at(N, 3), at(Dimension.GENDER, "masculine"), Figure("kept", YEAR)})
NAMES = {
    N: {1: "Le Port", 2: "Les Moulins", 3: "L’Île", OUTSIDE: "Ailleurs", UNKNOWN: "Inconnu"},
    Dimension.GENDER: {"feminine": "Féminin", "masculine": "Masculin"},
    Dimension.MONTH: {month: month for month in MONTHS},
}


def content(definitions=()):
    return Content(
        "Valbriac", "Tout ce qui a été saisi.", Published(FIGURES, HIDDEN), {"waiting": (2.5, None)}, NAMES,
        [HARBOUR, MILLS, ISLAND], definitions, "0a1b2c3d",
    )  # fmt: skip


@pytest.fixture
def reading(app):
    with app.test_request_context(), in_language("fr"):
        yield Reading(content(), YEAR)


@pytest.fixture
def full(reading):
    return Reading(reading.content, YEAR, full=True)


def test_outsiders_read_what_is_told_and_the_team_reads_all(reading, full):
    assert reading.count("people") == full.count("people") == 200
    assert reading.count("people", by=N, value=3) is None
    assert full.count("people", by=N, value=3) == 4
    assert reading.count("people", before=True) == 250
    assert reading.count("contacts", by=Dimension.MONTH, value="2025-04") == 75
    assert reading.count("pupils") is None


def test_rates_are_made_of_what_is_told_and_of_known_inhabitants(reading, full):
    assert reading.rate_of(HARBOUR) == 30
    assert reading.rate_of(ISLAND) is full.rate_of(ISLAND) is None
    assert reading.rate == pytest.approx(1000 * 140 / 9000)
    assert reading.blanks == [MILLS]


def test_what_is_not_told_bears_one_mark_everywhere(reading):
    assert {told(None), hours(None), euros(None), share(None, 200), share(6, None)} == {"n.c."}
    assert (hours(27_000), told(1234)) == ("450", "1\u202f234")
    assert (hours(178_230), hours(90), hours(None)) == ("2\u202f970,5", "1,5", "n.c."), "as on the pages"
    assert euros(12_345).startswith("123,45")


@pytest.mark.parametrize(
    ("now", "before", "said"), [(90, 100, "–10"), (125, 100, "+25"), (100, 100, "0"), (3, 0, "–"), (None, 5, "–")]
)
def test_a_difference_says_more_or_less(reading, now, before, said):
    assert change(now, before).startswith(said)


def test_lines_that_are_not_told_are_named_without_a_figure(reading, full):
    rows, untold = split_rows(reading, "people", Dimension.GENDER)
    assert [row[:2] for row in rows] == [("Féminin", "130")]
    assert untold == ["Masculin"]
    assert split_rows(full, "people", Dimension.GENDER)[1] == []


def test_the_map_shows_rates_and_says_whom_it_leaves_out(reading):
    shown = {area.name: (area.value, area.note) for area in map_of(reading).areas}
    assert shown["Le Port"] == (30, "")
    assert shown["L’Île"][0] is None
    assert shown["L’Île"][1]
    assert "40" in not_located(reading)
    assert "200" in not_located(reading)


def test_sentences_say_only_what_is_told(reading):
    said = " ".join(sentences(reading))
    assert "200" in said
    assert "Les Moulins" in said
    nothing = Reading(Content(**{**vars(reading.content), "published": Published(FIGURES, frozenset(FIGURES))}), YEAR)
    assert sentences(nothing) == [not_told()]


def test_themes_that_are_told_come_first(reading):
    bars, untold = themes(reading)
    assert [row.value for row in bars.rows] == [60]
    assert len(untold) == len(Theme) - 1


def test_features_are_hidden_where_they_tell_of_few(reading, full):
    kept = [dict((row[0], row[1]) for _title, rows in features(one) for row in rows) for one in (reading, full)]
    assert next(iter(kept[0].values())) == "n.c."
    assert next(iter(kept[1].values())) == "7"


def report(kind=ReportKind.YEAR, language="fr", **more):
    return PublishedReport(
        kind=kind, first=date(2025, 1, 1), last=date(2025, 12, 31), title="Valbriac 2025", language=language,
        version=1, published_at=ON, **more,
    )  # fmt: skip


def compiled(kind, language, **subject):
    made = report(kind, language, **subject)
    with in_language(language):
        draft = drafts.draft(kind, filters_of(made))
        return made, draft.content(draft.protected([]))


def filters_of(made):
    return drafts.Filters(
        span=YEAR, neighbourhood_id=made.neighbourhood_id, structure_id=made.structure_id
    )  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_yearly_report_has_six_to_twelve_pages_tagged_with_title_and_language(app, cast, language):
    made, said = compiled(ReportKind.YEAR, language)
    about = facts(pdf(made, said))
    assert 6 <= about["sheets"] <= 12
    assert (about["title"], about["language"], about["embedded"]) == ("Valbriac 2025", language, True)
    assert pdf(made, said) == pdf(made, said)


def test_the_typeface_of_the_house_has_every_letter_of_a_report(app, cast):
    """What it lacks is drawn as a gap, as the raised e of an ordinal was."""
    register_fonts()
    there = pdfmetrics.getFont(PLAIN).face.charToGlyph
    for language in ("fr", "en"):
        made, said = compiled(ReportKind.YEAR, language)
        with in_language(language):
            words = "".join(periods.said(periods.quarter(2025, number)) for number in (1, 2, 3, 4))
        assert {letter for letter in words + text(pdf(made, said)) if ord(letter) not in there} <= {"\n"}


def test_a_sheet_is_one_page(app, cast):
    for kind, subject in (
        (ReportKind.NEIGHBOURHOOD, {"neighbourhood_id": cast.ids["harbour"]}),
        (ReportKind.STRUCTURE, {"structure_id": cast.ids["town"]}),
    ):
        made, said = compiled(kind, "fr", **subject)
        assert facts(pdf(made, said))["sheets"] == 1


def test_the_teams_own_version_says_so_on_each_page(app, cast):
    made, said = compiled(ReportKind.QUARTER, "en")
    assert all("Not to be passed on" in " ".join(page) for page in sheets(pdf(made, said, full=True)))
    assert "Internal" not in text(pdf(made, said))


def test_definitions_are_printed_as_they_were_kept(app, cast):
    made, said = compiled(ReportKind.YEAR, "fr")
    other = FrozenDefinition("people", "Un autre mot", "Une autre phrase.", "ceci", "cela", "là", "u")
    kept = Content(**{**vars(said), "definitions": [other]})
    paper = text(pdf(made, kept))
    assert "Une autre phrase." in paper
    assert said.definitions[0].definition not in paper


def test_a_sheet_reads_the_figures_of_its_subject(app, cast):
    made, said = compiled(ReportKind.STRUCTURE, "fr", structure_id=cast.ids["town"])
    assert dict(reading_of(made, said).where) == {Dimension.STRUCTURE: cast.ids["town"]}
