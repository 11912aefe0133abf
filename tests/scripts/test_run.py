"""Starting for real: both processes come up together and go together, and what is in the way is said in a sentence."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from accounts.models import Account
from app import create_app
from foundation import clock
from foundation.db import db, transaction
from scripts import prepare, run
from tests.house import ROOT

pytestmark = pytest.mark.long


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def real_town(tmp_path, monkeypatch):
    """Where a town is kept in which somebody has an account, so that the demonstration stays out of it."""
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    with create_app().app_context():
        prepare.migrate()
        with transaction():
            db.session.add(Account(email="anne@ville.example", name="Anne Legoff", created_at=clock.now()))
        db.engine.dispose()
    return tmp_path


@contextmanager
def started(var, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The launcher, once it says that it is ready, and what it said until then."""
    settings = {**os.environ, "PARVIS_VAR": str(var), "DATABASE_URL": "", "PORT": str(port)}
    command = [sys.executable, "-m", "scripts.run"]
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        said = ""
        try:
            for line in process.stdout or ():
                said += line
                if "Ctrl-C stops it." in line:
                    break
            yield process, said
        finally:
            process.terminate()
            process.wait(30)


def children(process: subprocess.Popen[str]) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True
    )
    return [int(number) for number in listed.stdout.split()]


def test_the_first_start_shows_the_address_and_a_login_for_each_role_and_ctrl_c_stops_all(tmp_path):
    port = free_port()
    with started(tmp_path, port) as (process, said):
        assert "Loading the demonstration town" in said
        assert f"Parvis is at http://127.0.0.1:{port}" in said
        for role in ("mediator", "prescriber", "host", "partner", "manager", "administrator"):
            assert role in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert page.status == 200
        web, jobs = children(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    for number in (web, jobs):
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
    with started(tmp_path, free_port()) as (_process, said):
        assert "Loading the demonstration town" not in said, "the town is kept"
        assert "camille@valbriac.example" in said


@pytest.mark.parametrize("fallen", [0, 1], ids=["web", "jobs"])
def test_when_one_falls_the_other_is_stopped_and_the_exit_code_tells(real_town, fallen):
    with started(real_town, free_port()) as (process, said):
        assert "valbriac.example" not in said, "a real town has no demonstration's logins"
        both = children(process)
        os.kill(both[fallen], signal.SIGKILL)
        assert process.stdout is not None
        rest = process.stdout.read()
        assert process.wait(30) == 1
    assert f"The {('web server', 'jobs process')[fallen]} stopped by itself" in rest
    with pytest.raises(ProcessLookupError):
        os.kill(both[1 - fallen], 0)


def test_a_busy_port_gets_one_sentence(monkeypatch):
    with closing(socket.socket()) as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} is already in use: .*PORT={port + 1} make run"):
            run.check_port("127.0.0.1", port)


@pytest.mark.parametrize("text", ["0", "http", "65536", "80a"])
def test_a_port_that_is_none_gets_one_sentence(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(SystemExit, match="PORT must be a number from 1 to 65535"):
        run.chosen_port()


@pytest.fixture
def refused(monkeypatch, capsys, tmp_path):
    """What `scripts.prepare` says on its way out, given a database."""

    def refuse(url: str) -> str:
        monkeypatch.setenv("PARVIS_VAR", str(tmp_path))
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(SystemExit) as end:
            prepare.main()
        assert capsys.readouterr() == ("", "")
        return str(end.value)

    return refuse


def test_what_can_not_be_used_ends_the_launcher_with_its_sentence_alone(tmp_path):
    settings = {**os.environ, "PARVIS_VAR": str(tmp_path), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "-m", "scripts.prepare"]
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    [sentence] = done.stderr.strip().splitlines()
    assert sentence.startswith("The database named by DATABASE_URL can not be used:")


@pytest.mark.parametrize(
    "url", ["mysql://x", "junk", "://", "postgresql+psycopg2://h/x", "postgresql://me:s3cret@h:port/x"]
)
def test_no_database_that_we_know_gets_one_sentence_without_its_password(refused, url):
    sentence = refused(url)
    assert sentence.startswith("DATABASE_URL is no database that Parvis knows: write sqlite:")
    assert "s3cret" not in sentence


def test_a_database_of_a_newer_parvis_gets_one_sentence(refused, tmp_path):
    with closing(sqlite3.connect(tmp_path / "newer.db")) as newer:
        newer.execute("CREATE TABLE alembic_version (version_num TEXT)")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
        newer.commit()
    assert "was made by another version of Parvis" in refused(f"sqlite:///{tmp_path / 'newer.db'}")
