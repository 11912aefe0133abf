"""The card on paper: its size, what stands on it, and what its square says."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest
from reportlab.lib.units import mm

from foundation.db import db, transaction
from people.models import Person
from tests.cast import sign_in
from tests.papers import facts, lowest, sheets, text
from tests.squares import read_all
from tests.vouchers.carded import PAGE, resident
from tests.vouchers.given import act, card
from vouchers.models import Card
from vouchers.rules.codes import spoken
from vouchers.service import cards
from vouchers.views.cards.card_drawn import Face, drawn

pytestmark = pytest.mark.usefixtures("stopped_clock")
LONG = "Marie-Antoinette Bénédicte de Montmorency-Laval d’Argenteuil du Val de la Haye"


@pytest.fixture
def desk(client, cast):
    return sign_in(client, cast.mediator)


def paper(client, card_id: int, name: str) -> bytes:
    answer = client.get(f"{PAGE}/{card_id}/{name}.pdf")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data()


def size(pdf: bytes) -> tuple[float, float]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        left, bottom, right, top = (float(one) for one in document.pages[0].mediabox)
        return round((right - left) / mm, 1), round((top - bottom) / mm, 1)


class TestCard:
    def test_is_as_large_as_a_bank_card_and_says_whose_it_is_its_number_and_until_when(self, desk, cast):
        made = card(cast, resident())
        pdf = paper(desk, made.id, "carte")
        said = text(pdf)
        assert size(pdf) == (85.6, 54.0)
        assert facts(pdf)["sheets"] == 1
        assert facts(pdf)["embedded"]
        for line in ("Carte solidaire", "Rives-sur-Aure", "Jeanne Kerlaz", spoken(made.number), "31/12/2026"):
            assert line in said

    def test_says_nothing_of_why_somebody_has_it(self, desk, cast):
        made = card(cast, resident(), household="F 12", former_number="CCAS-0042")
        said = text(paper(desk, made.id, "carte"))
        for hidden in ("Minima", "1957", "F 12", "CCAS"):
            assert hidden not in said

    def test_its_square_leads_to_the_card(self, desk, cast):
        made = card(cast, resident())
        [said] = read_all(paper(desk, made.id, "carte"))
        assert said is not None
        assert said.endswith(f"/c/{made.number}")
        assert desk.get(f"/c/{made.number}").headers["Location"] == f"{PAGE}/{made.id}"

    @pytest.mark.parametrize("name", ["Bo", LONG, "X" * 160, "محمد بن علي"])
    def test_any_name_stays_on_it(self, name):
        face = Face("Rives-sur-Aure", name, "222222222", date(2026, 12, 31), "http://parvis.test/c/222222222", "")
        pdf = drawn(face)
        assert facts(pdf)["sheets"] == 1
        assert lowest(pdf) > 3 * mm
        assert widest(pdf) <= 85.6 * mm

    def test_the_same_card_is_the_same_file(self, desk, cast):
        made = card(cast, resident())
        assert paper(desk, made.id, "carte") == paper(desk, made.id, "carte")


def widest(pdf: bytes) -> float:
    """How far to the right a line begins."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return max(
            float(operands[4])
            for operands, does in pikepdf.parse_content_stream(document.pages[0])
            if str(does) == "Tm"
        )


class TestLetter:
    def test_is_one_sheet_with_the_card_on_it(self, desk, cast):
        made = card(cast, resident())
        pdf = paper(desk, made.id, "lettre")
        assert size(pdf) == (210.0, 297.0)
        assert len(sheets(pdf)) == 1
        said = text(pdf)
        for line in ("Votre carte solidaire", "jeudi 31 décembre 2026", spoken(made.number), "/ma-carte"):
            assert line in said
        assert [one.rpartition("/")[2] for one in read_all(pdf) if one] == [made.number]

    def test_is_in_the_language_of_its_reader_and_the_card_in_french(self, desk, cast):
        who = resident()
        with transaction():
            db.session.get_one(Person, who).locale = "ar"
        pdf = paper(desk, card(cast, who).id, "lettre")
        assert facts(pdf)["language"] == "ar"
        assert "بطاقة التضامن" in text(pdf)
        assert "Carte solidaire" in text(pdf)

    def test_does_not_send_online_those_who_could_not_open_it(self, desk, cast):
        made = card(cast, resident("Paul", "Sans Année", None))
        assert "/ma-carte" not in text(paper(desk, made.id, "lettre"))


@pytest.mark.parametrize("name", ["carte", "lettre"])
def test_a_card_whose_last_day_has_passed_is_renewed_before_it_is_printed(desk, cast, name):
    made = card(cast, resident(), valid_until=date(2026, 3, 10))
    assert desk.get(f"{PAGE}/{made.id}/{name}.pdf").status_code == 200
    with transaction():
        db.session.get_one(Card, made.id).valid_until = date(2026, 3, 9)
    answer = desk.get(f"{PAGE}/{made.id}/{name}.pdf")
    assert answer.status_code == 409
    assert "Renouvelez-la" in answer.get_data(as_text=True)
    page = sign_in(desk, cast.manager).get(f"{PAGE}/{made.id}").get_data(as_text=True)
    assert ".pdf" not in page
    assert "Renouvelez-la, puis imprimez-la." in page
    assert page.count(f'class="button small" href="{PAGE}/{made.id}/renouveler"') == 1


@pytest.mark.parametrize("name", ["carte", "lettre"])
def test_a_dead_card_is_not_printed(desk, cast, name):
    made = card(cast, resident())
    act(cards.lose, made.id, by=cast.ids["manager"])
    assert desk.get(f"{PAGE}/{made.id}/{name}.pdf").status_code == 409
    act(cards.replace, made.id, by=cast.ids["manager"])
    assert desk.get(f"{PAGE}/{made.id}/{name}.pdf").status_code == 409
    assert desk.get(f"{PAGE}/999/{name}.pdf").status_code == 404
