"""Labels: where they go on a sheet, what stands on them, and that a telephone reads their squares."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment.models import Condition
from equipment.rules.sheets import (
    BIG_ROWS,
    LAYOUTS,
    MOST_LABELS,
    NoSuchSpot,
    NothingToPrint,
    Paper,
    TooManyLabels,
    check_sheet,
    spots,
)
from equipment.views.papers.label_drawn import Label, drawn
from foundation.db import db, transaction
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import kit
from tests.papers import facts, sheets, text
from tests.squares import read_all

A4 = (210, 297)
ONE_ENGINE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
QUIET = 4 * 72 / 25.4 * 0.5
"""Points: four dots of half a millimetre, as readers ask for."""
SITE = "http://parvis.test/m/"


class TestSpots:
    @pytest.mark.parametrize("paper", Paper)
    def test_every_label_is_on_the_sheet_and_none_overlaps_another(self, paper):
        found = spots(paper, 1, LAYOUTS[paper].per_sheet, case=False)
        assert {one.sheet for one in found} == {0}
        for number, one in enumerate(found):
            assert 0 <= one.left <= one.left + one.width <= A4[0] + 0.01
            assert 0 <= one.top <= one.top + one.height <= A4[1] + 0.01
            for other in found[number + 1 :]:
                beside = one.left + one.width <= other.left + 0.01 or other.left + other.width <= one.left + 0.01
                below = one.top + one.height <= other.top + 0.01
                assert beside or below

    @given(paper=st.sampled_from(Paper), first=st.integers(1, 14), count=st.integers(1, 80), case=st.booleans())
    def test_a_sheet_that_was_begun_is_gone_on_with_and_no_place_is_used_twice(self, paper, first, count, case):
        found = spots(paper, first, count, case=case)
        assert len(found) == len(set(found)) == count
        assert found == sorted(found, key=lambda one: (one.sheet, one.top, one.left))
        used = spots(paper, 1, first - 1, case=False)
        assert not set(used) & set(found)

    def test_the_label_of_a_case_is_as_wide_as_plain_paper_and_one_label_on_any_other(self):
        big, small = spots(Paper.PLAIN, 1, 2, case=True)
        assert (big.width, big.height) == (180, BIG_ROWS * 38)
        assert small.top == big.top + big.height
        assert spots(Paper.MEDIUM, 1, 2, case=True) == spots(Paper.MEDIUM, 1, 2, case=False)

    def test_when_no_two_rows_are_left_the_label_of_a_case_goes_onto_the_next_sheet(self):
        big, small = spots(Paper.PLAIN, 19, 2, case=True)
        assert (big.sheet, big.top, small.sheet) == (1, LAYOUTS[Paper.PLAIN].top, 1)

    @pytest.mark.parametrize(
        ("first", "count", "refusal"),
        [(0, 1, NoSuchSpot), (22, 1, NoSuchSpot), (1, 0, NothingToPrint), (1, MOST_LABELS + 1, TooManyLabels)],
    )
    def test_a_place_that_the_sheet_has_not_and_labels_that_nobody_prints_are_refused(self, first, count, refusal):
        with pytest.raises(refusal):
            check_sheet(Paper.MEDIUM, first, count, "items")


def label(**changes: Any) -> Label:
    usual = {
        "code": "MAL-01-01", "link": "https://parvis.example/m/MAL-01-01", "what": "tablette",
        "detail": "Galaxy Tab A9+", "owner": "Ville de Rives-sur-Aure", "helpline": "+33639980001",
    }  # fmt: skip
    return Label(**(usual | changes))


def squares_on_paper(content: bytes) -> list[tuple[float, float]]:
    """How far from the left and from the lower edge the upper left corner of each square is, in points."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        moves = [
            [float(one) for one in operands]
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "cm"
        ]
    return [(left, lower) for scale, _b, _c, _d, left, lower in moves if scale != 1]


