"""The categories of cards, which the town words."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db, transaction
from tests.cast import sign_in
from tests.vouchers.carded import PAGE, resident, text
from tests.vouchers.given import card, category, fresh
from vouchers.models import Card, CardCategory

LIST = f"{PAGE}/categories"
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def manager(client, cast):
    return sign_in(client, cast.manager)


def labels() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(CardCategory.label).order_by(CardCategory.id)))


def test_one_is_added_and_counted(manager, cast):
    assert manager.post(LIST, data={"label": "  Petites   retraites "}).status_code == 303
    assert labels() == ["Petites retraites"]
    card(cast, resident(), category_id=category("Petites retraites"))
    assert "1 carte<" in text(manager.get(LIST))


@pytest.mark.parametrize("label", ["", "   ", "x" * 81])
def test_without_a_name_or_with_a_long_one_none_is_added(manager, label):
    assert manager.post(LIST, data={"label": label}).status_code == 422
    assert labels() == []


@pytest.mark.parametrize("label", ["Minima sociaux", "MINIMA  sociaux", "minîma sociaux"])
def test_the_same_name_in_another_spelling_is_no_other_name(manager, label):
    category("Minima sociaux")
    answer = manager.post(LIST, data={"label": label})
    assert answer.status_code == 409
    assert "déjà ce nom" in text(answer)
    assert labels() == ["Minima sociaux"]


def test_worded_otherwise_the_cards_keep_it(manager, cast):
    made = card(cast, resident())
    path = f"{LIST}/{made.category_id}"
    assert 'value="Minima sociaux"' in text(manager.get(path))
    manager.post(path, data={"label": "RSA et minima", "active": "y"})
    assert "RSA et minima" in text(manager.get(f"{PAGE}/{made.id}"))


def test_at_rest_it_is_not_offered_and_the_cards_keep_it(manager, cast):
    made = card(cast, resident())
    manager.post(f"{LIST}/{made.category_id}", data={"label": "Minima sociaux"})
    assert not fresh(CardCategory, made.category_id).active
    assert fresh(Card, made.id).category_id == made.category_id
    assert "Au repos" in text(manager.get(LIST))


def test_a_name_of_another_one_is_refused(manager):
    category("Minima sociaux")
    other = category("Étudiants")
    assert manager.post(f"{LIST}/{other}", data={"label": "minima sociaux", "active": "y"}).status_code == 409
    assert manager.post(f"{LIST}/{other}", data={"label": "", "active": "y"}).status_code == 422
    assert labels() == ["Minima sociaux", "Étudiants"]


def test_there_is_none(manager):
    assert "pas encore" in text(manager.get(LIST))
    assert manager.get(f"{LIST}/99").status_code == 404
    assert manager.post(f"{LIST}/99", data={"label": "x"}).status_code == 404


def test_a_structure_sees_them_and_changes_none(client, cast):
    one = category()
    account = cast.manager
    with transaction():
        db.session.merge(account).structure_id = cast.ids["association"]
    manager = sign_in(client, cast.manager)
    page = text(manager.get(LIST))
    assert "Minima sociaux" in page
    assert f"{LIST}/{one}" not in page
    assert manager.post(LIST, data={"label": "Autre"}).status_code == 403
    assert manager.post(f"{LIST}/{one}", data={"label": "Autre"}).status_code == 403
    assert labels() == ["Minima sociaux"]


@pytest.mark.parametrize("role", ["mediator", "prescriber", "host", "partner"])
def test_are_not_for_others(client, cast, role):
    visitor = sign_in(client, getattr(cast, role))
    assert visitor.get(LIST).status_code == 403
    assert visitor.post(LIST, data={"label": "Autre"}).status_code == 403
