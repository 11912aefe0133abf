"""What outsiders read: one mark for all that is not told, nothing made of it, and nothing by what nobody asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import AgeBand, Channel
from people.models import Gender, Status
from reach.rules import publishing
from reach.rules.dimensions import Dimension
from reach.rules.figures import Cube, Figures
from reach.rules.filters import Filters, Priority, Side
from reach.rules.periods import Span
from reach.rules.suppression.crossing import NeverPublished, by_side, check_crossing, may_cross, place_of
from reach.rules.suppression.tables import OfPlace, Table
from tests.reach.drawings import speaking

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


class TestTheMark:
    @pytest.mark.parametrize(("language", "written"), [("fr", "1\u202f234"), ("en", "1,234")])
    def test_a_count_that_is_told_is_written_as_the_language_does(self, language, written):
        with speaking(language):
            assert publishing.told(1234) == written

    def test_one_that_is_not_is_the_same_mark_whatever_it_is(self):
        with speaking("fr"):
            assert publishing.told(None) == "n.c."

    def test_the_mark_is_explained_without_saying_which_are_small(self):
        with speaking("fr"):
            assert "11" in str(publishing.MEANING)
            assert str(publishing.MEANING).startswith("n.c.\u00a0: non communiqué")

    def test_a_revision_says_again_what_was_told_before(self):
        with speaking("en"):
            assert publishing.told(None, before=4312) == "4,312 (as first published)"

    def test_what_is_told_anew_is_told_anew(self):
        with speaking("en"):
            assert publishing.told(4400, before=4312) == "4,400"


class TestWhatIsMadeOfIt:
    def test_a_rate_is_hidden_with_its_count(self):
        assert publishing.per_thousand(None, 4000) is None
        assert publishing.per_thousand(40, 4000) == 10

    def test_a_rate_is_none_where_nobody_knows_how_many_live_there(self):
        assert publishing.per_thousand(40, None) is None

    @pytest.mark.parametrize(("part", "whole"), [(None, 40), (20, None), (None, None), (0, 0)])
    def test_a_share_needs_both(self, part, whole):
        assert publishing.share(part, whole) is None

    def test_a_share_of_what_is_told(self):
        assert publishing.share(20, 40) == 0.5

    @pytest.mark.parametrize(("total", "count"), [(None, 40), (600, None), (600, 0)])
    def test_a_mean_needs_both(self, total, count):
        assert publishing.mean(total, count) is None

    def test_a_mean_of_what_is_told(self):
        assert publishing.mean(600, 40) == 15

    def test_what_is_worked_out_of_many_lines_is_of_those_that_are_told(self):
        assert publishing.shown_only({"a": 20, "b": None, "c": 30}) == {"a": 20, "c": 30}

    @given(st.dictionaries(st.text(min_size=1), st.one_of(st.none(), st.integers(11, 99))))
    def test_the_order_of_lines_hangs_on_nothing_that_is_not_told(self, lines):
        found = publishing.ordered(lines, str)
        shown = [lines[line] for line in found if lines[line] is not None]
        assert shown == sorted(shown, reverse=True)
        assert found[len(shown) :] == sorted(line for line in lines if lines[line] is None)


class TestCrossing:
    @pytest.mark.parametrize("indicator", ["contacts", "anonymous", "minutes", "records"])
    @pytest.mark.parametrize(
        "asked", [Dimension.AGE_BAND, Dimension.STATUS, Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, Dimension.COMMUNE]
    )
    def test_heads_are_never_crossed_with_what_nobody_asked_them(self, indicator, asked):
        assert not may_cross(indicator, [Dimension.MONTH, asked])

    @pytest.mark.parametrize(
        "known", [Dimension.VENUE, Dimension.CHANNEL, Dimension.GENDER, OfPlace.PRIORITY, Dimension.PLACE_NEIGHBOURHOOD]
    )
    def test_where_they_were_is_known(self, known):
        assert may_cross("contacts", [Dimension.MONTH, known])

    def test_people_are_crossed_with_all_that_they_told(self):
        assert may_cross("people", [Dimension.AGE_BAND, Dimension.NEIGHBOURHOOD])
        assert may_cross("named_contacts", [Dimension.AGE_BAND])

    @pytest.mark.parametrize("indicator", ["people", "contacts"])
    def test_nothing_is_published_by_mediator(self, indicator):
        with pytest.raises(NeverPublished, match="mediator"):
            check_crossing(indicator, [Dimension.MEDIATOR])

    def test_a_priority_neighbourhood_of_a_place_is_another_than_one_to_live_in(self):
        assert by_side(Dimension.PRIORITY, Side.PLACE) is OfPlace.PRIORITY
        assert by_side(Dimension.COMMUNE, Side.PLACE) is OfPlace.COMMUNE
        assert by_side(Dimension.PRIORITY, Side.RESIDENCE) is Dimension.PRIORITY
        assert by_side(Dimension.VENUE, Side.PLACE) is Dimension.VENUE


class TestFiltersOfAPage:
    def test_without_any_all_is_counted(self):
        assert place_of(Filters(span=YEAR)) == frozenset()

    def test_each_says_where_its_table_stands(self):
        filters = Filters(
            span=YEAR, neighbourhood_id=3, priority=Priority.YES, commune_id=4, structure_id=5, venue_id=6,
            mediator_id=7, age_band=AgeBand.UNDER_12, gender=Gender.FEMININE, status=Status.RETIRED,
            channel=next(iter(Channel)),
        )  # fmt: skip
        found = dict(place_of(filters))
        assert found[Dimension.NEIGHBOURHOOD] == 3
        assert found[Dimension.PRIORITY] == "oui"
        ids = (Dimension.COMMUNE, Dimension.STRUCTURE, Dimension.VENUE, Dimension.MEDIATOR)
        assert [found[one] for one in ids] == [4, 5, 6, 7]
        assert len(found) == 10

    def test_neighbourhoods_of_places_are_of_places(self):
        filters = Filters(span=YEAR, side=Side.PLACE, neighbourhood_id=3, priority=Priority.NO, commune_id=4)
        assert place_of(filters) == {
            (Dimension.PLACE_NEIGHBOURHOOD, 3), (OfPlace.PRIORITY, "non"), (OfPlace.COMMUNE, 4)
        }  # fmt: skip


class TestLinesOfACube:
    cube = Cube(
        Figures(people=40), {Dimension.GENDER: {"feminine": Figures(people=30), "masculine": Figures(people=12)}}
    )

    def of(self, values):
        return Table.of_cube(
            "people", YEAR, Dimension.GENDER, values, self.cube, of=Dimension.GENDER, where=frozenset()
        )

    def test_are_a_table_with_all_values_that_there_are(self):
        cells = self.of(["feminine", "masculine", "not_communicated"]).cells
        assert cells == {("feminine",): 30, ("masculine",): 12, ("not_communicated",): 0, (None,): 40}

    def test_are_never_left_out(self):
        with pytest.raises(ValueError, match="masculine"):
            self.of(["feminine"])
