"""Files of records are made in a process of their own, light enough for a small machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from foundation.db import db
from jobs import JOBS
from reach import commands
from reach.models import RecordExport
from tests.reach.files import ask, file, rows
from tests.reach.test_topics import meeting, met

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "shapely", "reportlab", "holidays", "icalendar", "alembic", "apscheduler", "reach.views", "app")
"""What pages, papers, maps and calendars need, and a file of records does not."""
JOB = JOBS["make-record-exports"]


def never():
    return False


def test_it_imports_nothing_that_pages_papers_and_maps_need():
    asked = f"import sys, reach.commands; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_job_has_a_file_made_that_somebody_waits_for(cast):
    met(cast)
    meeting(cast, 4)
    export_id = ask(cast)
    JOB.act(never)
    export = db.session.get_one(RecordExport, export_id, populate_existing=True)
    assert (export.lines, export.ended_at is not None, len(rows(file(export_id)))) == (6, True, 6)


def test_no_process_begins_while_nobody_waits(cast, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", pytest.fail)
    JOB.act(never)


def test_a_process_that_is_to_end_ends_and_the_file_waits(cast):
    met(cast)
    export_id = ask(cast)
    JOB.act(lambda: True)
    assert db.session.get_one(RecordExport, export_id, populate_existing=True).failed_at is None


def test_a_process_that_fails_is_told_of(cast, monkeypatch):
    ask(cast)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(subprocess.CalledProcessError):
        JOB.act(never)


def test_all_files_are_made_and_the_parts_counted(cast):
    met(cast)
    ask(cast)
    assert (commands.make(), commands.make()) == (2, 0)
