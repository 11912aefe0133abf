"""Screen, workbook, CSV, paper and open data of one view, in random towns: one figure is one number everywhere."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Account
from foundation.db import db, in_transaction
from foundation.i18n import in_language
from reach.models import PublishedReport, ReportKind
from reach.queries import open_data
from reach.queries.published import by_id
from reach.reports.report import pdf
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import LABELS, Dimension
from reach.rules.indicators import INDICATORS, Unit
from reach.rules.open_data.rows import TOLD
from reach.rules.reporting import Wanted
from reach.service import publishing
from tests.cast import sign_in
from tests.moments import TEN
from tests.papers import text
from tests.reach.asking import put_away
from tests.reach.came import came
from tests.reach.dashboards import HERE, figures, words
from tests.reach.lives import STEPS, Town

YEAR = periods.year(2025)
IN_SPRING = datetime(2025, 4, 15, 9, tzinfo=UTC)
BEFORE = datetime(2024, 6, 3, 9, tzinfo=UTC)
COLUMN = {"people": 1, "first_timers": 2, "contacts": 4, "anonymous": 5}
"""Indicator → where the sheets of lines have it."""
SAME = {"minutes": ("hours", 60), "pupil_minutes": ("kit_hours", 60), "cents": ("euros", 100)}
"""Indicator of open data → the one of the files, and how many of the first it is."""


@st.composite
def towns(draw):
    """What happens in a town of several dozen people, so that some figures may be told and some may not."""
    return draw(STEPS), draw(st.integers(20, 60)), draw(st.integers(3, 30)), draw(st.integers(0, 40))


def live(cast, steps, here, there, heads):
    put_away(PublishedReport)
    town = Town(cast)
    came(cast, here, at=IN_SPRING, heads=heads)
    came(cast, there, area="mills", at=IN_SPRING, by="other_mediator", venue="workshop")
    came(cast, there + 5, at=BEFORE, back=2)
    town.live(steps)
    db.session.rollback()
    in_transaction(lambda: setattr(db.session.merge(cast.manager), "structure_id", None))


def published(cast):
    """The report of the year, and all that it says."""
    actor_id, wanted = cast.ids["manager"], Wanted(ReportKind.YEAR, YEAR, "fr")
    in_transaction(lambda: publishing.publish(wanted, db.session.get_one(Account, actor_id), now=TEN))
    while publishing.publish_next(TEN):
        pass
    version, content = open_data.found("latest")
    return by_id(version.report_id), content


def book_of(client):
    answer = client.get(f"{HERE}/exports/portee.xlsx?periode=2025")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def told_of(book):
    """Indicator → (figure, the one before) of the workbook, a share from 0 to 1."""
    lines = {line[0]: line[1:3] for line in book["Chiffres"][1:]}
    with in_language("fr"):
        of = {one: lines[str(one.label)] for one in INDICATORS.values() if str(one.label) in lines}
    return {
        one.key: tuple(value / 100 if value is not None and one.unit is Unit.SHARE else value for value in pair)
        for one, pair in of.items()
    }


def csv_of(client):
    """(sheet, line, column) → the cells, as text."""
    lines = client.get(f"{HERE}/exports/portee.csv?periode=2025").get_data(as_text=True).removeprefix("\ufeff")
    return {tuple(row[:3]): row[3] for row in csv.reader(io.StringIO(lines, newline=""), delimiter=";")}


def compare_screen(client, told):
    """Every indicator of the page is that of the workbook, in words."""
    shown = figures(client.get(f"{HERE}?periode=2025"))
    assert len(shown) > 15
    with in_language("fr"):
        for key, pair in shown.items():
            unit = INDICATORS[key].unit
            assert pair == tuple(words(written(value, unit)) for value in told[key]), key


def compare_csv(client, book):
    cells, count = csv_of(client), 0
    titles = {title[:31]: title for title, _line, _column in cells}
    for name in ["Chiffres", *(str(LABELS[one])[:31] for one in Dimension)]:
        header, *rows = book[name]
        for row in rows:
            for column, cell in zip(header[1:], row[1:], strict=True):
                if isinstance(cell, (int, float)):
                    assert float(cells[titles[name], row[0], column].replace(",", ".")) == cell
                    count += 1
    assert count > 200


def compare_paper(report, content, told):
    """The team's own paper has the figures of the screen; outsiders' has no other one."""
    whole, outside = (words(text(pdf(report, content, full=full))) for full in (True, False))
    with in_language("fr"):
        for key in ("people", "first_timers", "contacts", "anonymous", "hours"):
            label, on_paper = str(INDICATORS[key].label), exact_hours if key == "hours" else counted
            now, before = (words(on_paper(value)) for value in told[key])
            assert f"{label} {now} {before}" in whole, (key, now, before)
            assert f"{label} {now}" in outside or f"{label} n.c." in outside


def exact_hours(value):
    """As the pages write them."""
    return written(value, Unit.HOURS)


def counted(value):
    return written(value, Unit.PEOPLE)


def compare_open(client, book, told):
    """Every number of open data that the workbook has too is the same one; returns how many are told."""
    found = json.loads(client.get(client.get("/donnees-ouvertes/portee/latest/portee.json").location).data)["donnees"]
    compared = 0
    for row in found:
        if row["statut"] == TOLD and (expected := _expected(row, book, told)) is not None:
            assert row["nombre"] == pytest.approx(expected, abs=0.01), row
            compared += 1
    return compared


def _expected(row, book, told):
    """What the workbook says of a row of open data; None where it has no such figure."""
    key, span = (
        row["indicateur"],
        periods.Span(*(date.fromisoformat(row[f"periode_{end}"]) for end in ("debut", "fin"))),
    )
    if row["dimension_2"]:
        return None
    if row["dimension_1"]:
        return _line(book[str(LABELS[Dimension(row["dimension_1"])])[:31]], row["libelle_1"], key)
    if span not in {YEAR, YEAR.before}:
        return _line(book[str(LABELS[Dimension.MONTH])], periods.said(span), key)
    part = 0 if span == YEAR else 1
    if key == "named_contacts":
        return told["contacts"][part] - told["anonymous"][part]
    same, times = SAME.get(key, (key, 1))
    return told[same][part] * times if same in told and told[same][part] is not None else None


def _line(sheet, name, key):
    line = next(line for line in sheet if line[0] == name)
    return line[COLUMN["contacts"]] - line[COLUMN["anonymous"]] if key == "named_contacts" else line[COLUMN[key]]


@pytest.mark.long
def test_screen_files_paper_and_open_data_say_the_same(cast, client, stopped_clock):
    @settings(max_examples=2, deadline=None, derandomize=True, database=None)
    @given(towns())
    def agree(town):
        live(cast, *town)
        report, content = published(cast)
        sign_in(client, cast.manager)
        book = book_of(client)
        told = told_of(book)
        with in_language("fr"):
            compare_screen(client, told)
            compare_csv(client, book)
            compare_paper(report, content, told)
            assert compare_open(client, book, told) >= 5

    agree()
