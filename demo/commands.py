"""`flask demo …`: load the demonstration town, and tell how to sign in to it."""

from __future__ import annotations

import time

import click
from flask.cli import AppGroup

from demo import load as loading
from demo import reports
from demo.staff import ALSO_SHOWN, PASSWORD, SHOWN
from foundation import clock
from foundation.db import transaction
from foundation.errors import Refused

group = AppGroup("demo", help="The demonstration town.")


@group.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing, without complaint, when the database is in use.")
def load(if_empty: bool) -> None:
    """Write Valbriac into an empty database."""
    if if_empty and not loading.is_empty():
        return
    started = time.monotonic()
    click.echo("Loading the demonstration town…")
    try:
        with transaction():
            counts = loading.load(clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    counts["reports"] = reports.publish(clock.now())
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    click.echo(f"Valbriac is ready: {told} ({time.monotonic() - started:.0f} s).")


@group.command("logins")
def logins() -> None:
    """One account for each role, when the demonstration town is loaded."""
    if not loading.is_demo():
        return
    click.echo(f"Password of all: {PASSWORD}")
    shown = {role.value: worker for role, worker in SHOWN.items()} | ALSO_SHOWN
    for who, worker in shown.items():
        click.echo(f"  {who:<20} {worker.email}")
