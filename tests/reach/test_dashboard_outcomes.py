"""The page of what contacts were about ends with what came of referrals and whether it helped; so do the files."""

from __future__ import annotations

import io

import openpyxl
import pytest

from activity.models import Helped, Outcome, Referral
from foundation.db import db, transaction
from places.models import Territory
from tests.reach.dashboards import page, rows, words
from tests.reach.test_outcomes_asked import OPERATOR, said, sent

MARCH = {"periode": "2026-03"}


@pytest.fixture
def told(cast):
    """Three referrals, and twelve answers, two of them aloud."""
    sent(cast, outcome=Outcome.HELPED)
    sent(cast, 1)
    sent(cast, 2, to=OPERATOR, outcome=Outcome.DID_NOT_GO)
    for number in range(12):
        said(cast, number, Helped.FULLY if number < 9 else Helped.PARTLY, aloud=number < 2)
    said(cast, 50, None)
    return cast


def content(client, cast, who="manager", **more):
    return page(client, cast, who, "/contenu", **(more or MARCH))


def said_there(answer):
    return words(answer.get_data(as_text=True))


def test_kinds_stand_by_outcome_with_their_sums_and_what_is_known(client, told):
    answer = content(client, told)
    table = rows(answer)
    kinds = ("L’action sociale", "Total")
    assert [table[kind] for kind in kinds] == [["2", "1", "0", "0", "0", "1"], ["3", "1", "0", "1", "0", "1"]]
    assert "Pour 2 orientations sur 3, on sait si elles ont aidé (66,7 %)" in said_there(answer)
    assert 'href="/equipe/comptes-rendus/orientations"' in answer.text


def test_answers_stand_with_their_shares_and_with_who_answered(client, told):
    answer = content(client, told)
    table = rows(answer)
    assert [table[one] for one in ("Oui, tout à fait", "En partie", "Pas vraiment")] == [
        ["9", "75 % (–)"], ["3", "25 % (–)"], ["0", "0 % (–)"],
    ]  # fmt: skip
    assert "12 réponses, pour 13 passages" in said_there(answer)
    assert "2 ont été dites à voix haute" in said_there(answer)


@pytest.mark.parametrize(("more", "asked"), [({}, False), ({"canal": "venue"}, True)], ids=["all", "filtered"])
def test_who_filters_answers_is_asked_not_to_look_for_one(client, told, more, asked):
    assert ("cherchez celle de personne" in said_there(content(client, told, **MARCH, **more))) is asked


def test_the_mediator_is_told_why_not_and_how_many_answered(client, told):
    answer = content(client, told, "mediator")
    assert "Oui, tout à fait" not in rows(answer)
    assert "12 réponses" in said_there(answer)
    assert "trimestre entier" in said_there(answer)


def test_few_answers_are_not_told(client, cast):
    for number in range(3):
        said(cast, number)
    answer = content(client, cast)
    assert "à partir de 11" in said_there(answer)
    assert "Oui, tout à fait" not in rows(answer)


def test_an_empty_town_says_so_and_one_that_asks_nobody_too(client, cast):
    empty = said_there(content(client, cast))
    assert "Personne n’a été orienté pendant cette période" in empty
    assert "Personne n’a répondu" in empty
    assert "ne pose pas cette question" not in empty
    with transaction():
        db.session.get_one(Territory, 1).asks_satisfaction = False
    assert "ne pose pas cette question" in said_there(content(client, cast))


def test_the_file_says_the_same(client, told):
    answer = page(client, told, "manager", "/exports/portee.xlsx", **MARCH)
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheets = {sheet.title: {row[0]: list(row[1:]) for row in sheet.iter_rows(values_only=True)} for sheet in book}
    kinds, answers = sheets["Suites des orientations"], sheets["Réponses"]
    assert kinds["L’action sociale"] == [2, 1, 0, 0, 0, 1]
    assert len(kinds) == len(Referral) + 1
    assert [answers["Oui, tout à fait"][0], answers["En partie"][0], answers["Pas vraiment"][0]] == [9, 3, 0]
    assert (answers["Toutes les réponses"], answers["Passages qui pouvaient donner une réponse"]) == ([12, 0], [13, 0])
    assert sheets["Chiffres"]["Aidés tout à fait"][0] == 75


def test_a_mediators_file_has_no_answer_either(client, told):
    answer = page(client, told, "mediator", "/exports/portee.xlsx", **MARCH)
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    found = {row[0]: row[1] for row in book["Réponses"].iter_rows(values_only=True)}
    assert [found["Oui, tout à fait"], found["En partie"]] == [None, None]
