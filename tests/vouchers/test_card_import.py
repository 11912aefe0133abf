"""The card file of the CCAS: what it does, what it leaves, what it refuses; and that it may be repeated."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from foundation import audit
from foundation.db import db, transaction
from people.models import Person
from people.queries import find
from places.importing.columns import UnknownColumns
from places.importing.reading import read_table
from places.importing.sheet_report import Report
from places.importing.unreadable import UnreadableFileError
from tests.cast import TODAY, sign_in
from tests.counting import statements
from tests.vouchers.carded import PAGE, happened, how_many, resident, text
from tests.vouchers.given import act, card, category, fresh
from vouchers.importing.columns import COLUMNS
from vouchers.models import Card, CardEvent, CardEventKind, CardState
from vouchers.service import cards
from vouchers.service.card_imports import import_cards

SEND = f"{PAGE}/import"
PHONED = "N° carte;Nom;Prénom;Année;Catégorie;Valable jusqu'au;Téléphone\n"
HEAD = "N° carte;Nom;Prénom;Date de naissance;Catégorie;Valide du;Valide jusqu'au;Foyer;NIR\n"
JEANNE = "C-1;KERLAZ;Jeanne;14/07/1957;minima sociaux;01/03/2026;31/12/2026;F1;257079900100129\n"
ALI = "C-2;Mansour;Ali;1960;Minima sociaux;;2026-12-31;;\n"
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def manager(client, cast, app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], var=tmp_path))
    category()
    return sign_in(client, cast.manager)


def done(cast, rows: str, head: str = HEAD) -> Report:
    """What an import of these rows did."""
    category()
    return act(
        lambda actor, now: import_cards(read_table((head + rows).encode()), actor, now=now), by=cast.ids["manager"]
    )


def of_number(number: str) -> Card:
    db.session.rollback()
    return db.session.scalars(select(Card).where(Card.former_number == number).order_by(Card.id.desc())).first()


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Person.id))) or 0


def why(report: Report) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.why) for one, _raw in report.rows]


class TestNew:
    def test_people_and_cards_are_written_with_the_year_alone(self, cast):
        report = done(cast, JEANNE + ALI)
        assert report.counts == {"created": 2, "updated": 0, "unchanged": 0, "refused": 0}
        made = of_number("C-1")
        assert (made.person.given_name, made.person.family_name, made.person.birth_year) == ("Jeanne", "KERLAZ", 1957)
        assert (made.valid_from, made.valid_until, made.household) == (date(2026, 3, 1), date(2026, 12, 31), "F1")
        assert (made.proof_seen_by_id, made.proof_seen_on) == (None, None)
        assert happened(made.id) == [CardEventKind.IMPORTED]
        assert of_number("C-2").valid_from == TODAY

    def test_who_has_a_record_is_recognised_by_name_and_year(self, cast):
        who = resident()
        before = people()
        report = done(cast, JEANNE)
        assert (report.created, report.noted["known_people"], people()) == (1, 1, before)
        assert of_number("C-1").person_id == who

    def test_somebody_of_the_same_name_born_in_another_year_is_somebody_else(self, cast):
        resident(birth_year=1958)
        before = people()
        done(cast, JEANNE)
        assert people() == before + 1

    def test_two_records_that_fit_are_not_chosen_between(self, cast):
        resident()
        resident()
        [(line, _column, sentence)] = why(done(cast, JEANNE))
        assert line == 2
        assert "Join their records" in sentence or "Réunissez" in sentence

    def test_two_numbers_of_one_person_in_one_file_give_one_card(self, cast):
        before = people()
        report = done(cast, JEANNE + JEANNE.replace("C-1", "C-9"))
        assert (report.created, report.counts["refused"], people(), how_many()) == (1, 1, before + 1, 1)
        assert done(cast, JEANNE + JEANNE.replace("C-1", "C-9")).counts["refused"] == 1

    def test_who_is_written_down_is_found_by_name_and_number(self, cast):
        done(cast, "C-1;Le Goff;Anne;1957;Minima sociaux;2026-12-31;06 39 98 00 77\n", PHONED)
        made = of_number("C-1").person
        assert (made.contact_means.value, made.phone, len(made.code)) == ("sms", "+33639980077", 6)
        db.session.rollback()
        for typed in ("legoff", "06 39 98 00 77", made.code):
            assert made.id in [one.id for one in find(typed)], typed

    def test_each_person_and_card_has_a_line_of_its_own_in_the_journal(self, cast):
        done(cast, JEANNE + ALI)
        done(cast, JEANNE.replace("31/12/2026", "31/12/2027"))
        one = of_number("C-1")
        assert [entry.action for entry in audit.history(f"card:{one.id}")] == ["card.renewed", "card.imported"]
        assert [entry.action for entry in audit.history(f"person:{one.person_id}")] == ["person.created"]
        [last, first] = audit.history("import:cards")
        assert (first.details["created"], last.details["updated"]) == (2, 1)
        assert {entry.actor_id for entry in audit.history(f"card:{one.id}")} == {cast.ids["manager"]}

    def test_a_person_is_not_left_behind_by_a_card_that_is_refused(self, cast):
        before = people()
        report = done(cast, JEANNE.replace("F1", "F" * 41))
        assert (report.counts["refused"], people(), how_many()) == (1, before, 0)


class TestAgain:
    def test_the_same_file_does_nothing_twice(self, cast):
        done(cast, JEANNE + ALI)
        report = done(cast, JEANNE + ALI)
        assert report.counts == {"created": 0, "updated": 0, "unchanged": 2, "refused": 0}
        assert (how_many(), happened(of_number("C-1").id)) == (2, [CardEventKind.IMPORTED])

    def test_a_later_end_renews_and_another_category_corrects(self, cast):
        category("Étudiants")
        done(cast, JEANNE + ALI)
        number = of_number("C-1").number
        report = done(cast, JEANNE.replace("31/12/2026", "31/12/2027") + ALI.replace("Minima sociaux", "etudiants"))
        assert report.counts["updated"] == 2
        assert report.changes[0].what[0].endswith("31/12/2026 → 31/12/2027")
        assert report.changes[1].what[0].endswith("Minima sociaux → Étudiants")
        assert (of_number("C-1").number, of_number("C-1").valid_until) == (number, date(2027, 12, 31))
        assert happened(of_number("C-1").id)[-1] is CardEventKind.RENEWED
        assert happened(of_number("C-2").id)[-1] is CardEventKind.CHANGED

    def test_an_earlier_end_shortens_nothing_and_is_counted(self, cast):
        done(cast, JEANNE)
        report = done(cast, JEANNE.replace("31/12/2026", "30/06/2026"))
        assert (report.noted["left"], report.unchanged) == (1, 1)
        assert of_number("C-1").valid_until == date(2026, 12, 31)

    def test_an_empty_cell_empties_nothing(self, cast):
        done(cast, JEANNE)
        assert done(cast, JEANNE.replace(";F1;", ";;")).unchanged == 1
        assert of_number("C-1").household == "F1"

    def test_households_of_a_file_are_compared_as_those_that_were_typed(self, cast):
        done(cast, JEANNE)
        assert of_number("C-1").household_key == "f1"
        done(cast, JEANNE.replace(";F1;", ";f-2;"))
        assert (of_number("C-1").household, of_number("C-1").household_key) == ("f-2", "f2")

    def test_a_card_given_by_hand_with_this_number_is_known(self, cast):
        made = card(cast, resident(), former_number="C-1")
        assert done(cast, JEANNE).counts["created"] == 0
        assert fresh(Card, made.id).household == "F1"

    def test_after_a_loss_the_new_card_is_the_one_of_the_number(self, cast):
        done(cast, JEANNE)
        old = of_number("C-1").id
        act(cards.replace, old, by=cast.ids["manager"])
        done(cast, JEANNE.replace("31/12/2026", "31/12/2027"))
        assert fresh(Card, old).valid_until == date(2026, 12, 31)
        assert of_number("C-1").valid_until == date(2027, 12, 31)

    def test_what_was_stopped_here_stays_stopped(self, cast):
        done(cast, JEANNE + ALI)
        act(cards.end, of_number("C-1").id, "déménagé", by=cast.ids["manager"])
        act(cards.suspend, of_number("C-2").id, "à revoir", by=cast.ids["manager"])
        report = done(cast, JEANNE + ALI.replace("2026-12-31", "2027-12-31"))
        assert [line for line, _column, _why in why(report)] == [2]
        assert of_number("C-1").state is CardState.ENDED
        assert (of_number("C-2").state, of_number("C-2").valid_until) == (CardState.SUSPENDED, date(2027, 12, 31))


class TestRefused:
    @pytest.mark.parametrize(
        ("row", "column"),
        [
            (JEANNE.replace("C-1", ""), "Number at the CCAS"),
            (JEANNE.replace("KERLAZ", " "), "Family name"),
            (JEANNE.replace("minima sociaux", "Étudiants"), "Category"),
            (JEANNE.replace("minima sociaux", ""), "Category"),
            (JEANNE.replace("14/07/1957", ""), "Year of birth"),
            (JEANNE.replace("14/07/1957", "57"), "Year of birth"),
            (JEANNE.replace("14/07/1957", "1857"), "Year of birth"),
            (JEANNE.replace("31/12/2026", "31/02/2026"), "Valid until"),
            (JEANNE.replace("31/12/2026", ""), "Valid until"),
            (JEANNE.replace("31/12/2026", "09/03/2026"), "Valid until"),
            (JEANNE.replace("31/12/2026", "31/12/2036"), "Valid until"),
            (JEANNE.replace("01/03/2026", "bientôt"), "Valid from"),
            (JEANNE.replace("31/12/2026", "31/12/9999"), "Valid until"),
            (JEANNE.replace("KERLAZ", "K" * 81), "Family name"),
            (JEANNE.replace("Jeanne", "J" * 81), "Given name"),
            (JEANNE.replace("KERLAZ;Jeanne", "--;!"), "Family name"),
            (JEANNE.replace("C-1", "C" * 41), "Number at the CCAS"),
            (JEANNE.replace("C-1", "2 57 07 99 001 001 29"), "Number at the CCAS"),
        ],
    )
    def test_a_row_with_its_line_and_column_and_the_others_are_kept(self, app, cast, row, column):
        with app.test_request_context(headers={"Accept-Language": "en"}):
            report = done(cast, ALI + row)
            [(line, told, sentence)] = why(report)
        assert (line, told, bool(sentence)) == (3, column, True)
        assert (report.created, how_many()) == (1, 1)

    def test_rows_that_all_end_early_are_refused_one_by_one_and_not_the_file(self, cast):
        report = done(cast, "C-1;KERLAZ\nC-2\n")
        assert [line for line, _column, _why in why(report)] == [2, 3]

    def test_a_file_with_two_columns_of_one_name_is_refused(self, app):
        with pytest.raises(UnreadableFileError):
            read_table((HEAD.replace("Prénom", "nom") + JEANNE).encode())

    def test_a_card_of_the_last_day_that_there_is_breaks_nothing(self, cast):
        report = done(cast, JEANNE.replace("01/03/2026;31/12/2026", "30/12/9999;31/12/9999") + ALI)
        assert (report.created, report.counts["refused"]) == (2, 0)

    def test_a_number_that_is_somebody_elses_here(self, cast):
        done(cast, JEANNE)
        assert done(cast, ALI.replace("C-2", "C-1")).counts["refused"] == 1
        assert of_number("C-1").person.given_name == "Jeanne"

    def test_somebody_who_has_a_card_under_another_number(self, cast):
        done(cast, JEANNE)
        assert done(cast, JEANNE.replace("C-1", "C-9")).counts["refused"] == 1
        assert how_many() == 1

    def test_a_number_twice_is_kept_once_and_refused_when_it_says_something_else(self, cast):
        report = done(cast, JEANNE + JEANNE + JEANNE.replace("F1", "F2"))
        assert (report.created, report.noted["repeated"], report.counts["refused"]) == (1, 1, 1)

    @pytest.mark.parametrize("head", ["Nom;Prénom", "a;b;c", "N° carte;Nom;Catégorie"])
    def test_a_file_without_the_columns(self, app, head):
        with app.test_request_context(), pytest.raises(UnknownColumns):
            COLUMNS.found(read_table(f"{head}\nx;y;z\n".encode()).columns)

    def test_another_structure_imports_nothing(self, manager, cast):
        with transaction():
            db.session.merge(cast.manager).structure_id = cast.ids["association"]
        assert manager.get(SEND).status_code == 403
        assert send(manager, HEAD + JEANNE).status_code == 403


def long_file(rows: int, until: str = "31/12/2026") -> str:
    """Every tenth row has no year of birth."""
    return "".join(
        f"L-{number};Famille {spelled(number)};Ada;{'' if number % 10 == 0 else 1940 + number % 60};Minima sociaux;;"
        f"{until};F{number // 3};\n"
        for number in range(rows)
    )


def spelled(number: int) -> str:
    """In letters, since names have no digits."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


