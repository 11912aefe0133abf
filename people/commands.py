"""`flask people …`: forgetting in time, and finding again after the rules of names changed."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from foundation import clock
from foundation.db import in_transaction
from people import service

group = AppGroup("people", help="Records of residents.")


@group.command("anonymise")
def anonymise() -> None:
    """Forget residents without contact for 24 months."""
    total = 0
    while forgotten := in_transaction(lambda: service.anonymise_idle(clock.now())):
        total += forgotten
    click.echo(f"{total} records anonymised")


@group.command("reindex")
def reindex() -> None:
    """Make every record findable anew."""
    click.echo(f"{in_transaction(service.reindex)} records indexed")
