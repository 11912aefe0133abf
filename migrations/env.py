"""Runs the migrations on the application's own database, in one transaction."""

from __future__ import annotations

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db

with database.engine.connect().execution_options(write=True) as connection:
    context.configure(connection=connection, target_metadata=database.metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
