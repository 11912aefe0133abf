"""A sheet of paper: what is drawn of a square code, and bytes that are written as they are."""

from __future__ import annotations

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from foundation.pdf import Sheet, bars
from tests.squares import read_pdf


@given(st.text("abcdefghijklmnop/:.0123456789", min_size=1, max_size=80))
def test_the_bars_of_a_square_code_are_its_dark_dots_each_once(content):
    rows = [bytes(row) for row in segno.make(content, micro=False).matrix]
    drawn = [(across + step, down) for across, down, length in bars(rows) for step in range(length)]
    dots = [(across, down) for down, row in enumerate(rows) for across, dark in enumerate(row) if dark]
    assert sorted(drawn) == sorted(dots)
    assert len(list(bars(rows))) < len(dots)


@pytest.mark.parametrize("rtl", [False, True])
def test_a_telephone_reads_the_square_of_a_sheet(rtl):
    sheet = Sheet("Essai", rtl=rtl, language="ar" if rtl else "fr")
    sheet.square("https://parvis.example/r/ABCDEF/abcdefghij", 120, 400)
    assert read_pdf(sheet.finished()) == "https://parvis.example/r/ABCDEF/abcdefghij"


def test_bytes_are_not_spelled_out_in_letters():
    sheet = Sheet("Essai", rtl=False, language="fr")
    sheet.write("Bonjour", 12)
    sheet.square("https://parvis.example/r/ABCDEF", 100, 400)
    assert b"ASCII85" not in sheet.finished()


def test_an_indent_counts_in_the_width_of_a_line():
    wide, narrow = (Sheet("Essai", rtl=False, language="fr") for _ in range(2))
    for sheet, indent in ((wide, 0), (narrow, 300)):
        sheet.write("un mot après l’autre " * 6, 12, indent=indent)
    assert narrow.y < wide.y
