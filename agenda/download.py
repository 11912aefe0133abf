"""Fetching a calendar from an address that a person typed: never from our own network, never too much, never for long.

The name is resolved once, the address found is checked, and the connection goes to that very address: a name that
answers differently a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

MOST_BYTES = 5 * 1024 * 1024
SECONDS = 20
PATIENCE = 10
SCHEMES = ("https", "http", "webcal")
CHUNK = 64 * 1024


class DownloadFailed(Exception):
    """Its text is one word for the record: `unreachable`, `forbidden_address`, `too_big`, `too_slow`, `http_404`."""


def is_fetchable(url: str) -> bool:
    """Whether `url` names a host by a scheme that we fetch; `webcal` is what calendars call https."""
    try:
        parts = urlsplit(url)
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def download(url: str, *, allow_private: bool = False) -> bytes:
    """The bytes at `url`, at most 5 MiB in 20 seconds, redirects followed under the same rules.

    Args:
        allow_private: also from private and local addresses: for a town that keeps its calendars inside.

    Raises:
        DownloadFailed: with one word for what went wrong.
    """
    if not is_fetchable(url):
        raise DownloadFailed("forbidden_address")
    address = "https" + url.removeprefix("webcal") if url.startswith("webcal:") else url
    until = time.monotonic() + SECONDS
    request = Request(address, headers={"User-Agent": "Parvis", "Accept": "text/calendar, */*;q=0.1"})  # noqa: S310  (the scheme was checked)
    try:
        with _opener(allow_private=allow_private).open(request, timeout=PATIENCE) as response:
            return _read(response, until)
    except URLError as error:
        raise DownloadFailed(_word(error)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise DownloadFailed("too_slow" if isinstance(error, TimeoutError) else "unreachable") from error


def _word(error: URLError) -> str:
    if isinstance(error.reason, DownloadFailed):
        return str(error.reason)
    if isinstance(error.reason, TimeoutError):
        return "too_slow"
    code = getattr(error, "code", None)
    return f"http_{code}" if code else "unreachable"


def _read(response: HTTPResponse, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(CHUNK):
        size += len(part)
        if size > MOST_BYTES:
            raise DownloadFailed("too_big")
        if time.monotonic() > until:
            raise DownloadFailed("too_slow")
        parts.append(part)
    return b"".join(parts)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, seen through the ways of writing IPv4 in IPv6."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _connect(allow_private: bool) -> Callable[..., socket.socket]:
    """A stand-in for `socket.create_connection` that only goes where it may."""

    def connect(address: tuple[str, int], timeout: float, *_: Any) -> socket.socket:
        found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
        allowed = [entry for entry in found if allow_private or is_public(str(entry[4][0]))]
        if not allowed:
            raise DownloadRefused
        family, kind, protocol, _name, target = allowed[0]
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout)
            connection.connect(target)
        except OSError:
            connection.close()
            raise
        return connection

    return connect


class DownloadRefused(OSError, DownloadFailed):
    """Raised where only an OSError passes through the library unharmed."""

    def __str__(self) -> str:
        return "forbidden_address"


def _opener(*, allow_private: bool) -> OpenerDirector:
    """HTTP and HTTPS and nothing else: no file, no FTP, no proxy out of the environment."""
    connect = _connect(allow_private)

    class Plain(HTTPConnection):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._create_connection = connect

    class Encrypted(HTTPSConnection):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._create_connection = connect

    class PlainHandler(HTTPHandler):
        def http_open(self, req: Request) -> HTTPResponse:
            return self.do_open(Plain, req)

    class EncryptedHandler(HTTPSHandler):
        def https_open(self, req: Request) -> HTTPResponse:
            return self.do_open(Encrypted, req, context=ssl.create_default_context())

    opener = OpenerDirector()
    for handler in (
        PlainHandler(),
        EncryptedHandler(),
        HTTPRedirectHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
