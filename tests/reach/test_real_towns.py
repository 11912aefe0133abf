"""A report of a real town: its polygons and inhabitants as they are imported, its map against a computation by hand."""

from __future__ import annotations

import csv
import math
from bisect import bisect_right
from datetime import UTC, datetime

import pytest
import shapely
from sqlalchemy import update

from foundation import clock
from foundation.db import db, in_transaction, transaction
from foundation.i18n import in_language
from places.geometry import from_text
from places.models import Level, Neighbourhood
from reach.models import ReportKind
from reach.queries import published
from reach.reports.evenness import points
from reach.reports.report import pdf, reading_of
from reach.reports.where import map_of
from reach.rules import periods
from reach.rules.reporting import Wanted
from reach.service import publishing
from tests.papers import facts, sheets, text
from tests.reach.came import came
from tests.reach.drawings import TOWNS, town

YEAR = periods.year(2025)
LATER = datetime(2026, 2, 1, 9, tzinfo=UTC)
IN_MAY = datetime(2025, 5, 6, 10, tzinfo=UTC)
FEW = 4
"""People of one neighbourhood: too few to be told."""


def nantes():
    """(name, polygon, inhabitants, year) of the eleven quartiers."""
    areas = town("nantes/quartiers_avec_population.geojson", "quartier")
    return [(name, polygon, told["population_2018"], 2018) for name, polygon, told in areas]


def toulouse():
    """The twelve priority neighbourhoods, whose inhabitants are known; one polygon is mended."""
    areas = town("toulouse/qpv_2015_31555.geojson", "nom_qp")
    with (TOWNS / "toulouse/qpv_2015_population_31555.csv").open(encoding="utf-8-sig") as file:
        told = {row["code_qp"]: row for row in csv.DictReader(file)}
    return [(name, polygon, int(float(told[one["code_qp"]]["pop_mun"])), 2015) for name, polygon, one in areas]


def built(cast, areas):
    """The town instead of the cast's, with 15, 18, 21 … people who came, and few of the last: name → people."""
    reached = {}
    with transaction():
        db.session.execute(update(Neighbourhood).values(level=Level.IRIS))
        rows = [
            Neighbourhood(
                level=Level.QUARTIER, code=f"R{number}", name=name, population=people, population_year=year,
                geometry=shapely.to_geojson(polygon),
            )
            for number, (name, polygon, people, year) in enumerate(areas)
        ]  # fmt: skip
        db.session.add_all(rows)
        db.session.flush()
        for number, row in enumerate(rows):
            cast.ids[row.name] = row.id
            reached[row.name] = FEW if number == len(rows) - 1 else 15 + 3 * number
    for name, people in reached.items():
        came(cast, people, area=name, at=IN_MAY)
    return reached


def published_report(cast, language):
    wanted = Wanted(ReportKind.YEAR, YEAR, language)
    report_id = in_transaction(lambda: publishing.publish(wanted, cast.administrator, now=LATER)).id
    assert publishing.publish_next(LATER) == 1
    report = published.by_id(report_id)
    return report, published.content_of(report)


def metres(polygon):
    """Of area, by the surveyor's formula on a plane that touches the earth there: not as the drawing does it."""
    south, north = polygon.bounds[1], polygon.bounds[3]
    across = 6_371_000 * math.radians(1) * math.cos(math.radians((south + north) / 2))
    along = 6_371_000 * math.radians(1)
    return polygon.area * across * along


@pytest.mark.parametrize(("areas", "language"), [(nantes, "fr"), (toulouse, "en")])
def test_a_real_town_has_a_true_map(app, cast, monkeypatch, areas, language):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    there = areas()
    reached = built(cast, there)
    report, content = published_report(cast, language)
    paper = pdf(report, content)
    _check_paper(paper, report, language)
    with app.test_request_context(), in_language(language):
        reading = reading_of(report, content)
        _check_map(map_of(reading), there, reached)
        _check_evenness(reading, there, reached)
        _check_words(text(paper), there)


def _check_paper(paper, report, language):
    about = facts(paper)
    assert 6 <= about["sheets"] <= 12
    assert (about["title"], about["language"], about["embedded"]) == (" ".join(report.title.split()), language, True)
    feet = [page[-1] for page in sheets(paper)]
    assert [foot.split()[1] for foot in feet] == [str(number + 1) for number in range(len(feet))]
    assert {foot.split()[-1] for foot in feet} == {str(len(feet))}


def _check_map(drawn, there, reached):
    """Rates, classes and polygons against what the files say."""
    hidden = [area.name for area in drawn.areas if area.value is None]
    assert [name for name, people in reached.items() if people == FEW] == [one for one in hidden if reached[one] == FEW]
    inhabitants = {name: people for name, _polygon, people, _year in there}
    rates = {name: 1000 * reached[name] / inhabitants[name] for name in reached if name not in hidden}
    assert {area.name: area.value for area in drawn.areas if area.name in rates} == pytest.approx(rates)
    limits, rounded = list(drawn.classes.limits), [round(rate, 1) for rate in rates.values()]
    places = [bisect_right(limits, rate) for rate in rounded]
    assert list(drawn.classes.counts) == [places.count(number) for number in range(len(limits) + 1)]
    assert 3 <= len(drawn.classes.counts) <= 5
    kept = {area.name: area.geometry for area in drawn.areas}
    for name, polygon, _people, _year in there:
        assert metres(kept[name]) == pytest.approx(metres(polygon), rel=0.01)
        assert kept[name].symmetric_difference(polygon).area < 0.03 * polygon.area


def _check_evenness(reading, there, reached):
    """The index of those that are told, by its formula."""
    told = {one.neighbourhood_id for one in reading.evenness.gaps}
    names = {one.id: one.name for one in reading.content.areas if one.id in told}
    inhabitants = {name: people for name, _polygon, people, _year in there if name in names.values()}
    contacts = {name: reached[name] for name in inhabitants}
    gaps = {
        name: contacts[name] / sum(contacts.values()) - inhabitants[name] / sum(inhabitants.values())
        for name in contacts
    }
    assert reading.evenness.index == pytest.approx(sum(abs(gap) for gap in gaps.values()) / 2)
    for one in reading.evenness.gaps:
        assert one.points == pytest.approx(gaps[names[one.neighbourhood_id]])
        assert points(one).startswith({1: "+", -1: "–"}.get(int(math.copysign(1, round(one.points, 3))), ""))


def _check_words(said, there):
    """Every neighbourhood and the sum of the inhabitants stand on paper; few people do not."""
    whole = sum(people for _name, _polygon, people, _year in there)
    digits = "".join(one for one in said if one.isdigit() or one == "\n")
    assert str(whole) in digits.replace("\n", " ")
    words = " ".join(said.split())
    for name, _polygon, _people, _year in there:
        assert " ".join(name.split()[:1]) in words
    assert "n.c." in words


def test_polygons_that_are_drawn_anew_change_no_published_map(app, cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    built(cast, nantes())
    report, content = published_report(cast, "fr")
    before = pdf(report, content)
    with transaction():
        db.session.execute(update(Neighbourhood).values(geometry=shapely.to_geojson(shapely.box(1, 43, 1.1, 43.1))))
    again = published.by_id(report.id)
    assert pdf(again, published.content_of(again)) == before
    assert all(from_text(area.geometry).is_valid for area in content.areas)
