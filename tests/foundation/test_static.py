"""Static files: compressed for those who can read that, and never those of yesterday."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from foundation.static import StaticFiles, variant
from tests.house import ROOT

STYLE = "body { color: #123456; }\n" * 100
NEWER = STYLE.replace("123456", "654321")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "look.css").write_text(STYLE)
    (tmp_path / "act.js").write_text("let one = 1\n" * 100)
    (tmp_path / "icon.svg").write_text("<svg/>")
    (tmp_path / "font.ttf").write_text("0" * 1000)
    return tmp_path


def get(folder, name, accept="gzip, br"):
    """The answer of an application that starts now."""
    client = Client(StaticFiles(Response("elsewhere", 404), folder), Response)
    return client.get(f"/static/{name}", headers={"Accept-Encoding": accept})


def text(answer):
    return gzip.GzipFile(fileobj=BytesIO(answer.get_data())).read().decode()


@pytest.mark.parametrize("name", ["look.css", "act.js"])
def test_a_browser_that_can_read_it_gets_it_compressed(folder, name):
    answer = get(folder, name)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "max-age=31536000, public"
    assert text(answer) == (folder / name).read_text()
    assert int(answer.headers["Content-Length"]) < 200


def test_another_gets_it_as_it_is(folder):
    answer = get(folder, "look.css", accept="")
    assert "Content-Encoding" not in answer.headers
    assert answer.get_data(as_text=True) == STYLE


def test_what_gains_nothing_or_is_no_text_stays_as_it_is(folder):
    assert "Content-Encoding" not in get(folder, "icon.svg").headers
    assert "Content-Encoding" not in get(folder, "font.ttf").headers
    assert sorted(one.name for one in folder.glob("*.gz")) == ["act.js.gz", "look.css.gz"]


def test_a_file_that_changed_is_compressed_anew_at_the_next_start(folder):
    get(folder, "look.css")
    (folder / "look.css").write_text(NEWER)
    assert text(get(folder, "look.css")) == NEWER


PACKED = gzip.compress(NEWER.encode(), mtime=0)


@pytest.mark.parametrize(
    "old",
    [gzip.compress(STYLE.encode(), mtime=0), b"no gzip", PACKED[:40], PACKED[:12] + b"?" * 40, b""],
    ids=["older", "no gzip", "cut short", "broken", "empty"],
)
def test_where_nothing_can_be_written_what_is_old_or_broken_is_not_sent(folder, monkeypatch, old):
    (folder / "look.css").write_text(NEWER)
    variant(folder / "look.css").write_bytes(old)

    def refuse(*_args, **_named):
        raise PermissionError

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    answer = get(folder, "look.css")
    assert "Content-Encoding" not in answer.headers
    assert answer.get_data(as_text=True) == NEWER
    assert int(answer.headers["Content-Length"]) == len(NEWER)


def test_a_start_that_finds_all_in_place_writes_nothing(folder):
    get(folder, "look.css")
    before = [(one.name, one.stat().st_mtime_ns) for one in sorted(folder.iterdir())]
    get(folder, "look.css")
    assert [(one.name, one.stat().st_mtime_ns) for one in sorted(folder.iterdir())] == before


def test_the_compressed_ones_can_not_be_asked_for_by_name(folder):
    get(folder, "look.css")
    assert get(folder, "look.css.gz").status_code == 404


def test_git_does_not_keep_them():
    assert "static/*.gz" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_style_sheet_of_a_page_comes_compressed(client):
    page = client.get("/").get_data(as_text=True)
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "?v=" in address
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
