"""Bring the database to today's shape, and a town into an empty one. Prints the demonstration's logins, if it has any.

Progress and refusals go to standard error, so that the launcher can show the logins when the pages answer.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app import create_app
from demo import load
from foundation.db import db
from scripts.say import give_up

ROOT = Path(__file__).resolve().parent.parent


def migrate() -> None:
    """Run what is missing of the migrations; nothing when all are there."""
    scripts, present = ScriptDirectory(str(ROOT / "migrations")), _revisions()
    if not present <= {script.revision for script in scripts.walk_revisions()}:
        give_up("The database was made by another version of Parvis: start that one, or name another database.")
    if present != set(scripts.get_heads()):
        print("Bringing the database to its newest shape …", file=sys.stderr)  # noqa: T201
        upgrade()


def _revisions() -> set[str]:
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads())


def seed(app: Flask) -> None:
    """Load the demonstration town when nobody has an account yet."""
    if load.is_empty():
        db.session.rollback()
        print("Loading the demonstration town, once …", file=sys.stderr)  # noqa: T201
        app.test_cli_runner().invoke(args=["demo", "load"], catch_exceptions=False)


def logins(app: Flask) -> str:
    """One login of the demonstration per role, as text; empty for a real town."""
    return app.test_cli_runner().invoke(args=["demo", "logins"]).stdout if load.is_demo() else ""


def main() -> None:
    app = create_app()
    try:
        with app.app_context():
            migrate()
            seed(app)
            sys.stdout.write(logins(app))
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        give_up(f"The database named by DATABASE_URL can not be used: {reason}")
    except SQLAlchemyError as error:
        give_up(f"The database named by DATABASE_URL can not be used: {error}")


if __name__ == "__main__":
    main()
