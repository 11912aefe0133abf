"""The sheet of a neighbourhood and that of a structure; and the first page of a report: what they say, on one page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import current_app

from reach.models import ReportKind
from reach.reports.cover import standing, write_cover
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading
from reach.reports.report import pdf
from reach.reports.sheet_words import sentences
from reach.reports.sheets import BAND, name_size
from reach.rules.dimensions import Dimension
from reach.rules.frozen import FrozenArea, FrozenBlanks, FrozenHost
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure
from tests.papers import sheets, text
from tests.reach.drawings import speaking
from tests.reach.test_report_papers import MONTHS, YEAR, content, report

HERE = frozenset({(Dimension.NEIGHBOURHOOD, 1)})
THERE = frozenset({(Dimension.STRUCTURE, 7)})
BLANKS = FrozenBlanks(
    [FrozenHost("Mairie annexe", "Le Port"), FrozenHost("Ailleurs", "Les Moulins")], 4,
    [FrozenHost("École A", "Le Port"), FrozenHost("École B", "Le Port")], 12, [FrozenHost("Les Lilas", "")], 2,
)  # fmt: skip
NAMES = {
    Dimension.AGE_BAND: {"40_59": "40–59 ans", "70_plus": "70 ans et plus"},
    Dimension.STATUS: {"retired": "À la retraite"},
    Dimension.GENDER: {"feminine": "Féminin"},
    Dimension.CHANNEL: {"venue": "Sur place"},
    Dimension.MONTH: {month: month for month in MONTHS},
    Dimension.NEIGHBOURHOOD: {number: f"Quartier {number}" for number in range(1, 10)},
    Dimension.PRIORITY: {"yes": "En quartier prioritaire"},
}


def of(where, **figures):
    """Figures of the year by their names, and a line of each split."""
    told = {Figure(key, YEAR, where): value for key, value in figures.items()}
    whole = Figure("people", YEAR, where)
    lines = {whole.at(by, value): 20 + at for by, names in NAMES.items() for at, value in enumerate(names)}
    months = {Figure(key, span, where): 25 for key in ("contacts", "named_contacts") for span in YEAR.months}
    return replace(
        content(), published=Published({**lines, **months, **told}, frozenset()), names=NAMES, blanks=BLANKS,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _french():
    with speaking("fr"):
        current_app.config["TIMEZONE"] = "Europe/Paris"
        yield


def neighbourhood(**more):
    made = of(HERE, people=120, first_timers=60, named_contacts=400)
    sheet = report(ReportKind.NEIGHBOURHOOD, neighbourhood_id=1)
    sheet.title = "Le Port, Valbriac : 2025"
    return sheet, replace(made, **more)


def structure(**more):
    made = of(THERE, people=220, first_timers=60, contacts=900, minutes=27_000, kept=300, seats_taken=45)
    sheet = report(ReportKind.STRUCTURE, structure_id=7)
    sheet.title = "Les Clics : 2025"
    return sheet, replace(made, **more)


def said(sheet, kept, where):
    return [one.replace("\u00a0", " ") for one in sentences(sheet, Reading(kept, YEAR, where))]


def test_a_council_reads_its_rate_beside_the_territorys_and_what_is_missing_there():
    rate, *missing = said(*neighbourhood(beside=12.5), HERE)
    assert rate.startswith("Quartier prioritaire (QPV) : 30,0 personnes")
    assert "contre 12,5 dans" in rate
    assert missing == [
        "Lieu sans permanence : Mairie annexe.",
        "Écoles qui n’ont jamais eu de mallette ni de club : École A, École B.",
    ]


def test_without_a_report_of_the_territory_there_is_nothing_beside():
    assert not any("contre" in line for line in said(*neighbourhood(beside=None), HERE))
    nobody = FrozenArea(1, "Le Port", None, None, is_priority=False)
    assert not any("contre" in line for line in said(*neighbourhood(beside=12.5, areas=[nobody]), HERE))


def test_a_number_of_people_that_is_hidden_is_said_to_be():
    sheet, kept = neighbourhood()
    hidden = replace(kept, published=Published(kept.published.figures, frozenset(kept.published.figures)))
    lines = said(sheet, hidden, HERE)
    assert lines[0].startswith("Le nombre de personnes reçues n’est pas communiqué (n.c.)")
    assert set(sheets(pdf(sheet, hidden))[0]) >= {"n.c."}


def test_a_funder_reads_priority_neighbourhoods_and_services():
    sheet, kept = structure()
    priority = Figure("people", YEAR, THERE).at(Dimension.PRIORITY, "oui")
    figures = {**kept.published.figures, priority: 55}
    lines = said(sheet, replace(kept, published=Published(figures, frozenset()), blanks=None), THERE)
    assert lines == ["55 personnes (25 %) habitent un quartier prioritaire (QPV)."]
    unknown = said(sheet, replace(kept, published=Published({priority: 55}, frozenset()), blanks=None), THERE)
    assert unknown[1] == "55 personnes habitent un quartier prioritaire (QPV)."
    paper = text(pdf(sheet, kept)).splitlines()
    assert {"Les Clics", "220", "900", "450", "Rendez-vous honorés", "300", "Places prises", "45"} <= set(paper)


@pytest.mark.parametrize(("offered", "explained"), [((40, 40), True), ((45, 1), False), ((60, None), False)])
def test_more_seats_taken_than_offered_are_explained_where_both_stand(offered, explained):
    """Of the year alone, which the sheet tells; of the one before, nobody sees the two."""
    sheet, kept = structure(plain={"seats_offered": offered})
    paper = " ".join(text(pdf(sheet, kept)).split())
    assert f"Places proposées {offered[0]} Places prises 45" in paper
    assert ("Plus de places prises que proposées" in paper) is explained


def test_a_name_of_two_lines_leaves_room_for_the_period_on_the_band():
    """The period stood half on it, half below, under `Ville de Valbriac – Service numérique` in a preview."""
    long = "Aperçu, à ne pas diffuser : Ville de Valbriac – Service numérique"
    one, two = (name_size(name, 480) for name in ("Les Clics", long))
    assert one > two
    above, line, below = 26 + 10 * 1.3, 1.3, 11 * 1.3
    assert above + 2 * two * line + below < BAND < above + 2 * one * line + below


def test_a_part_of_a_line_is_no_line_of_a_sheet():
    sheet, kept = structure()
    part = {Figure("prescribed_kept", YEAR, THERE): 30}
    full = replace(kept, published=Published({**kept.published.figures, **part}, frozenset()))
    assert "Dont pris par un prescripteur" not in text(pdf(sheet, full))


@pytest.mark.parametrize("made", [neighbourhood, structure])
def test_a_sheet_stays_on_its_page_whatever_its_names(made):
    sheet, kept = made(begins=date(2024, 11, 22), beside=3.2)
    more = "Fontaine-Lestang/Arènes " * 9
    long = {by: {value: f"{name} {more}" for value, name in names.items()} for by, names in NAMES.items()}
    sheet.title = "Bagatelle" * 18
    for names in (NAMES, long):
        paper = pdf(sheet, replace(kept, names=names, town="Saint-Quentin-en-Vallée " * 9))
        (lines,) = sheets(paper)
        assert lines[-1] == "Page 1 sur 1"
        assert any(line.startswith("Publié le 1er février 2026") for line in lines)


def test_a_sheet_says_whose_figures_these_are():
    assert "habitent Le Port, où qu’elles aient été" in " ".join(text(pdf(*neighbourhood())).split())
    assert "Tout ce qui a été saisi." in text(pdf(*structure()))


def cover(kept, contents, **more):
    made = report(**more)
    paper = ReportPaper("Essai", language="fr", foot="Pied", internal=False, pages=9)
    write_cover(paper, made, Reading(kept, YEAR), contents)
    for number in range(len(contents)):
        paper.canvas.bookmarkPage(f"part-{number + 1}")
    return paper.finished()


def test_the_first_page_has_its_message_its_figures_and_its_contents():
    page = cover(content(), [("Chiffres clés", 2), ("Définitions", 9)])
    lines = sheets(page)[0]
    assert {"Valbriac", "2025", "200", "900", "450", "1. Chiffres clés", "2. Définitions", "Page 1 sur 9"} <= set(lines)
    assert "-20 % par rapport à 2024".replace("-", "–") in lines
    assert any(line.startswith("200 personnes différentes") for line in lines)


def test_a_long_reason_for_a_revision_leaves_the_page_whole():
    page = cover(content(), [(f"Partie {number}", number) for number in range(9)], note="Une saisie tardive. " * 60)
    assert len(sheets(page)) == 1
    made = report()
    made.version, made.note = 2, "Deux fiches réunies."
    assert "Deux fiches réunies." in " ".join(standing(made, Reading(content(), YEAR)))
