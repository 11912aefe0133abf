"""Who is signed in on a request, for the other rooms."""

from __future__ import annotations

import pytest

from accounts.current import remember, session_id, staff, staff_or_none
from accounts.service import open_session
from foundation.db import transaction
from foundation.errors import Forbidden


@pytest.fixture
def token(cast):
    with transaction():
        return open_session(cast.mediator, "tests")


def test_nobody_outside(cast, app):
    with app.test_request_context("/"):
        assert staff_or_none() is None
        with pytest.raises(Forbidden):
            staff()


def test_the_account_inside(cast, app, token):
    with app.test_request_context("/"):
        remember(token)
        assert staff().id == cast.mediator.id
        assert staff_or_none().name == "Salima Benali"
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
        assert staff_or_none() is None
