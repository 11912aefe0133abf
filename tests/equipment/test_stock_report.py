"""The report of a stock-taking in words: where else a device belongs, who counted, on as many sheets as it takes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Account
from equipment.models import Condition, Item, Kit, StockLine, StockPlace, StockTaking
from equipment.service import stock, stock_closing
from equipment.views.stock.report import remark_on, when_and_who
from foundation.db import db, transaction
from foundation.i18n import in_language
from tests.cast import NOW, sign_in
from tests.equipment.faults import act, devices
from tests.equipment.given import kit
from tests.papers import facts, lowest, sheets, text

pytestmark = pytest.mark.usefixtures("stopped_clock")
INDEX = "/equipe/materiel/inventaires"


def line(place: StockPlace, home: Kit | None = None) -> StockLine:
    return StockLine(found=Condition.WORKING, was=Condition.WORKING, place=place, home_kit=home)


class TestWords:
    @pytest.mark.parametrize(
        ("place", "home", "said"),
        [
            (StockPlace.HERE, None, ""),
            (StockPlace.ELSEWHERE, "Verte", "belongs to Verte: to bring back"),
            (StockPlace.ELSEWHERE, None, "was in reserve: to bring back"),
            (StockPlace.TAKEN_IN, "Verte", "belongs to Verte: taken in"),
            (StockPlace.TAKEN_IN, None, "was in reserve: taken in"),
        ],
    )
    def test_where_else_it_belongs(self, app, place, home, said):
        with in_language("en"):
            assert remark_on(line(place, Kit(name=home) if home else None)) == said

    def test_who_counted_each_named_once(self, app):
        salima, claire = Account(name="Salima"), Account(name="Claire")
        for closer, names in ((salima, "Salima"), (claire, "Salima, Claire"), (None, "Salima")):
            taking = StockTaking(begun_by=salima, begun_at=NOW, closed_by=closer, closed_at=NOW if closer else None)
            assert when_and_who(taking).endswith(f"2026 · {names}")

    def test_the_day_is_that_of_the_end(self, app):
        one = Account(name="Salima")
        taking = StockTaking(begun_by=one, begun_at=NOW - timedelta(days=40), closed_by=one, closed_at=NOW)
        assert when_and_who(taking).startswith("mardi 10 mars 2026")


def counted(cast, units: int, **changes) -> int:
    """A stock-taking that is closed, of a kit of which nobody saw anything."""
    who = cast.ids["mediator"]
    taking: int = act(stock.begin, kit(units=units, **changes).id, by=who).id
    act(stock_closing.close, taking, by=who, rest_missing=True)
    return taking


class TestPaper:
    def test_a_long_one_goes_on_over_sheets_each_with_its_heading_and_number(self, client, cast):
        taking = counted(cast, 60, code="MAL-1")
        content = sign_in(client, cast.mediator).get(f"{INDEX}/{taking}/inventaire.pdf").get_data()
        found = sheets(content)
        assert facts(content)["sheets"] == len(found) > 2
        for number, lines in enumerate(found, 1):
            assert f"Page {number} sur {len(found)}" in lines
            assert "Appareil" in lines
        assert lowest(content) > 20

    def test_a_name_that_is_longer_than_the_sheet_is_wrapped(self, client, cast):
        taking = counted(cast, 1, name="Mallette de tablettes tactiles " * 3)
        content = sign_in(client, cast.mediator).get(f"{INDEX}/{taking}/inventaire.pdf").get_data()
        assert facts(content)["sheets"] == 1
        assert "Manquant" in text(content)

    def test_in_english_too(self, client, cast):
        taking = counted(cast, 2)
        sign_in(client, cast.mediator).get("/langue/en?next=/equipe")
        written = text(client.get(f"{INDEX}/{taking}/inventaire.pdf").get_data()).replace("\n", " ")
        for words in ("2 devices counted · 2 differences", "The register said", "Missing", "All that was counted"):
            assert words in written

    def test_nothing_of_an_empty_kit_is_told_as_nothing(self, client, cast):
        taking = counted(cast, 0)
        written = text(sign_in(client, cast.mediator).get(f"{INDEX}/{taking}/inventaire.pdf").get_data())
        assert "0 appareil compté · aucun écart" in written


class TestStays:
    def test_what_a_report_says_is_not_changed_by_what_happens_later(self, client, cast):
        """Frozen at its date: the device works again, moves and has another name; the report says what was found."""
        taking = counted(cast, 1, code="MAL-1")
        sign_in(client, cast.mediator)
        before = client.get(f"{INDEX}/{taking}").get_data(as_text=True)
        with transaction():
            [line] = db.session.get_one(StockTaking, taking).lines
            item = db.session.get_one(Item, line.item_id)
            item.condition, item.kit_id = Condition.WORKING, None
        assert "Manquant" in before
        after = client.get(f"{INDEX}/{taking}").get_data(as_text=True)
        assert after.partition("<main")[2] == before.partition("<main")[2]

    def test_two_stock_takings_of_one_kit_are_each_told_with_their_own_differences(self, client, cast):
        who = cast.ids["mediator"]
        blue = kit(units=2)
        for found in (Condition.MISSING, Condition.WORKING):
            taking = act(stock.begin, blue.id, by=who).id
            for item_id in devices(blue.id):
                act(stock.press, taking, item_id, found, by=who)
            act(stock_closing.close, taking, by=who)
        html = sign_in(client, cast.mediator).get(INDEX).get_data(as_text=True)
        assert html.count("2\u00a0écarts") + html.count("2 écarts") == 2
