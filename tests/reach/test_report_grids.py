"""Tables and columns on paper: every line once, headers again on each page, nothing beyond the margins."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from reach.reports.grid import Block, Grid, write_beside, write_in_columns, write_in_pairs
from reach.reports.paper import ReportPaper
from tests.papers import lowest, sheets
from tests.reach.drawings import speaking


@pytest.fixture(autouse=True)
def _french():
    with speaking("fr"):
        yield


def widest(content):
    """How far right the longest line of all sheets ends, in points: the letters' widths are those of the font."""
    with pikepdf.open(BytesIO(content)) as pdf:
        ends = []
        for page in pdf.pages:
            widths = {name: (int(font.FirstChar), list(font.Widths)) for name, font in page.Resources.Font.items()}
            for operands, does in pikepdf.parse_content_stream(page):
                if str(does) == "Tf":
                    (first, font), size = widths[str(operands[0])], float(operands[1])
                elif str(does) == "Tm":
                    left = float(operands[4])
                elif str(does) == "Tj":
                    ends.append(left + sum(float(font[code - first]) for code in bytes(operands[0])) * size / 1000)
        return max(ends)


def grid(count, words="Un quartier", note=""):
    rows = [(f"{words} {number}", str(number)) for number in range(count)]
    return Grid("Un titre", ("Quartier", "Nombre"), rows, (0.7, 0.3), note)


@pytest.mark.parametrize("write", [Grid.write, lambda one, paper: write_in_pairs(paper, one)])
def test_a_long_table_has_every_line_once_and_its_header_on_each_page(write):
    paper = ReportPaper("Essai", language="fr", foot="Pied", internal=False)
    write(grid(150, note="La note du tableau."), paper)
    content = paper.finished()
    pages = sheets(content)
    lines = [line for page in pages for line in page]
    assert [lines.count(f"Un quartier {number}") for number in range(150)] == [1] * 150
    assert all("Quartier" in page for page in pages)
    assert "La note du tableau." in pages[-1]
    assert any(line.startswith("Un quartier") for line in pages[-1])
    assert lowest(content) > paper.margin - 1


def test_tables_beside_one_another_stay_on_one_page():
    paper = ReportPaper("Essai", language="fr", foot="Pied", internal=False)
    paper.gap(600)
    write_beside(paper, grid(8), grid(3, "Une structure"))
    first, second = sheets(paper.finished())
    assert not any(line.startswith("Un") for line in first)
    assert {"Un quartier 7", "Une structure 2"} <= set(second)


def test_two_tables_that_no_page_holds_follow_one_another():
    paper = ReportPaper("Essai", language="fr", foot="Pied", internal=False)
    write_beside(paper, grid(80), grid(3, "Une structure"))
    lines = [line for page in sheets(paper.finished()) for line in page]
    assert lines.index("Un quartier 79") < lines.index("Une structure 0")


def test_words_that_are_longer_than_a_line_are_broken():
    paper = ReportPaper("Essai", language="fr", foot="Pied" * 80, internal=True)
    paper.band(98)
    paper.title("Saint-Quentin-en-Vallée" * 9, 19, most=2)
    Grid("", ("Quartier", "Nombre"), [("Bagatelle" * 30, "1")], (0.7, 0.3)).write(paper)
    paper.say("Mermoz" * 60)
    assert widest(paper.finished()) <= paper.width - paper.margin + 1


def test_definitions_in_columns_are_all_there_and_about_as_high():
    paper = ReportPaper("Essai", language="fr", foot="Pied", internal=False)
    body = ("Ceci. " * 30, 7, False, True)
    write_in_columns(paper, [Block([(f"Mot {number}", 8, True, False), body]) for number in range(60)])
    lines = [line for page in sheets(paper.finished()) for line in page]
    assert [line for line in lines if line.startswith("Mot")] == [f"Mot {number}" for number in range(60)]
