"""`flask places …`: real files in, the national standard out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from foundation import clock
from foundation.errors import Refused
from foundation.i18n import _
from places import queries, service
from places.importing.reading import Table, read_table
from places.importing.report import Report
from places.models import Level
from places.transfer.export import standard_lines
from places.transfer.leftovers import imports_folder, write_leftovers
from places.transfer.parts import ADDRESSES_AT_ONCE, carry_out
from places.words import TROUBLES

group = AppGroup("places", help="Places, neighbourhoods, schools and care homes.")

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
LEVELS = click.Choice([level.value for level in Level])
Act = Callable[[Table, str, Callable[[], object]], Report]


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument and the options of every import."""
    for decorate in (
        click.argument("file", type=FILE),
        click.option("--source", default="", help="Who published the file; its name by default."),
        click.option("--dry-run", is_flag=True, help="Count, and write nothing."),
        click.option("--refused-folder", type=click.Path(file_okay=False, path_type=Path), default=None,
                     help="Where refused rows are kept; var/imports by default."),
    ):  # fmt: skip
        command = decorate(command)
    return command


def _read(file: Path) -> Table:
    try:
        return read_table(file.read_bytes(), limited=False)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused


def _run(
    file: Path, source: str, dry_run: bool, refused_folder: Path | None, act: Act, at_once: int | None = None
) -> None:
    """Import under a progress bar, then say what happened and where the refused rows are."""
    table = _read(file)
    with click.progressbar(length=len(table.rows), label=file.name) as bar:

        def step() -> None:
            bar.update(1)

        try:
            report = carry_out(
                lambda part: act(part, source or file.stem, step), table, at_once=at_once, rehearsal=dry_run
            )
        except Refused as refused:
            raise click.ClickException(str(refused)) from refused
    _tell(report)
    if dry_run:
        click.echo(_("Nothing was written: this was a rehearsal."))
        return
    for path in write_leftovers(report, refused_folder or imports_folder(), file.stem):
        click.echo(_("Kept for you: %(path)s", path=path))


def _tell(report: Report) -> None:
    click.echo(_("%(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(refused)s refused.",
                 **report.counts))  # fmt: skip
    if report.repeated:
        click.echo(_("%(count)s rows repeat one of the same file.", count=report.repeated))
    if report.moved:
        click.echo(_("%(count)s places changed neighbourhood.", count=report.moved))
    if report.absent:
        click.echo(_("Known, not in this file, and left as they are: %(names)s.", names=", ".join(report.absent)))
    for name in report.repaired:
        click.echo(_("Invalid polygon, repaired: %(name)s.", name=name))
    troubles = [one.trouble for one in report.refused] + [one.trouble for one in report.remarks]
    for trouble, count in Counter(troubles).most_common():
        click.echo(f"  {count} × {TROUBLES[trouble]}")


@group.command("import")
@_shared
def import_venues(**options: Any) -> None:
    """Import FILE of venues: national standard (any version), or a known town's own columns; CSV or JSON."""
    _run(**options, act=lambda table, source, step: service.import_venues(
        table, options["source"] and source, clock.today(), progress=step))  # fmt: skip


@group.command("import-neighbourhoods")
@_shared
@click.option("--level", type=LEVELS, default=None, help="What the polygons are; guessed from the columns.")
@click.option("--name-field", default="", help="Column of the name; guessed.")
@click.option("--code-field", default="", help="Column of the code; guessed.")
@click.option("--population", type=FILE, default=None, help="CSV, XLSX or JSON of people by code or by name.")
@click.option("--population-year", type=int, default=None, help="The year counted, when no column tells it.")
@click.option("--commune", default="", help="INSEE code of the commune, when no column tells it.")
def import_neighbourhoods(
    level: str | None,
    name_field: str,
    code_field: str,
    population: Path | None,
    population_year: int | None,
    commune: str,
    **options: Any,
) -> None:
    """Import FILE of polygons (GeoJSON), then place every venue, school and care home again."""
    people = _read(population) if population else None
    _run(**options, act=lambda table, source, step: service.import_neighbourhoods(
        table, source, level=Level(level) if level else None, name_field=name_field, code_field=code_field,
        population=people, population_year=population_year, commune_code=commune, progress=step))  # fmt: skip


@group.command("import-schools")
@_shared
def import_schools(**options: Any) -> None:
    """Import FILE of schools: the ministry's directory, or a town's list; CSV, XLSX, JSON or GeoJSON."""
    _run(**options, act=lambda table, source, step: service.import_schools(table, source, progress=step))


@group.command("import-care-homes")
@_shared
def import_care_homes(**options: Any) -> None:
    """Import FILE of care homes: FINESS, CNSA prices, or a town's list; CSV, XLSX, JSON or GeoJSON."""
    _run(**options, act=lambda table, source, step: service.import_care_homes(table, source, progress=step))


@group.command("import-addresses")
@_shared
def import_addresses(**options: Any) -> None:
    """Import FILE of the Base Adresse Nationale (CSV), so that residents may give an address."""
    _run(**options, act=lambda table, source, step: service.import_addresses(table, source, progress=step),
         at_once=ADDRESSES_AT_ONCE)  # fmt: skip


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export(file: Path) -> None:
    """Write every active venue into FILE, in the national standard 1.0.2 (CSV)."""
    venues = [one for one in queries.venues() if one.active]
    file.write_text("".join(standard_lines(venues)), encoding="utf-8")
    click.echo(_("%(count)s places written.", count=len(venues)))
