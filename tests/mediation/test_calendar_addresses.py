"""A mediator makes a private address, sees it once, and revokes it."""

from __future__ import annotations

import re

import pytest

from foundation import audit
from foundation.db import db, transaction
from foundation.security import Role
from mediation.models import CalendarFeed
from mediation.service import calendars
from tests.cast import sign_in

PAGE = "/equipe/mes-calendriers"
ADDRESS = re.compile(r">http://parvis\.test(/agenda/[\w-]{43}\.ics)<")


@pytest.fixture
def mediator(client, cast):
    return sign_in(client, cast.mediator)


def _text(client):
    return client.get(PAGE).get_data(as_text=True)


def _feeds():
    db.session.expire_all()
    return db.session.query(CalendarFeed).all()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.MEDIATOR, 200), (Role.MANAGER, 403), (Role.PRESCRIBER, 403), (Role.ADMINISTRATOR, 403)]
)
def test_it_is_the_mediators_page(client, cast, role, status):
    assert sign_in(client, cast.account_of(role)).get(PAGE).status_code == status


def test_the_address_is_shown_once_and_works(mediator, cast):
    response = mediator.post(f"{PAGE}/adresses", data={"label": "mon téléphone"})
    assert response.status_code == 303
    found = ADDRESS.search(_text(mediator))
    assert found is not None
    assert mediator.get(found.group(1)).mimetype == "text/calendar"
    page = _text(mediator)
    assert ADDRESS.search(page) is None
    assert "mon téléphone" in page
    assert "Initiales seulement" in page


def test_names_are_a_choice(mediator, cast):
    mediator.post(f"{PAGE}/adresses", data={"shows_names": "y"})
    assert _feeds()[0].shows_names is True
    assert "Noms des personnes" in _text(mediator)
    entry = audit.history(f"calendar_feed:{_feeds()[0].id}")[0]
    assert entry.details == {"shows_names": True}


def test_a_revoked_address_opens_nothing(mediator, cast):
    mediator.post(f"{PAGE}/adresses", data={})
    address = ADDRESS.search(_text(mediator)).group(1)
    feed_id = _feeds()[0].id
    assert mediator.post(f"{PAGE}/adresses/{feed_id}/revoquer").status_code == 303
    assert mediator.get(address).status_code == 404
    assert _feeds() == []
    assert audit.history(f"calendar_feed:{feed_id}")[0].action == "calendar_feed.revoked"


def test_somebody_elses_address_can_not_be_revoked(mediator, cast):
    with transaction():
        calendars.create_feed(cast.ids["other_mediator"], "", shows_names=False)
    assert mediator.post(f"{PAGE}/adresses/{_feeds()[0].id}/revoquer").status_code == 404
    assert len(_feeds()) == 1


def test_a_label_that_is_too_long_is_refused_in_place(mediator, cast):
    response = mediator.post(f"{PAGE}/adresses", data={"label": "x" * 81})
    assert response.status_code == 422
    assert "C’est trop long" in response.get_data(as_text=True)
    assert _feeds() == []


def test_ten_addresses_are_enough(mediator, cast):
    with transaction():
        for number in range(10):
            calendars.create_feed(cast.ids["mediator"], str(number), shows_names=False)
    response = mediator.post(f"{PAGE}/adresses", data={"label": "onze"})
    assert response.status_code == 422
    assert "dix adresses" in response.get_data(as_text=True)


def test_an_account_without_a_calendar_of_its_own_is_told(client, cast):
    with transaction():
        cast.mediator.resource_id = None
    response = sign_in(client, cast.mediator).get(PAGE)
    assert response.status_code == 403
    assert "pas réglé pour recevoir" in response.get_data(as_text=True)


def test_without_its_token_nothing_is_made(mediator, cast):
    assert mediator.post(f"{PAGE}/adresses", data={"label": "x"}, forged=True).status_code == 400
    assert _feeds() == []
