"""The journal of what was done: who sees it, whose acts, and in which words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from accounts.journal import ACTS, NOUNS, in_words
from foundation import audit
from foundation.db import transaction
from foundation.security import Role
from tests.cast import sign_in
from tests.house import parsed, product_modules
from workshops.models import RequestState

PAGE = "/equipe/comptes/journal"
NAME = re.compile(r"[a-z_]+\.[a-z_]+")


@pytest.fixture
def acts(cast):
    """One act of a mediator of the town, one of the other structure, one of a resident."""
    with transaction():
        audit.record("appointment.booked", "appointment:71", actor_id=cast.ids["mediator"])
        audit.record("person.merged", "person:72", actor_id=cast.ids["other_mediator"])
        audit.record("appointment.cancelled", "appointment:73")
    return cast


def rows(page: str) -> list[str]:
    lines = re.findall(r"<li><time.*?</li>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]


def test_an_administrator_reads_the_newest_first_with_names_and_numbers(client, acts):
    sign_in(client, acts.administrator)
    shown = rows(client.get(PAGE).get_data(as_text=True))
    numbers = [number for row in shown for number in re.findall(r"\b7[123]\b", row)]
    assert numbers == ["73", "72", "71"]
    assert acts.mediator.name in next(row for row in shown if "71" in row)
    assert "sans compte" in next(row for row in shown if "73" in row)


def test_it_can_be_asked_what_one_account_did_and_what_was_done_with_one_kind_of_thing(client, acts):
    sign_in(client, acts.administrator)
    (one,) = rows(client.get(f"{PAGE}?qui={acts.mediator.id}").get_data(as_text=True))
    assert "71" in one
    (other,) = rows(client.get(f"{PAGE}?quoi=person").get_data(as_text=True))
    assert "72" in other
    assert rows(client.get(f"{PAGE}?quoi=territory").get_data(as_text=True)) == []
    for odd in ("?qui=x", "?qui=99999", "?quoi=%25", "?page=-1", "?page=x"):
        assert len(rows(client.get(PAGE + odd).get_data(as_text=True))) >= 3


def test_bound_to_a_structure_one_reads_what_its_accounts_did(client, acts):
    with transaction():
        acts.administrator.structure_id = acts.town.id
    sign_in(client, acts.administrator)
    shown = rows(client.get(PAGE).get_data(as_text=True))
    assert any("71" in row for row in shown)
    assert not any("72" in row or "73" in row for row in shown)


def test_a_long_journal_comes_a_page_at_a_time(client, cast):
    with transaction():
        for number in range(120):
            audit.record("venue.changed", f"venue:{1000 + number}", actor_id=cast.ids["manager"])
    sign_in(client, cast.administrator)
    pages = [rows(client.get(f"{PAGE}?quoi=venue&page={number}").get_data(as_text=True)) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [50, 50, 20, 0]
    assert "1119" in pages[0][0]
    assert "1000" in pages[2][-1]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MEDIATOR, Role.PRESCRIBER])
def test_it_is_for_administrators_alone(client, cast, role):
    sign_in(client, cast.account_of(role))
    assert client.get(PAGE).status_code == 403


def _recorded() -> Iterator[str]:
    """Names of acts as they stand in the code: what is recorded at once, and what a verb hands on to a helper."""
    for file in product_modules():
        in_verbs = any(part.removesuffix(".py") == "service" for part in file.parts)
        for node in ast.walk(parsed(file)):
            if not isinstance(node, ast.Call):
                continue
            records = isinstance(node.func, ast.Attribute) and node.func.attr == "record"
            for given in node.args:
                name = str(given.value) if isinstance(given, ast.Constant) else ""
                if NAME.fullmatch(name) and (records or (in_verbs and name.split(".")[0] in NOUNS)):
                    yield name


def test_each_act_has_words():
    recorded = {*_recorded(), *(f"request.{state}" for state in RequestState if state is not RequestState.ASKED)}
    assert {"programme.published", "skills.question_added", "seat.offered"} <= recorded
    assert {name for name in recorded if name.split(".")[0] not in NOUNS or name.split(".")[1] not in ACTS} == set()


def test_an_act_without_words_is_shown_by_its_name():
    assert in_words("fish_pond.re_stocked") == ("fish pond", "re stocked")
