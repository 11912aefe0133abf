"""The receipt on paper: what went or came and how it was, when it is due, the rules, and both names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Condition, Supply
from equipment.rules.lending import Wish
from foundation.db import db, transaction
from foundation.security import Role
from tests import papers
from tests.cast import sign_in
from tests.equipment.given import host_of_home, host_of_school
from tests.equipment.handed import DUE, WORKING, all_of, back, items_of, loan, out

pytestmark = pytest.mark.usefixtures("stopped_clock")
RULES = "Rendre chargée.\n\nUn appareil par élève."


def read(client, handover):
    answer = client.get(f"/equipe/materiel/remises/{handover.id}/recu.pdf")
    assert answer.status_code == 200
    return answer


def lent_with_supplies(cast):
    made = loan(cast, wish=Wish(group_label="CM1"), rules=RULES)
    with transaction():
        cups = Supply(kit_id=made.kit_id, label="Casques", count=10)
        db.session.add(cups)
    return made, cups.id


def test_what_goes_out(client, cast):
    made, cups = lent_with_supplies(cast)
    gone = out(cast, made, supplies={cups: 8}, note="Deux sacoches.")
    answer = read(sign_in(client, cast.mediator), gone)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="remise-2026-03-17-{made.code}.pdf"'
    words = papers.text(answer.data)
    for said in (
        "Reçu de remise", "École des Peupliers, CM1", "À rendre le : mardi 17 mars 2026, 12 h 00", "3 appareils",
        "Casques", "Deux sacoches.", "– Rendre chargée.", "– Un appareil par élève.", "Bruno Lacaze", "Salima Benali",
        "Mallette bleue",
    ):  # fmt: skip
        assert said in words, said
    assert words.count("Fonctionne") == 3
    facts = papers.facts(answer.data)
    assert (facts["language"], facts["sheets"], facts["embedded"]) == ("fr", 1, True)


def test_what_comes_back_in_parts_and_what_is_not_right(client, cast):
    made, _cups = lent_with_supplies(cast)
    out(cast, made)
    one, two, _three = items_of(made)
    part = back(cast, made, conditions={one: WORKING, two: Condition.DAMAGED}, came_back_flat=True)
    words = papers.text(read(sign_in(client, cast.mediator), part).data)
    third = f"{made.kit.code}-2"
    for said in ("Reçu de retour", "ABÎMÉ", f"Encore sortis : {third}", "Elle est revenue déchargée.", "Rendue par"):
        assert said in words, said
    assert "À rendre le" not in words
    rest = back(cast, made, key="rest", conditions={}, rest_missing=True)
    assert papers.text(read(client, part).data) == words
    assert "Encore sortis" not in papers.text(read(client, rest).data)


def test_printed_again_after_an_early_return_it_says_when_it_was_due(client, cast):
    made, _cups = lent_with_supplies(cast)
    gone = out(cast, made)
    words = papers.text(read(sign_in(client, cast.mediator), gone).data)
    back(cast, made, now=DUE - timedelta(hours=2))
    assert papers.text(read(client, gone).data) == words


def test_in_english_for_those_who_read_it(client, cast):
    made, _cups = lent_with_supplies(cast)
    gone = out(cast, made)
    with transaction():
        cast.mediator.locale = "en"
    answer = read(sign_in(client, cast.mediator), gone)
    assert papers.facts(answer.data)["language"] == "en"
    assert "Receipt of a hand-over" in papers.text(answer.data)


def test_many_devices_take_several_sheets_each_numbered(client, cast):
    made = loan(cast, units=60)
    gone = out(cast, made)
    content = read(sign_in(client, cast.mediator), gone).data
    sheets = papers.sheets(content)
    assert len(sheets) > 1
    assert all(f"Page {n} sur {len(sheets)}" in " ".join(sheet) for n, sheet in enumerate(sheets, 1))
    assert papers.lowest(content) > 0
    assert "Bruno Lacaze" in " ".join(sheets[-1])


def test_the_borrower_prints_theirs_and_nobody_elses(client, cast):
    made, _cups = lent_with_supplies(cast)
    gone = out(cast, made)
    host_of_school(cast)
    sign_in(client, cast.host)
    read(client, gone)
    host_of_home(cast)
    assert client.get(f"/equipe/materiel/remises/{gone.id}/recu.pdf").status_code == 404


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.PARTNER])
def test_it_is_not_for_others(client, cast, role):
    made, _cups = lent_with_supplies(cast)
    gone = out(cast, made)
    sign_in(client, cast.account_of(role))
    assert client.get(f"/equipe/materiel/remises/{gone.id}/recu.pdf").status_code == 403


def test_the_rules_are_those_of_the_day(client, cast):
    made, _cups = lent_with_supplies(cast)
    gone = out(cast, made)
    with transaction():
        made.kit.rules = "Autre chose."
    words = papers.text(read(sign_in(client, cast.mediator), gone).data)
    assert "Rendre chargée." in words
    assert "Autre chose." not in words
    taken = back(cast, made, now=DUE + timedelta(hours=1), conditions=all_of(made))
    assert "Règles acceptées" not in papers.text(read(client, taken).data)
