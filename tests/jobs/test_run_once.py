"""`flask jobs run-once NAME`, for cron."""

from __future__ import annotations

import time_machine

from jobs import JOBS
from tests.cast import NOW


def _run(app, *arguments):
    return app.test_cli_runner().invoke(args=["jobs", "run-once", *arguments])


def test_it_is_done_once_in_its_slot(app):
    with time_machine.travel(NOW, tick=False):
        assert _run(app, "purge-messages").output == "done\n"
        assert _run(app, "purge-messages").output.startswith("already done")
        assert _run(app, "purge-messages", "--again").output == "done\n"


def test_every_job_runs_on_an_empty_town(app):
    for name in JOBS:
        assert _run(app, name).output == "done\n", name


def test_a_job_that_does_not_exist_is_named(app):
    result = _run(app, "make-coffee")
    assert result.exit_code == 2
    assert "make-coffee" in result.output
