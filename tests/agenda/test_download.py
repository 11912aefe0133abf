"""Fetching from an address that a person typed: never our own network, never too much, never for long."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from agenda import download as module
from agenda.download import DownloadFailed, download, is_fetchable, is_public


class Server(BaseHTTPRequestHandler):
    """Answers by path: a calendar, a redirect, too much, nothing for long."""

    def do_GET(self):
        kind, _, rest = self.path[1:].partition("/")
        if kind == "go":
            self.send_response(302)
            self.send_header("Location", rest)
            self.end_headers()
        elif kind == "missing":
            self.send_error(404)
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write({"ics": b"BEGIN:VCALENDAR", "big": b"x" * 2000}.get(kind, b""))
            if kind == "slow":
                self.wfile.flush()
                self.server.released.wait(5)

    def log_message(self, *_args):
        """Quiet."""


@pytest.fixture
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    server.released = threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.released.set()
    server.shutdown()
    server.server_close()


def refused(url, **options):
    with pytest.raises(DownloadFailed) as error:
        download(url, **options)
    return str(error.value)


def test_a_calendar(address):
    assert download(f"{address}/ics", allow_private=True) == b"BEGIN:VCALENDAR"


def test_redirects_are_followed(address):
    assert download(f"{address}/go/{address}/go//ics", allow_private=True) == b"BEGIN:VCALENDAR"


def test_our_own_network_is_refused(address):
    assert refused(f"{address}/ics") == "forbidden_address"
    assert refused(f"{address.replace('127.0.0.1', 'localhost')}/ics") == "forbidden_address"


def test_a_redirect_into_our_own_network_is_refused(address, monkeypatch):
    """The first address passes, the one that it leads to does not."""
    answers = iter([True])
    monkeypatch.setattr(module, "is_public", lambda _address: next(answers, False))
    assert refused(f"{address}/go//ics") == "forbidden_address"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x"])
def test_a_redirect_to_another_scheme_goes_nowhere(address, target):
    assert refused(f"{address}/go/{target}", allow_private=True) == "http_302"


def test_redirects_without_end(address):
    loop = f"{address}/go//go//go//go//go//go//go//go//go//go//go//go//go//ics"
    assert refused(loop, allow_private=True) == "http_302"


def test_what_is_missing(address):
    assert refused(f"{address}/missing", allow_private=True) == "http_404"


def test_too_much(address, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    assert refused(f"{address}/big", allow_private=True) == "too_big"


def test_too_slow(address, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    assert refused(f"{address}/slow", allow_private=True) == "too_slow"


def test_a_trickle_ends_at_the_deadline(address, monkeypatch):
    monkeypatch.setattr(module, "SECONDS", -1)
    assert refused(f"{address}/big", allow_private=True) == "too_slow"


def test_nobody_answers(address):
    assert refused("http://127.0.0.1:1/x.ics", allow_private=True) == "unreachable"
    assert refused("https://calendar.invalid/x.ics") == "unreachable"
    assert refused(f"https{address[4:]}/ics", allow_private=True) == "unreachable"


@pytest.mark.parametrize(
    ("url", "fetchable"),
    [
        ("https://calendar.example/x.ics", True),
        ("http://calendar.example", True),
        ("webcal://calendar.example/x", True),
        ("HTTPS://calendar.example/x", True),
        ("file:///etc/passwd", False),
        ("https:///x", False),
        ("calendar.example/x.ics", False),
        ("", False),
        ("https://[::1", False),
        ("https://calendar.example:99999/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_which_addresses_can_be_fetched(url, fetchable):
    assert is_fetchable(url) is fetchable
    if not fetchable:
        assert refused(url) == "forbidden_address"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "64:ff9b::7f00:1", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_of_our_own_network(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"])
def test_addresses_of_the_open_internet(address):
    assert is_public(address)