@ONE_ENGINE
class TestDrawn:
    @pytest.mark.parametrize("paper", Paper)
    def test_a_label_tells_its_code_its_kind_and_whom_to_call(self, app, paper):
        written = text(drawn([label()], paper, 1, case=False))
        assert "MAL-01-01" in written
        assert "tablette" in written
        assert "06 39 98 00 01" in written

    def test_whose_it_is_stands_where_there_is_room(self, app):
        assert "Rives-sur-Aure" in text(drawn([label()], Paper.MEDIUM, 1, case=False))
        assert "Rives-sur-Aure" not in text(drawn([label()], Paper.SMALL, 1, case=False))

    @pytest.mark.parametrize("paper", Paper)
    def test_long_words_stay_within_their_label(self, app, paper):
        long = label(
            code="ABCDEFGHIJ-012345678", what="casque de réalité virtuelle immersive", detail="mot " * 60,
            owner="Communauté de communes du Pays de la Haute Vallée", helpline="",
        )  # fmt: skip
        with pikepdf.open(io.BytesIO(drawn([long], paper, 1, case=False))) as pdf:
            tops = [
                float(operands[5])
                for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
                if str(operator) == "Tm"
            ]
        lower = 297 - LAYOUTS[paper].top - LAYOUTS[paper].height
        assert min(tops) > lower * 72 / 25.4
        assert "…" in text(drawn([long], paper, 1, case=False))

    @pytest.mark.parametrize("paper", Paper)
    def test_a_telephone_reads_the_square_of_every_label_on_every_sheet(self, app, paper):
        links = [f"https://parvis.example/m/MAL-01-{number:02d}" for number in range(LAYOUTS[paper].per_sheet + 2)]
        content = drawn([label(link=link) for link in links], paper, 1, case=False)
        assert read_all(content) == links
        assert facts(content)["sheets"] == 2

    def test_a_square_has_white_around_it(self, app):
        for paper in Paper:
            [(left, _lower)] = squares_on_paper(drawn([label()], paper, 1, case=False))
            assert left >= LAYOUTS[paper].left * 72 / 25.4 + QUIET

    def test_the_first_label_goes_where_the_sheet_is_free(self, app):
        [(left, top)] = squares_on_paper(drawn([label()], Paper.MEDIUM, 1, case=False))
        [(later, lower)] = squares_on_paper(drawn([label()], Paper.MEDIUM, 5, case=False))
        assert later - left == pytest.approx(66 * 72 / 25.4, abs=0.1)
        assert top - lower == pytest.approx(38.1 * 72 / 25.4, abs=0.1)


@pytest.fixture
def blue(app, cast):
    made = kit(code="MAL-1", units=3, home_venue_id=cast.ids["library"])
    with transaction():
        gone = db.session.merge(made.items[2])
        gone.condition, gone.retired_on, gone.destination = Condition.RETIRED, NOW.date(), "parts"
    return made


def page_of(blue) -> str:
    return f"/equipe/materiel/mallettes/{blue.id}/etiquettes"


def printed(client, where: str, **data: Any):
    return client.post(where, data={"paper": "medium", "first": "1", **data})


class TestPages:
    def test_all_that_is_in_use_and_the_case_are_chosen_to_begin_with(self, client, cast, blue):
        sign_in(client, cast.mediator)
        page = client.get(page_of(blue)).get_data(as_text=True)
        assert page.count('name="items"') == 2
        assert page.count("checked") == 3

    def test_the_squares_open_the_short_address_of_the_kit_and_of_each_device(self, client, cast, blue):
        sign_in(client, cast.mediator)
        ids, codes = zip(*((one.id, one.code) for one in blue.items[:2]), strict=True)
        response = printed(client, page_of(blue), case="y", items=list(ids))
        assert response.mimetype == "application/pdf"
        assert read_all(response.get_data()) == [SITE + code for code in ("MAL-1", *codes)]

    def test_a_lone_finder_reads_whom_to_call_where_the_kit_stands(self, client, cast, blue):
        sign_in(client, cast.mediator)
        written = text(printed(client, page_of(blue), items=[blue.items[0].id]).get_data())
        assert "06 39 98 00 10" in written
        assert "Rives-sur-Aure" in written

    def test_the_case_tells_what_belongs_into_it(self, client, cast, blue):
        sign_in(client, cast.mediator)
        written = sheets(printed(client, page_of(blue), case="y", paper="plain").get_data())
        assert any("2 × tablette" in line for line in written[0])

    @pytest.mark.parametrize(
        "data",
        [{}, {"case": "y", "first": "22"}, {"case": "y", "first": "x"}, {"case": "y", "paper": "A3"}, {"items": "999"}],
    )
    def test_what_can_not_be_printed_is_said_beside_its_field(self, client, cast, blue, data):
        sign_in(client, cast.mediator)
        response = printed(client, page_of(blue), **data)
        assert response.status_code == 422
        assert 'class="fault"' in response.get_data(as_text=True)

    def test_another_structures_kit_is_not_there(self, client, cast):
        theirs = kit(structure_id=cast.ids["association"])
        sign_in(client, cast.mediator)
        assert client.get(page_of(theirs)).status_code == 404
        assert printed(client, page_of(theirs), case="y").status_code == 404

    def test_statements_do_not_grow_with_devices(self, client, cast, blue):
        sign_in(client, cast.mediator)
        many = kit(units=30)
        with statements() as few:
            client.get(page_of(blue))
        with statements() as more:
            client.get(page_of(many))
        assert len(more) <= len(few)

    def test_a_label_names_the_structure_that_gets_it_back(self, client, cast):
        ours = kit(code="MAL-7", units=1, structure_id=cast.ids["town"])
        sign_in(client, cast.mediator)
        written = text(printed(client, page_of(ours), case="y", paper="wide").get_data())
        assert "Appartient à : Ville de Rives-sur-Aure" in written.replace("\n", " ")
        assert "06 39 98 00 01" in written

    def test_in_english_too(self, client, cast, blue):
        sign_in(client, cast.mediator)
        client.get("/langue/en?next=/equipe")
        assert "Plain paper, to cut out" in client.get(page_of(blue)).get_data(as_text=True)
        response = printed(client, page_of(blue), case="y", paper="wide")
        assert "Belongs to" in text(response.get_data())
        assert facts(response.get_data())["language"] == "en"

    def test_a_kit_without_devices_has_its_own_label_still(self, client, cast):
        empty = kit(code="MAL-8", units=0)
        sign_in(client, cast.mediator)
        assert "pas encore d’appareil" in client.get(page_of(empty)).get_data(as_text=True)
        assert read_all(printed(client, page_of(empty), case="y").get_data()) == [f"{SITE}MAL-8"]

    def test_the_same_labels_are_the_same_bytes(self, client, cast, blue):
        sign_in(client, cast.mediator)
        once, again = (printed(client, page_of(blue), case="y").get_data() for _ in range(2))
        assert once == again

    def test_whoever_does_not_work_with_kits_prints_none(self, client, cast, blue):
        sign_in(client, cast.host)
        assert client.get(page_of(blue)).status_code == 403
        assert printed(client, page_of(blue), case="y").status_code == 403

    def test_a_finder_who_scans_it_reads_whom_to_call(self, client, cast, blue):
        """What the square says is an address that opens for everybody."""
        sign_in(client, cast.mediator)
        [link] = read_all(printed(client, page_of(blue), case="y").get_data())
        client.get("/deconnexion")
        with client.session_transaction() as session:
            session.clear()
        response = client.get(link.removeprefix("http://parvis.test"))
        assert response.status_code == 200
        assert "06 39 98 00 1" in response.get_data(as_text=True)


