"""A device that a loan has with it stays in the register where it is, until it is taken back."""

from __future__ import annotations

import pytest

from equipment.models import Condition, Destination, IncidentState, Item
from equipment.queries import incidents as incident_queries
from equipment.queries.handing import out_among, units_here
from equipment.rules.items import StillOut
from equipment.service import incidents, items, reshaping
from foundation.db import db, in_transaction
from tests.cast import sign_in
from tests.counting import statements
from tests.equipment.given import kit, morning, reserved
from tests.equipment.handed import DUE, back, items_of, lent, out
from tests.equipment.registers import device, items_file, why
from tests.equipment.shelves import act, by, events, reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
SENTENCE = "Cet appareil est prêté. Reprenez-le d’abord, ou dites au retour qu’il manque."


@pytest.fixture
def away(cast):
    """A loan of three tablets, out since nine."""
    return lent(cast)


def first_of(loan):
    return db.session.get_one(Item, items_of(loan)[0], populate_existing=True)


class TestWhileItIsOut:
    def test_it_goes_into_no_other_kit_and_not_into_the_reserve(self, cast, away):
        other, tablet = kit("Verte", units=2), items_of(away)[0]
        for target in (other.id, None):
            with pytest.raises(StillOut) as refused:
                act(reshaping.move, tablet, target, who=cast.ids["manager"])
            assert refused.value.field == "kit_id"
        assert first_of(away).kit_id == away.kit_id
        assert units_here([other.id]) == {other.id: 2}

    def test_it_does_not_leave_for_good(self, cast, away):
        with pytest.raises(StillOut):
            act(reshaping.retire, items_of(away)[0], Destination.LOST, "", who=cast.ids["manager"])
        assert first_of(away).condition is Condition.WORKING

    def test_the_kit_where_it_is_already_is_no_move(self, cast, away):
        assert act(items.move, items_of(away)[0], away.kit_id, who=cast.ids["manager"]).kit_id == away.kit_id

    def test_an_incident_about_it_is_not_settled_by_taking_it_out_of_use(self, cast, away):
        tablet, manager_id = items_of(away)[0], cast.ids["manager"]
        made = in_transaction(
            lambda: incidents.open_incident(
                away.kit_id, Condition.MISSING, "Perdue", by(manager_id), now=DUE, item_id=tablet
            )
        )
        with pytest.raises(StillOut):
            in_transaction(
                lambda: incidents.close(
                    made.id, "Perdue", by(manager_id), now=DUE, became=Condition.RETIRED, destination=Destination.LOST
                )
            )
        assert incident_queries.unsettled_of_item(tablet).state is IncidentState.OPEN

    def test_what_stayed_here_and_what_is_back_may_go_where_it_likes(self, cast):
        made = reserved(kit("Bleue").id, morning(), cast.ids["mediator"])
        gone, came, stayed = items_of(made)
        out(cast, made, conditions={gone: Condition.WORKING, came: Condition.WORKING})
        back(cast, made, conditions={came: Condition.WORKING})
        assert out_among([gone, came, stayed]) == {gone}
        for one in (came, stayed):
            act(items.move, one, None, who=cast.ids["manager"])
        with pytest.raises(StillOut):
            act(items.move, gone, None, who=cast.ids["manager"])


class TestItsReturn:
    def test_then_it_moves_and_leaves(self, cast, away):
        first, second, _third = items_of(away)
        back(cast, away)
        act(reshaping.move, first, None, who=cast.ids["manager"])
        act(reshaping.retire, second, Destination.PARTS, "", who=cast.ids["manager"])
        assert db.session.get_one(Item, first, populate_existing=True).kit_id is None
        assert db.session.get_one(Item, second, populate_existing=True).condition is Condition.RETIRED

    def test_what_the_return_says_is_missing_is_out_no_more(self, cast, away):
        first, second, third = items_of(away)
        back(cast, away, conditions={first: Condition.WORKING, second: Condition.WORKING}, rest_missing=True)
        act(reshaping.retire, third, Destination.LOST, "", who=cast.ids["manager"])
        assert out_among([first, second, third]) == frozenset()


class TestImports:
    HEADER = "Étiquette;Mallette;Marque et modèle\n"

    def test_a_row_that_moves_it_is_refused_with_the_reason(self, cast, away):
        kit("Verte", code="VERTE")
        code = first_of(away).code
        report = items_file(f"{self.HEADER}{code};VERTE;\n", cast.ids["manager"])
        assert why(report) == [(2, "Étiquette de la mallette", SENTENCE)]
        assert device(code).kit_id == away.kit_id
        assert [kind for kind, *_rest in events(code)] == []

    def test_a_row_that_puts_it_into_the_reserve_is_too(self, cast, away):
        code = first_of(away).code
        assert items_file(f"{self.HEADER}{code};réserve;\n", cast.ids["manager"]).counts["refused"] == 1

    def test_a_row_that_leaves_it_where_it_is_is_kept(self, cast, away):
        mine = first_of(away)
        report = items_file(f"{self.HEADER}{mine.code};{away.kit.code};Onde 10\n", cast.ids["manager"])
        assert report.counts["updated"] == 1
        assert device(mine.code).label == "Onde 10"

    def test_statements_do_not_grow_with_rows(self, cast, away):
        codes = [item.code for item in reread(away.kit_id).items]

        def told(some):
            with statements() as seen:
                items_file(self.HEADER + "".join(f"{code};réserve;\n" for code in some), cast.ids["manager"])
            return len(seen)

        assert told(codes[:1]) == told(codes)


class TestPages:
    def test_the_page_says_why(self, client, cast, away):
        tablet = first_of(away)
        code, kit_id = tablet.code, kit("Verte").id
        sign_in(client, cast.manager)
        moved = client.post(f"/equipe/materiel/appareils/{code}/deplacer", data={"kit_id": str(kit_id), "note": ""})
        assert moved.status_code == 409
        assert SENTENCE in moved.get_data(as_text=True)
        left = client.post(
            f"/equipe/materiel/appareils/{code}/retirer", data={"destination": "lost", "certificate": "", "note": ""}
        )
        assert left.status_code == 409
        assert SENTENCE in left.get_data(as_text=True)
        assert device(code).kit_id != kit_id
