"""Towns of which little is known: nothing recorded at all, one neighbourhood, no population. All pages answer, and say
what is not known."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sqlalchemy import select, update

from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from places.models import Level, Neighbourhood
from reach.models import PublishedReport
from reach.queries import published
from reach.reports.report import pdf
from reach.rules.lines import NAMES
from reach.service import publishing
from tests.cast import make_account, sign_in
from tests.papers import sheets, text
from tests.reach.came import came
from tests.reach.dashboards import HERE, figures, rows, words
from tests.reach.reported import LATER, MAY, YEAR

PAGES = [
    "",
    "/contenu",
    "/angles-morts",
    "/exports",
    "/rapports",
    "/rapports/nouveau",
    "/rapports/envois",
    "/tendance.svg",
]
OPEN = ["/quartiers", "/rapports", "/donnees-ouvertes", "/donnees-ouvertes/catalogue.json"]


@pytest.fixture
def nowhere(app, client):
    """Somebody manages a town that has nothing yet, not even a name."""
    return sign_in(client, make_account(Role.MANAGER))


@pytest.fixture
def unpeopled(cast, client, stopped_clock):
    """Thirty came, and nobody knows how many live where; whoever manages the territory looks."""
    came(cast, 30, at=MAY)
    with transaction():
        db.session.execute(update(Neighbourhood).values(population=None, population_year=None))
        db.session.merge(cast.manager).structure_id = None
    return sign_in(client, cast.manager)


@pytest.mark.parametrize("address", [*PAGES, *(f"/par/{name}" for name in NAMES.values())])
def test_a_town_of_nothing_has_all_its_pages(nowhere, address):
    page = nowhere.get(f"{HERE}{address}?periode=2025")
    assert page.status_code == 200
    assert "territoire ," not in words(page.text)


@pytest.mark.parametrize("address", OPEN)
def test_and_its_public_ones(nowhere, address):
    assert nowhere.get(address).status_code == 200


def test_its_figures_are_none_and_its_rates_are_not_made_up(nowhere):
    told = figures(nowhere.get(f"{HERE}?periode=2025"))
    assert {told[key] for key in ("people", "contacts", "hours", "kept", "seats_offered", "pupils")} == {("0", "0")}
    assert {told[key] for key in ("rate", "not_located", "unevenness", "waiting", "fill")} == {("–", "–")}


def test_its_files_have_their_sheets_and_no_figure_made_up(nowhere):
    book = openpyxl.load_workbook(io.BytesIO(nowhere.get(f"{HERE}/exports/portee.xlsx?periode=2025").data))
    assert len(book.sheetnames) > 15
    numbers = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row[1:2]]
    assert not any(cell for cell in numbers if isinstance(cell, (int, float)))


@pytest.mark.parametrize("address", ["/carte.svg", "/angles-morts/carte-page.svg"])
def test_there_is_no_map_of_nothing(nowhere, address):
    assert nowhere.get(f"{HERE}{address}?periode=2025").status_code == 404


def test_without_populations_people_are_counted_and_no_rate_is_made_up(unpeopled):
    told = figures(unpeopled.get(f"{HERE}?periode=2025"))
    assert (told["people"][0], told["rate"], told["unevenness"]) == ("30", ("–", "–"), ("–", "–"))
    assert rows(unpeopled.get(f"{HERE}/par/quartier?periode=2025"))["Le Port"][-2:] == ["–", "–"]
    assert "La population d’aucun quartier n’est connue" in words(
        unpeopled.get(f"{HERE}/angles-morts?periode=2025").text
    )


def test_without_populations_the_report_says_why_it_compares_nothing(unpeopled, cast):
    in_transaction(lambda: publishing.publish(YEAR, cast.administrator, now=LATER))
    assert publishing.publish_next(LATER) == 1
    report = db.session.scalars(select(PublishedReport)).one()
    paper = pdf(report, published.content_of(report))
    assert 6 <= len(sheets(paper)) <= 12
    assert words(text(paper)).count("La population d’aucun quartier n’est connue") == 2
    page = words(unpeopled.get("/quartiers").text)
    assert "pour 1 000" not in page
    assert "Tous les bilans publiés" in page


def test_a_town_of_one_neighbourhood_is_never_under_half_of_itself(cast, client, stopped_clock):
    with transaction():
        part = db.session.get_one(Neighbourhood, cast.ids["mills"])
        part.level, part.parent_id = Level.IRIS, cast.ids["harbour"]
        db.session.merge(cast.manager).structure_id = None
    came(cast, 3, at=MAY)
    page = words(sign_in(client, cast.manager).get(f"{HERE}/angles-morts?periode=2025").text)
    assert "Quartiers sous la moitié du taux du territoire : 0 sur 1" in page
    assert "Écart entre les quartiers : 0,0 %" in page
