"""The cast stands on its own feet: it can be made, signed in, and is found again."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from foundation.db import Base, db, transaction
from foundation.security import Role
from people.models import Person, PersonToken
from tests.cast import make_cast, sign_in
from tests.stage import give_cast


def test_members_are_read_anew_each_time(cast):
    with transaction():
        db.session.execute(Person.__table__.update().values(given_name="Jeannette"))
    assert cast.resident.name == "Jeannette Le Goff"


def test_residents_can_be_searched(cast):
    found = select(func.count()).select_from(PersonToken).where(PersonToken.token == "legoff")
    assert db.session.scalar(found) == 1


@pytest.mark.parametrize("role", Role)
def test_each_role_is_signed_in(cast, client, role):
    sign_in(client, cast.account_of(role))
    assert "Se déconnecter" in client.get("/nowhere", headers={"Accept-Language": "fr"}).get_data(as_text=True)


def test_one_request_leaves_nothing_to_the_next(cast, client, app):
    sign_in(client, cast.mediator)
    client.get("/nowhere")
    stranger = app.test_client().get("/nowhere").get_data(as_text=True)
    assert "Se déconnecter" not in stranger


def test_the_cast_given_again_is_the_same_to_the_last_row(app, database):
    def everything() -> dict[str, list[tuple[object, ...]]]:
        tables = Base.metadata.sorted_tables
        return {table.name: sorted(map(tuple, db.session.execute(table.select())), key=repr) for table in tables}

    make_cast()
    made = everything()
    for _again in range(2):
        db.session.remove()
        database.renew(db.engine)
        give_cast(database)
        assert everything() == made
