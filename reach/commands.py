"""Files of activity records, made in a process of its own: `python -m reach.commands`.

The jobs process begins it when somebody waits for a file. It knows neither pages nor papers nor maps, so that it takes
a good half of the memory that the whole house does, and gives it back when it ends.
"""

from __future__ import annotations

import signal

import structlog
from flask import Flask

import config
from foundation import clock, logs
from foundation.db import db, engine_options, in_transaction
from reach.service import exports

log = structlog.get_logger()


def application(settings: config.Settings) -> Flask:
    """The database and the wall clock, and nothing that answers requests."""
    app = Flask("parvis-exports")
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        TIMEZONE=settings.timezone,
    )
    db.init_app(app)
    return app


def make() -> int:
    """All files that are waited for, each part in a transaction of its own; returns how many parts were made."""
    parts = 0
    while in_transaction(lambda: exports.make_next(clock.now())):
        parts += 1
    return parts


def main() -> None:
    logs.configure()
    # The jobs process, which waits for these signals, keeps them from its threads and so from what it begins.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
    with application(config.load()).app_context():
        log.info("files of records made", parts=make())


if __name__ == "__main__":
    main()
