"""Who is signed in on a request, for the other rooms."""

from __future__ import annotations

import pytest

from accounts.current import remember, session_id, staff
from accounts.service import open_session
from foundation.db import transaction
from foundation.errors import Forbidden


@pytest.fixture
def token(cast):
    with transaction():
        return open_session(cast.mediator, "tests")


def test_nobody_outside(cast, app):
    with app.test_request_context("/"), pytest.raises(Forbidden):
        staff()


def test_the_account_inside(cast, app, token):
    with app.test_request_context("/"):
        remember(token)
        assert staff().id == cast.mediator.id
        assert staff().name == "Salima Benali"
        assert session_id() > 0


def test_it_is_still_there_after_a_write(cast, app, token):
    with app.test_request_context("/"):
        remember(token)
        with transaction():
            assert staff().has(*cast.mediator.roles)
        assert staff().id == cast.mediator.id


def test_a_spent_token_is_nobody(cast, app):
    with app.test_request_context("/"):
        remember("invented")
        with pytest.raises(Forbidden):
            staff()
