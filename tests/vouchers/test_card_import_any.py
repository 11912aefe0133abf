"""Any card file: every row is accounted for, none stops another, and a second time changes nothing."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from accounts.models import Account
from foundation.db import db, in_transaction
from people.models import Person
from places.importing.reading import read_table
from places.importing.sheet_report import Report
from places.transfer.rehearsal import rehearse
from tests.cast import NOW
from tests.counting import statements
from tests.vouchers.carded import how_many, resident
from tests.vouchers.given import act, card, category
from vouchers.models import Card, CardEvent, CardEventKind
from vouchers.service import cards
from vouchers.service.card_imports import import_cards

pytestmark = pytest.mark.usefixtures("stopped_clock")
HEADER = "numéro;nom;prénom;année;catégorie;valable du;valable jusqu'au;foyer;téléphone"
CELLS = (
    st.sampled_from(["C-1", "c-1", "C-2", "C 3", "C-GONE", "C-LOST", "", "C" * 41, "\u0661", "=1+1"]),
    st.sampled_from(["Kerlaz", "KERLAZ", "Le Goff", "Legoff", "", "!!", "K" * 81, "\u0645\u062d\u0645\u062f"]),
    st.sampled_from(["Jeanne", "Ali", ""]),
    st.sampled_from(["1957", "14/07/1957", "1960", "57", "1857", "9999", ""]),
    st.sampled_from(["Minima sociaux", "minima-sociaux", "Étudiants", "bof", ""]),
    st.sampled_from(["01/03/2026", "31/12/9999", "0001-01-01", "bientôt", ""]),
    st.sampled_from(["31/12/2026", "2027-06-30", "28/02/2025", "31/12/9999", "2026-02-31", ""]),
    st.sampled_from(["F1", "f2", "F" * 41, ""]),
    st.sampled_from(["06 39 98 00 77", "12", "0262 12 34 56", ""]),
)
ROWS = st.lists(st.tuples(*CELLS).map(";".join), min_size=1, max_size=12)


def imported(text: str, by: int) -> Report:
    return act(lambda actor, now: import_cards(read_table(text.encode()), actor, now=now), by=by)


def register() -> dict[str, tuple[object, ...]]:
    """What is kept of each card."""
    db.session.rollback()
    columns = (Card.person_id, Card.state, Card.valid_from, Card.valid_until, Card.household, Card.category_id)
    return {number: tuple(rest) for number, *rest in db.session.execute(select(Card.number, *columns))}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_every_row_is_accounted_for_and_a_second_time_changes_nothing(app, cast, rows):
    """What one file wrote is there when the next comes, as in a town."""
    stopped_cards(cast)
    full = [row for row in rows if row.strip(";")]
    if not full:
        return
    text = "\n".join([HEADER, *full]) + "\n"
    first = imported(text, cast.ids["manager"])
    assert counted(first) == len(full)
    kept = register()
    again = imported(text, cast.ids["manager"])
    assert (again.created, again.updated, counted(again)) == (0, 0, len(full))
    assert [one.line for one, _raw in again.rows] == [one.line for one, _raw in first.rows]
    assert register() == kept
    check_register()


def counted(report: Report) -> int:
    return report.created + report.updated + report.unchanged + report.noted["repeated"] + len(report.rows)


def stopped_cards(cast) -> None:
    """One that was ended, one that was lost, and a category more than the usual one."""
    category("Étudiants")
    if db.session.scalar(select(Card.id).where(Card.former_number == "C-GONE")) is None:
        gone = card(cast, resident("Ali", "Le Goff", 1960), former_number="C-GONE")
        act(cards.end, gone.id, "Parti", by=cast.ids["manager"])
        lost = card(cast, resident("Jeanne", "Le Goff", 1960), former_number="C-LOST")
        act(cards.lose, lost.id, by=cast.ids["manager"])


def check_register() -> None:
    """One card that counts per person, each of which came once; nobody was written down without one."""
    db.session.rollback()
    holders = Counter(one.person_id for one in db.session.scalars(select(Card)) if one.state.current)
    assert set(holders.values()) <= {1}
    imports = select(CardEvent.card_id).where(CardEvent.kind == CardEventKind.IMPORTED)
    assert set(Counter(db.session.scalars(imports)).values()) <= {1}
    unused = select(func.count(Person.id)).where(Person.id.not_in(select(Card.person_id)))
    assert db.session.scalar(unused) == 2
    db.session.rollback()


class TestTogether:
    FILE = "numéro;nom;prénom;année;catégorie;valable jusqu'au\n" + "".join(
        f"C-{number};Nom {chr(97 + number)};Ada;1960;Minima sociaux;31/12/2026\n" for number in range(26)
    )

    @pytest.mark.parametrize("_round", range(3))
    def test_two_who_import_the_same_file_at_once_write_it_once(self, app, cast, _round):
        category()
        both, table, who = Barrier(2), read_table(self.FILE.encode()), cast.ids["manager"]
        before = db.session.scalar(select(func.count(Person.id)))
        db.session.rollback()

        def run(_worker: int) -> Report:
            with app.app_context():
                both.wait()
                try:
                    return in_transaction(lambda: import_cards(table, db.session.get_one(Account, who), now=NOW))
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(2) as pool:
            reports = list(pool.map(run, range(2)))
        assert sorted((one.created, one.unchanged) for one in reports) == [(0, 26), (26, 0)]
        assert how_many() == 26
        assert db.session.scalar(select(func.count(Person.id))) == before + 26

    def test_a_rehearsal_counts_the_same_and_leaves_nothing(self, app, cast):
        category()
        table, who = read_table(self.FILE.encode()), cast.ids["manager"]
        report = rehearse(lambda: import_cards(table, db.session.get_one(Account, who), now=NOW))
        assert (report.created, how_many()) == (26, 0)
        assert imported(self.FILE, who).counts == report.counts

    def test_known_cards_are_locked_in_their_order(self, app, cast):
        """Whoever renews one meanwhile waits; the categories are what a second file waits for."""
        category()
        imported(self.FILE, cast.ids["manager"])
        with statements() as sent:
            imported(self.FILE.replace("2026", "2027"), cast.ids["manager"])
        asked = [
            one for one in sent if "FROM card_category" in one or ("FROM card " in one and "ORDER BY card.id" in one)
        ]
        assert "FROM card_category" in asked[0]
        if db.engine.dialect.name == "postgresql":
            assert all("FOR NO KEY UPDATE" in one for one in asked[:2])