class TestLong:
    @pytest.mark.long
    def test_of_five_thousand_rows_the_good_are_kept_and_the_bad_given_back(self, cast):
        before = people()
        report = done(cast, long_file(5_000))
        assert report.counts == {"created": 4_500, "updated": 0, "unchanged": 0, "refused": 500}
        assert [one.line for one, _raw in report.rows] == list(range(2, 5_002, 10))
        assert (how_many(), people()) == (4_500, before + 4_500)
        assert db.session.scalar(select(func.count(CardEvent.id))) == 4_500
        again = done(cast, long_file(5_000, "31/12/2027"))
        assert again.counts == {"created": 0, "updated": 4_500, "unchanged": 0, "refused": 500}
        assert of_number("L-4999").valid_until == date(2027, 12, 31)
        assert of_number("L-4999").person.family_name == "Famille ejjj"

    def test_statements_do_not_grow_with_rows_one_by_one(self, cast):
        category()
        with statements() as few:
            done(cast, long_file(20))
        with statements() as many:
            done(cast, long_file(400).replace("L-", "K-").replace("Famille", "Tribu"))
        assert len(many) <= len(few) + 6
        with statements() as renewed:
            done(cast, long_file(400, "30/06/2027").replace("L-", "K-").replace("Famille", "Tribu"))
        assert len(renewed) <= len(few) + 6


