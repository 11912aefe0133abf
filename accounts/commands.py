"""`flask accounts …`: the first account of a town, a way back in, and who may open what."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask import current_app
from flask.cli import AppGroup

from accounts import queries, service
from accounts.models import LinkKind
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.security import Role

group = AppGroup("accounts", help="Accounts of the staff.")
ROLE_NAMES = [role.value for role in Role]


@group.command("create")
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option(
    "--role", "roles", multiple=True, type=click.Choice(ROLE_NAMES), required=True, help="Repeat for several."
)
@click.option("--structure", "structure_id", type=int, help="Id of the structure; without it, the whole territory.")
def create(name: str, email: str, roles: tuple[str, ...], structure_id: int | None) -> None:
    """Open an account and print the link with which its holder chooses a password."""
    details = service.Details(name, email, frozenset(map(Role, roles)), structure_id)

    def open_and_invite() -> str:
        account = service.create_account(details, None)
        return service.make_link(account.id, LinkKind.INVITATION, None)

    _print(open_and_invite)


@group.command("reset-link")
@click.argument("email")
def reset_link(email: str) -> None:
    """Print a link that sets a new password once, within one hour."""
    account = queries.by_email(email)
    if account is None:
        raise click.ClickException(f"no account has the e-mail address {email}")
    account_id = account.id
    _print(lambda: service.make_link(account_id, LinkKind.RESET, None))


def _print(act: Callable[[], str]) -> None:
    try:
        click.echo(in_transaction(act))
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused


@group.command("routes")
def routes() -> None:
    """Print which role may call which route; `*` is everyone, `!` a route that declares nothing."""
    for row in queries.access_rows(current_app):
        callers = "!" if row.callers is None else " ".join(sorted(row.callers)) or "*"
        click.echo(f"{row.path}\t{'|'.join(row.methods)}\t{callers}")
