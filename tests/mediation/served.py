"""The product as it runs: a real gunicorn in processes of its own, and residents who book through its pages."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
GROUP, USER_TICKS = 2, 11
"""Where they stand in /proc/<pid>/stat, after the name in brackets."""
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Server:
    """Gunicorn on a free port, in a process group of its own so that it can be killed whole."""

    def __init__(self, database_url: str, *, workers: int = 2, threads: int = 4) -> None:
        command = [sys.executable, "-m", "gunicorn", "-w", str(workers), "--threads", str(threads), "--preload"]
        # The server inherits a socket that listens already: the first request waits in it until a worker takes it,
        # and breaks off at once when the server dies instead.
        with socket.create_server(("127.0.0.1", 0), backlog=128) as door:
            self.port = door.getsockname()[1]
            self.process = subprocess.Popen(
                [*command, "-b", f"fd://{door.fileno()}", "--log-level", "error", "app:create_app()"],
                cwd=ROOT,
                env=os.environ | {"DATABASE_URL": database_url, "SECRET_KEY": "only for tests"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[door.fileno()],
            )
        if Browser(self.port).get("/sante").status != 200:
            raise RuntimeError("the server does not answer as it should")

    def processor_seconds(self) -> float:
        """Of all its processes so far; 0 where the system does not tell (Linux does)."""
        group = [str(os.getpgid(self.process.pid))]
        stats = [_read(path).rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
        own = [one for one in stats if one[GROUP : GROUP + 1] == group]
        return sum(int(one[USER_TICKS]) + int(one[USER_TICKS + 1]) for one in own) / os.sysconf("SC_CLK_TCK")

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """The whole group at once, as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        self.process.wait()


def _read(path: Path) -> str:
    """Empty when the process has just ended."""
    with suppress(OSError):
        return path.read_text()
    return ""


@contextmanager
def served(database_url: str, *, workers: int = 2, threads: int = 4) -> Iterator[Server]:
    server = Server(database_url, workers=workers, threads=threads)
    try:
        yield server
    finally:
        server.kill()


class Answer:
    """Status, headers and text of one response."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.text = response.status, response.headers, response.read().decode()

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")


class Browser:
    """One visitor: keeps the cookies, and hands back the forgery token of the last form."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies = dict(cookies or {})
        self._token = ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        return self._ask("POST", path, urlencode({"csrf_token": self._token, **fields}))

    def request_of(self, path: str, **fields: str) -> bytes:
        """What `post` would send, ready to be written to a connection, which the server closes after its answer."""
        body = urlencode({"csrf_token": self._token, **fields})
        head = (
            f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{self._connection.port}", "Accept-Encoding: identity",
            f"Cookie: {self._cookie_header()}", "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}", "Connection: close",
        )  # fmt: skip
        return "\r\n".join([*head, "", body]).encode()

    def _cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": self._cookie_header()}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = Answer(self._connection.getresponse())
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if found := CSRF.search(answer.text):
            self._token = found.group(1)
        return answer

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        self._connection.close()

    def book(self, choice: dict[str, str | int], name: str) -> Answer:
        """From the question who comes to the press that books; the answer to the last press."""
        self.get(f"/rendez-vous/qui?{urlencode(choice)}")
        check = self.post(f"/rendez-vous/qui?{urlencode(choice)}", family_name=name, companions="0").location
        self.get(check)
        return self.post(check.replace("/verifier", "/confirmer"))
