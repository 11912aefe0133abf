"""The table that says which role may call which route."""

from __future__ import annotations

import html
import re

from accounts.queries import access_rows
from foundation.security import Role
from tests.cast import sign_in


def test_every_route_declares_who_may_call_it(app):
    assert [row.path for row in access_rows(app) if row.callers is None] == []


def test_every_page_of_the_staff_is_closed_to_the_public(app):
    open_to_all = [row.path for row in access_rows(app) if row.path.startswith("/equipe") and not row.callers]
    assert open_to_all == []


def test_strangers_are_asked_to_sign_in_on_every_page_of_the_staff(cast, client, app):
    client.get("/connexion")
    adapter = app.url_map.bind("")
    for row in access_rows(app):
        if row.callers:
            path = some_path(adapter, app.url_map._rules_by_endpoint[row.endpoint][0], row.methods[0])
            response = client.open(path, method=row.methods[0])
            assert response.status_code == 303, path
            assert response.location.startswith("/connexion"), path


def some_path(adapter, rule, method: str) -> str:
    """An address that the rule takes, with a value of the kind that each of its parts wants."""
    for value in (1, "2026-03-10"):
        values = {name: next(iter(getattr(one, "items", ())), value) for name, one in rule._converters.items()}
        path = adapter.build(rule.endpoint, values, method=method)
        if adapter.test(path, method):
            return path
    raise AssertionError(f"no value suits {rule.rule}")


def test_the_page_shows_each_route_and_role(cast, client, app):
    sign_in(client, cast.administrator)
    address, shown = "/equipe/comptes/acces", ""
    while address:
        page = client.get(address).get_data(as_text=True)
        shown += page
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(following.group(1)) if following else None
    assert "GET /equipe/habitants/&lt;person_id&gt;<" in shown
    assert shown.count('<tr role="row">') == len(access_rows(app))


def test_one_role_and_a_part_of_the_address_can_be_asked_for(cast, client):
    sign_in(client, cast.administrator)
    page = client.get("/equipe/comptes/acces?role=partner&adresse=EQUIPE/mon-compte").get_data(as_text=True)
    assert "/equipe/mon-compte/mot-de-passe" in page
    assert page.count('<tr role="row">') == 4
    nobody = client.get("/equipe/comptes/acces?role=captain&adresse=/sous-marin").get_data(as_text=True)
    assert "0 page" in nobody


def test_the_page_is_for_administrators(cast, client):
    sign_in(client, cast.account_of(Role.MANAGER))
    assert client.get("/equipe/comptes/acces").status_code == 403


def test_the_command_prints_it(app):
    lines = app.test_cli_runner().invoke(args=["accounts", "routes"]).output.splitlines()
    assert "/connexion\tGET\t*" in lines
    assert "/equipe/comptes\tGET\tadministrator" in lines
