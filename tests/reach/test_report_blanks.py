"""What a report keeps of places, schools and care homes that nothing reached; and its figures by age and gender."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from activity.models import AgeBand
from foundation import clock
from foundation.db import db, transaction
from people.models import Gender
from places.models import CareHome, School, Venue
from reach.models import ReportKind
from reach.queries import drafts
from reach.queries.contacts import counted
from reach.queries.report_blanks import first_day, report_blanks
from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.figures import Cube, Figures
from reach.rules.filters import Filters
from reach.rules.release_tables import CROSSED, crossed
from reach.rules.scope import TERRITORY
from reach.rules.suppression.tables import Figure
from tests.reach.came import came

YEAR = periods.year(2025)
IN_MAY = datetime(2025, 5, 6, 10, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 7, tzinfo=UTC)


@pytest.fixture
def town(cast):
    """A library in which eleven were received in May, another place in which ten were, and nothing in the calendar."""
    with transaction():
        db.session.add(
            Venue(
                external_id="v1",
                name="Maison fermée",
                commune="Port",
                postcode="44000",
                insee_code="44109",
                address="1 quai",
                bookable=True,
                neighbourhood_id=cast.ids["mills"],
            )
        )
        db.session.add(School(external_id="e1", name="École oubliée", active=True))
        db.session.add(CareHome(external_id="h1", name="Les Tilleuls", active=True))
    came(cast, 11, at=IN_MAY)
    return cast


def told(_cast):
    found = report_blanks(YEAR, counted(Filters(span=YEAR), TERRITORY, [Dimension.VENUE]), NOW)
    return {kind: [one.name for one in hosts] for kind, hosts in vars(found).items() if isinstance(hosts, list)}, found


def test_a_place_of_eleven_contacts_was_open_whatever_the_calendar_says(town):
    names, found = told(town)
    assert "Maison fermée" in names["venues"]
    assert town.library.name not in names["venues"]
    assert found.of_venues > len(found.venues)
    closed = next(one for one in found.venues if one.name == "Maison fermée")
    assert closed.neighbourhood


def test_ten_contacts_or_none_are_the_same_to_outsiders(town):
    of = {town.ids["library"]: Figures(named_contacts=10)}
    found = report_blanks(YEAR, Cube(Figures(), {Dimension.VENUE: of}), NOW)
    assert town.library.name in {one.name for one in found.venues}


def test_schools_and_care_homes_without_anything_are_named_and_counted(town):
    names, found = told(town)
    assert "École oubliée" in names["schools"]
    assert "Les Tilleuls" in names["care_homes"]
    assert (found.of_schools, found.of_care_homes) >= (1, 1)


def test_the_first_record_ever_is_told_by_its_day(town, monkeypatch):
    assert first_day() == IN_MAY.date()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    draft = drafts.draft(ReportKind.YEAR, Filters(span=YEAR))
    assert draft.around.begins == IN_MAY.date()
    assert draft.around.beside is None
    structure = drafts.draft(ReportKind.STRUCTURE, Filters(span=YEAR, structure_id=town.ids["town"]))
    assert structure.around.blanks is None


def test_ages_are_told_by_gender_with_both_margins(town):
    made = drafts.draft(ReportKind.YEAR, Filters(span=YEAR))
    table = next(one for one in made.tables if one.by == CROSSED)
    figures = table.figures()
    whole = Figure("people", YEAR)
    assert figures[whole] == 11
    assert figures[whole.at(Dimension.AGE_BAND, AgeBand.FROM_70.value)] == 11
    both = whole.at(Dimension.AGE_BAND, AgeBand.FROM_70.value).at(Dimension.GENDER, Gender.NOT_COMMUNICATED.value)
    assert figures[both] == 11
    assert len(figures) == (1 + len(AgeBand)) * (1 + len(Gender))


def test_crossings_are_laid_into_their_margins():
    first, second = CROSSED
    whole = Cube(
        Figures(people=9), {first: {"70+": Figures(people=9)}, second: {"a": Figures(people=5), "b": Figures(people=4)}}
    )
    parts = {
        "a": Cube(Figures(people=5), {first: {"70+": Figures(people=5)}}),
        "b": Cube(Figures(people=4), {first: {"70+": Figures(people=4)}}),
    }
    table = crossed(Filters(span=YEAR), whole, parts, {first: ["70+"], second: ["a", "b"]})
    assert table.cells == {
        (None, None): 9, ("70+", None): 9, (None, "a"): 5, (None, "b"): 4, ("70+", "a"): 5, ("70+", "b"): 4,
    }  # fmt: skip
