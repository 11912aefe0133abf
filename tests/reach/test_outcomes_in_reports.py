"""What people answered and what came of referrals: the same on screen, in files, on paper and as open data."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest

from activity.models import Helped, Outcome, Referral
from foundation.i18n import in_language
from reach.models import ReportKind
from reach.queries import drafts, open_data
from reach.queries.feature_figures import OUTCOMES
from reach.queries.published import by_id
from reach.reports.outcome_words import answered, asked, known
from reach.reports.reading import Reading
from reach.reports.report import pdf, reading_of
from reach.rules.filters import Filters
from reach.rules.outcome_keys import ANSWERS, BY_ANSWER, BY_OUTCOME, BY_REFERRAL, REFERRED
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure
from tests.cast import sign_in
from tests.papers import text
from tests.reach.dashboards import HERE, page, rows, words
from tests.reach.opened import YEAR, fetch, publish, table
from tests.reach.test_outcomes_asked import OPERATOR, SOCIAL, said, sent
from tests.reach.test_report_papers import content, report

AT = datetime(2025, 5, 6, 9, tzinfo=UTC)
SINCE = {*OUTCOMES, "prescribed_kept", "prescribed_noshow"}
ANSWERED = {Helped.FULLY: 30, Helped.PARTLY: 15, Helped.NOT_REALLY: 4}
SENT = {
    (SOCIAL, Outcome.HELPED): 14,
    (OPERATOR, Outcome.HELPED): 12,
    (OPERATOR, None): 13,
    (SOCIAL, Outcome.NOT_KNOWN): 2,
}
FRENCH = {Helped.FULLY: "Oui, tout à fait", Helped.PARTLY: "En partie", Helped.NOT_REALLY: "Pas vraiment"}


@pytest.fixture
def told(cast, stopped_clock):
    """49 answers and 41 referrals of 2025."""
    for number, answer in enumerate([one for one, count in ANSWERED.items() for _time in range(count)]):
        said(cast, number, answer, started_at=AT)
    for (to, outcome), count in SENT.items():
        for _time in range(count):
            sent(cast, to=to, outcome=outcome, started_at=AT)
    return cast


@pytest.fixture
def published(told):
    report = by_id(publish(told))
    return report, open_data.found("latest")[1]


def figures_of(client, cast):
    """What the page says of answers: (count, share)."""
    found = rows(page(client, cast, path="/contenu", periode="2025"))
    return {one: found[FRENCH[one]][:2] for one in Helped}


def in_files(client):
    """Indicator → its number in the year, as the open CSV has it."""
    found = [row for row in table(fetch(client, "portee.csv")) if row["periode_fin"] == "2025-12-31"]
    return {row["indicateur"]: row["nombre"] for row in found if not row["code_1"]}


def on_paper(report, content, *, full=False):
    return words(text(pdf(report, content, full=full)))


def test_answers_are_the_same_everywhere(client, told, published):
    screen = figures_of(client, told)
    inside, outside = (on_paper(*published, full=full) for full in (True, False))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{HERE}/exports/portee.xlsx?periode=2025").data))
    workbook = {row[0]: row[1] for row in book["Réponses"].iter_rows(min_row=2, values_only=True)}
    files = in_files(client)
    for one, count in ANSWERED.items():
        assert (screen[one][0], workbook[FRENCH[one]]) == (str(count), count)
        assert f"{FRENCH[one]} {count} " in inside
        assert files[BY_ANSWER[one]] == ("" if f"{FRENCH[one]} {count} " not in outside else str(count))
    assert "30 fois sur 49 (61,2 %)" in inside
    assert "61,2 %" in words(client.get(f"{HERE}/contenu?periode=2025").text)


def test_what_few_answered_is_on_no_paper_that_leaves_the_house(client, published):
    outside = on_paper(*published)
    assert "Pas vraiment 4" not in outside
    assert "n.c. pour : " in outside
    reading = reading_of(*published)
    shown = {one: reading.count(key) for one, key in BY_ANSWER.items()}
    assert shown[Helped.NOT_REALLY] is None
    assert None in {shown[Helped.FULLY], shown[Helped.PARTLY], reading.count(ANSWERS)}, "the rest would tell it"


def test_referrals_are_the_same_everywhere(client, told, published):
    screen = rows(page(client, told, path="/contenu", periode="2025"))
    inside = on_paper(*published, full=True)
    assert screen["Total"] == ["41", "26", "0", "0", "2", "13"]
    assert "A aidé 26 63,4 %" in inside
    assert "Rien de noté 13 31,7 %" in inside
    assert "Total 41" in inside
    for kind, count in (("L’action sociale", 16), ("Opérateur compétent", 25)):
        assert screen[kind][0] == str(count)
        assert f"{kind} {count} " in inside
    files = in_files(client)
    assert files[BY_OUTCOME[Outcome.NOT_KNOWN]] == files[BY_OUTCOME[Outcome.NOT_HELPED]] == ""
    assert {files[key] for key in (REFERRED, BY_REFERRAL[SOCIAL], BY_REFERRAL[OPERATOR])} <= {"41", "16", "25", ""}
    assert len({*BY_REFERRAL.values(), *BY_OUTCOME.values()} & files.keys()) == len(Referral) + len(Outcome) + 1


def test_each_part_is_in_the_dictionary_in_the_words_of_the_screen(client, published):
    known_words = {row["indicateur"]: row for row in table(fetch(client, "dictionnaire.csv"))}
    assert words(known_words[BY_ANSWER[Helped.FULLY]]["libelle"]) == "Réponses : Oui, tout à fait"
    assert words(known_words[BY_OUTCOME[None]]["libelle"]) == "Orientations : Rien de noté"
    assert words(known_words[BY_REFERRAL[SOCIAL]]["libelle"]) == "Orientées vers : L’action sociale"
    page_of_words = client.get("/donnees-ouvertes/dictionnaire").text
    assert "<code>answers</code>" in page_of_words
    assert BY_ANSWER[Helped.FULLY] not in page_of_words, "a line for each would make the page long"


@pytest.mark.parametrize(("language", "title", "definition"), [
    ("fr", "Suites et résultats", "Aidés tout à fait"), ("en", "Results and follow-up", "It helped fully"),
])  # fmt: skip
def test_the_part_has_its_title_and_its_definitions(told, language, title, definition):
    made = report(language=language)
    with in_language(language):
        said_there = drafts.draft(ReportKind.YEAR, Filters(span=YEAR)).unprotected()
        paper = words(text(pdf(made, said_there)))
    assert title in paper
    assert definition in paper


def test_fewer_than_eleven_answers_are_not_told_to_the_team_either(cast, stopped_clock):
    for number in range(10):
        said(cast, number, started_at=AT)
    with in_language("fr"):
        content = drafts.draft(ReportKind.YEAR, Filters(span=YEAR)).unprotected()
        reading = Reading(content, YEAR, full=True)
        assert (reading.count(ANSWERS), answered(reading)) == (10, "")
        assert {reading.count(key) for key in BY_ANSWER.values()} == {None}
    said(cast, 11, started_at=AT)
    with in_language("fr"):
        reading = Reading(drafts.draft(ReportKind.YEAR, Filters(span=YEAR)).unprotected(), YEAR, full=True)
        assert reading.count(BY_ANSWER[Helped.FULLY]) == 11


def test_a_report_of_before_has_no_such_part(cast):
    """What was published stays as it was: to print n.c. would say that somebody counted."""
    with in_language("fr"):
        now = drafts.draft(ReportKind.YEAR, Filters(span=YEAR)).unprotected()
        of_before = {one: count for one, count in now.published.figures.items() if one.indicator not in SINCE}
        paper = text(pdf(report(), replace(now, published=Published(of_before, frozenset()))))
    assert "Rendez-vous honorés" in paper
    assert "Suites et résultats" not in paper
    assert "Aidés tout à fait" not in paper
    assert "Dont pris par un prescripteur" not in paper


def test_sentences_say_nothing_that_is_not_told(app):
    figures = {
        Figure(BY_ANSWER[Helped.FULLY], YEAR): 30, Figure(ANSWERS, YEAR): 49, Figure("named_contacts", YEAR): 90,
        Figure(BY_OUTCOME[Outcome.HELPED], YEAR): 26, Figure(REFERRED, YEAR): 41,
    }  # fmt: skip
    with app.test_request_context(), in_language("en"):
        for hidden in (None, *figures):
            kept = Published(figures, frozenset([hidden] if hidden else []))
            reading = Reading(replace(content(), published=kept), YEAR)
            told_ones = [bool(one(reading)) for one in (answered, asked, known)]
            needed = [
                {Figure(BY_ANSWER[Helped.FULLY], YEAR), Figure(ANSWERS, YEAR)},
                {Figure("named_contacts", YEAR), Figure(ANSWERS, YEAR)},
                {Figure(BY_OUTCOME[Outcome.HELPED], YEAR), Figure(REFERRED, YEAR)},
            ]
            assert told_ones == [hidden not in one for one in needed]


def test_the_sheet_of_a_structure_says_whether_it_helped(told, client):
    sign_in(client, told.manager)
    made = report(ReportKind.STRUCTURE, structure_id=told.mediator.structure_id)
    with in_language("fr"):
        kept = drafts.draft(ReportKind.STRUCTURE, Filters(span=YEAR, structure_id=made.structure_id)).unprotected()
        assert "30 fois sur 49 (61,2 %)" in words(text(pdf(made, kept)))
