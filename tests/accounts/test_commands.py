"""`flask accounts …` at the console."""

from __future__ import annotations

import pytest

from accounts import queries, service
from accounts.models import LinkKind
from foundation.security import Role


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["accounts", *words])


def test_create_prints_the_link_of_the_first_administrator(app, run):
    result = run("create", "--name", "Ada", "--email", "Ada@Rives.example", "--role", "administrator", "--role", "host")
    assert result.exit_code == 0
    assert queries.by_email("ada@rives.example").roles == {Role.ADMINISTRATOR, Role.HOST}
    token = result.output.strip().rsplit("/", 1)[1]
    assert service.follow_link(token).kind is LinkKind.INVITATION


def test_create_says_that_the_address_is_taken(cast, run):
    result = run("create", "--name", "Ada", "--email", cast.mediator.email, "--role", "host")
    assert result.exit_code == 1
    assert "Un compte existe déjà" in result.output


def test_reset_link_prints_a_link(cast, run):
    result = run("reset-link", cast.mediator.email)
    assert service.follow_link(result.output.strip().rsplit("/", 1)[1]).account_id == cast.mediator.id


def test_reset_link_says_that_nobody_has_this_address(cast, run):
    result = run("reset-link", "nobody@rives.example")
    assert result.exit_code == 1
    assert "no account" in result.output
