"""`flask agenda …`: the official calendar, and calendars kept elsewhere."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from agenda import service
from agenda.refreshing import refresh_feeds
from agenda.rules.holidays_of_france import ZONES
from foundation import clock
from foundation.db import in_transaction

group = AppGroup("agenda", help="Calendar of the territory, and calendars kept elsewhere.")


@group.command("seed-calendar")
@click.option("--zone", type=click.Choice(ZONES), help="School zone; none overseas, where the school calendar differs.")
@click.option("--alsace-moselle", is_flag=True, help="Also Good Friday and 26 December.")
@click.option("--years", type=click.IntRange(1, 10), default=3, show_default=True, help="How many, from last year on.")
def seed_calendar(zone: str | None, years: int, *, alsace_moselle: bool) -> None:
    """Fill in public and school holidays. Safe to repeat: what a manager removed or changed stays so."""
    first = clock.today().year - 1
    wanted = list(range(first, first + years))
    seeded = in_transaction(lambda: service.seed_calendar(zone, wanted, alsace_moselle=alsace_moselle))
    click.echo(f"{seeded.added} added, {seeded.kept} already there, {seeded.dropped} dropped")


@group.command("fetch-feeds")
def fetch_feeds() -> None:
    """Read every calendar kept elsewhere now, as the jobs process does now and then."""
    done = refresh_feeds()
    click.echo(f"{done.read} read, {done.failed} could not be read")