def workbook(rows: list[list]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def send(client, content: str | bytes):
    data = content.encode() if isinstance(content, str) else content
    return client.post(SEND, data={"file": (io.BytesIO(data), "cartes.csv")}, content_type="multipart/form-data")


class TestPages:
    def test_the_preview_tells_and_writes_nothing(self, manager):
        before = people()
        where = send(manager, HEAD + JEANNE + ALI.replace("1960", "")).headers["Location"]
        page = text(manager.get(where))
        assert "Rien n’est encore écrit." in page
        assert "Jeanne KERLAZ (C-1)." in page
        assert "C-2" in page.partition("Lignes refusées")[2]
        assert (people(), how_many()) == (before, 0)

    def test_confirmed_it_writes_and_gives_the_refused_rows_back_to_correct_and_send_again(self, manager):
        where = send(manager, HEAD + JEANNE + ALI.replace("1960", "")).headers["Location"]
        assert manager.post(where).status_code == 303
        assert how_many() == 1
        back = manager.get(f"{where}/refusees.csv").get_data().decode("utf-8-sig")
        [header, row] = list(csv.reader(io.StringIO(back), delimiter=";"))
        assert (row[0], row[header.index("Numéro au CCAS")]) == ("3", "C-2")
        assert "NIR" not in header
        manager.post(send(manager, back.replace(";Ali;;", ";Ali;1960;")).headers["Location"])
        assert how_many() == 2

    def test_a_workbook_is_read_like_any_file(self, manager):
        head, row = HEAD.rstrip().split(";"), ["0042", "Kerlaz", "Jeanne", date(1957, 7, 14), "Minima sociaux", None]
        row += [datetime(2026, 12, 31, 23), "", ""]  # noqa: DTZ001  a spreadsheet knows no zone
        manager.post(send(manager, workbook([head, row])).headers["Location"])
        made = of_number("0042")
        assert (made.valid_until, made.person.birth_year) == (date(2026, 12, 31), 1957)

    def test_confirmed_twice_it_writes_once(self, manager):
        where = send(manager, HEAD + JEANNE).headers["Location"]
        manager.post(where)
        assert manager.post(where).status_code == 303
        assert how_many() == 1
        assert manager.get(f"{where}/refusees.csv").status_code == 404

    def test_changes_are_shown_before_they_are_made(self, manager, cast):
        done(cast, JEANNE)
        page = text(manager.get(send(manager, HEAD + JEANNE.replace("31/12/2026", "31/12/2027")).headers["Location"]))
        assert "31/12/2026 → 31/12/2027" in page

    def test_dropped_it_is_gone(self, manager):
        where = send(manager, HEAD + JEANNE).headers["Location"]
        assert manager.post(f"{where}/abandonner").status_code == 303
        assert manager.get(where).status_code == 404
        assert how_many() == 0

    def test_it_is_for_the_one_who_sent_it(self, manager, cast):
        where = send(manager, HEAD + JEANNE).headers["Location"]
        assert sign_in(manager, cast.administrator).get(where).status_code == 404

    def test_the_model_is_read_again(self, manager):
        model = manager.get(f"{SEND}/modele.csv").get_data().decode("utf-8-sig")
        row = "C-1;Kerlaz;Jeanne;1957;Minima sociaux;01/03/2026;31/12/2026;F1;\n"
        manager.post(send(manager, model + row).headers["Location"])
        assert of_number("C-1").person.birth_year == 1957

    @pytest.mark.parametrize(
        "content", [b"", b"\x00\x01", b"N;P\n1;2\n", b"PK\x03\x04rest", (HEAD + '"open\n').encode(), HEAD.encode()]
    )
    def test_what_is_no_card_file_is_refused_in_words(self, manager, content):
        answer = send(manager, content)
        assert answer.status_code == 422
        assert 'id="file-fault"' in text(answer)

    @pytest.mark.parametrize("role", ["mediator", "prescriber", "host", "partner"])
    def test_is_not_for_others(self, client, cast, role):
        visitor = sign_in(client, getattr(cast, role))
        assert visitor.get(SEND).status_code == 403
        assert send(visitor, HEAD + JEANNE).status_code == 403