class TestChosen:
    PAGE = "/equipe/materiel/etiquettes"

    def test_devices_and_kits_are_named_by_their_codes_each_once_in_this_order(self, client, cast, blue):
        sign_in(client, cast.mediator)
        code = blue.items[0].code
        response = printed(client, self.PAGE, codes=f"{code.lower()}, mal-1\n\n{code}")
        assert read_all(response.get_data()) == [SITE + code, SITE + "MAL-1"]

    def test_a_code_that_nothing_has_is_named(self, client, cast, blue):
        theirs = kit(structure_id=cast.ids["association"])
        sign_in(client, cast.mediator)
        response = printed(client, self.PAGE, codes=f"MAL-1\nNOPE\n{theirs.code}")
        assert response.status_code == 422
        assert f"NOPE, {theirs.code}" in response.get_data(as_text=True)

    def test_the_list_begins_with_what_the_address_names_else_with_the_reserve(self, client, cast, blue):
        code = blue.items[1].code
        with transaction():
            db.session.merge(blue.items[1]).kit_id = None
        sign_in(client, cast.mediator)
        assert code in client.get(self.PAGE).get_data(as_text=True)
        page = client.get(f"{self.PAGE}?code=AAA&code=BBB").get_data(as_text=True)
        assert "AAA\nBBB" in page.replace("\r\n", "\n")

    def test_half_a_thousand_labels_are_printed_and_no_more(self, client, cast):
        made = kit(units=MOST_LABELS + 1)
        codes = [one.code for one in made.items]
        sign_in(client, cast.mediator)
        client.get(self.PAGE)
        with statements() as few:
            printed(client, self.PAGE, codes=codes[0])
        with statements() as many:
            response = printed(client, self.PAGE, codes="\n".join(codes[:-1]), paper="small")
        assert facts(response.get_data())["sheets"] == 8
        assert len(many) == len(few)
        assert printed(client, self.PAGE, codes="\n".join(codes)).status_code == 422

    def test_a_device_that_left_for_good_needs_no_label(self, client, cast, blue):
        sign_in(client, cast.mediator)
        assert printed(client, self.PAGE, codes=blue.items[2].code).status_code == 422

    def test_nothing_named_prints_nothing(self, client, cast, blue):
        sign_in(client, cast.mediator)
        assert printed(client, self.PAGE, codes=" ,; ").status_code == 422
