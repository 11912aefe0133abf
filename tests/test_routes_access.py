"""Who may call what: each route declares it, the guard keeps to it, and every page opens to those it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import BaseConverter, IntegerConverter, Rule

from foundation.fields import LARGEST_ID
from foundation.security import Role, access_table, callers_of
from tests.cast import make_account, sign_in

ONE_ENGINE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PLAIN_ANSWERS = {200, 302, 303, 404}


def value_for(converter: BaseConverter) -> object:
    """Something that fits this place in an address."""
    if isinstance(converter, IntegerConverter):
        return 1
    shapes = ("fr", "2026-03-10", *getattr(converter, "items", ()))
    return next(shape for shape in shapes if re.fullmatch(converter.regex, shape))


def addresses(app) -> Iterator[tuple[Rule, str, str]]:
    """(rule, method, an address that fits it) of every route; the records named do not exist."""
    adapter = app.url_map.bind("parvis.test")
    for rule in app.url_map.iter_rules():
        values = {name: value_for(converter) for name, converter in rule._converters.items()}
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, adapter.build(rule.endpoint, values, method=method)


@pytest.fixture
def plain(app):
    """Ordinary clients, without forgery tokens: who is let in is asked before what they send."""
    before = app.config["WTF_CSRF_ENABLED"]
    app.config["WTF_CSRF_ENABLED"] = False
    yield lambda: FlaskClient(app, app.response_class, use_cookies=True)
    app.config["WTF_CSRF_ENABLED"] = before


@ONE_ENGINE
def test_every_route_declares_who_may_call_it(app):
    assert [path for path, _endpoint, callers in access_table(app) if callers is None] == []


@ONE_ENGINE
def test_no_address_holds_a_number_that_no_column_holds(app):
    """SQLite can not even compare such an id, and the page would break instead of saying that it does not exist."""
    wide = {
        rule.rule
        for rule in app.url_map.iter_rules()
        for converter in rule._converters.values()
        if isinstance(converter, IntegerConverter) and not (converter.max or LARGEST_ID + 1) <= LARGEST_ID
    }
    assert wide == set()


@ONE_ENGINE
def test_nobody_is_asked_to_sign_in_on_every_route_for_staff(app, plain):
    client = plain()
    for rule, method, address in addresses(app):
        if callers_of(app.view_functions[rule.endpoint]):
            answer = client.open(address, method=method)
            assert answer.status_code == 303, (method, address)
            assert answer.location.startswith("/connexion"), (method, address)


@ONE_ENGINE
@pytest.mark.parametrize("role", Role)
def test_a_role_outside_is_refused_on_every_route(app, cast, plain, role):
    client = sign_in(plain(), cast.account_of(role))
    for rule, method, address in addresses(app):
        callers = callers_of(app.view_functions[rule.endpoint])
        if callers and role not in callers:
            with app.app_context():
                assert client.open(address, method=method).status_code == 403, (method, address)


def pages(app, role: Role | None) -> list[str]:
    """Addresses without a record in them, that `role` (or, None, everyone) may read."""
    found = []
    for rule in app.url_map.iter_rules():
        callers = callers_of(app.view_functions[rule.endpoint])
        allowed = not callers if role is None else bool(callers and role in callers)
        if allowed and "GET" in (rule.methods or set()) and not rule.arguments:
            found.append(rule.rule)
    return sorted(set(found))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_public_page_opens(app, cast, client, language):
    client.get(f"/langue/{language}")
    for address in pages(app, None):
        assert client.get(address).status_code in PLAIN_ANSWERS, address


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_role_opens(app, cast, client, role):
    sign_in(client, cast.account_of(role))
    for address in pages(app, role):
        assert client.get(address).status_code in {200, 303}, address


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_role_opens_in_an_empty_town(app, client, role):
    sign_in(client, make_account(role))
    for address in pages(app, role):
        assert client.get(address).status_code < 500, f"{address}: a page, or a sentence that says what is missing"
