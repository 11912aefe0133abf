"""Start Parvis here: the web server and the jobs process, together until Ctrl-C, or until one of them stops.

PORT and HOST say where it listens, DATABASE_URL which database it uses. Exit code: 0 when it was asked to stop, 1 when
it could not start or one of the two stopped by itself.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType
from urllib.error import URLError

from scripts.say import give_up, say
from scripts.setup import check_writable

ROOT = Path(__file__).resolve().parent.parent
WEB = [sys.executable, "-m", "gunicorn", "app:create_app()"]
JOBS = [sys.executable, "-m", "jobs"]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
LOOK_EVERY = 0.2


class Stopped(Exception):
    """Somebody asked the launcher to stop."""


class Together:
    """Processes that live and die together."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start one, in a group of its own: Ctrl-C reaches the launcher only, which stops all in order."""
        self.running[name] = subprocess.Popen(command, cwd=ROOT, start_new_session=True)

    def fallen(self) -> str | None:
        """What stopped by itself, in words; None while all run."""
        for name, process in self.running.items():
            if (code := process.poll()) is not None:
                return f"The {name} stopped by itself (exit code {code}); the lines above say why."
        return None

    def stop(self) -> None:
        """Ask all to finish what they do, and end those that do not."""
        for process in self.running.values():
            _signal(process, signal.SIGTERM)
        last = time.monotonic() + SECONDS_TO_STOP
        for process in self.running.values():
            try:
                process.wait(max(0.0, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the process alone when it may finish in peace, to its whole group when it must go."""
    if process.poll() is not None:
        return
    if number is signal.SIGKILL:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        give_up(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def check_port(host: str, port: int) -> None:
    """Refuse a port at which we can not listen."""
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            give_up(f"Port {port} is kept for the system: choose another, for example PORT=8000 make run.")
        except OSError:
            give_up(f"Port {port} is already in use: stop what uses it, or choose another: PORT={port + 1} make run.")


def prepare() -> str:
    """Compile, migrate and seed; returns the demonstration's logins, if there are any."""
    check_writable(Path(os.environ.get("PARVIS_VAR") or ROOT / "var"))
    said = ""
    for step in ("scripts.translations", "scripts.prepare"):
        done = subprocess.run([sys.executable, "-m", step], stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
        if done.returncode:
            sys.exit(1)
        said += done.stdout
    return said


def wait_until_up(together: Together, address: str) -> str | None:
    """Wait for the first answer; what went wrong, in words, when none comes."""
    last = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < last:
        if trouble := together.fallen():
            return trouble
        try:
            with urllib.request.urlopen(f"{address}/sante", timeout=5):  # noqa: S310  Our own address.
                return None
        except (URLError, OSError):
            time.sleep(LOOK_EVERY)
    return f"The web server did not answer within {SECONDS_TO_START} seconds."


def watch(together: Together) -> str:
    """Until one of them stops by itself: which one, in words."""
    while not (trouble := together.fallen()):
        time.sleep(LOOK_EVERY)
    return trouble


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def serve(address: str, logins: str) -> str | None:
    """Run both until told to stop; returns what went wrong, in words, or None."""
    together = Together()
    try:
        together.start("web server", WEB)
        together.start("jobs process", JOBS)
        if trouble := wait_until_up(together, address):
            return trouble
        say(f"\nParvis is at {address}\n\n{logins}\nCtrl-C stops it.")
        return watch(together)
    finally:
        together.stop()


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ask_to_stop)
    try:
        host, port = os.environ.get("HOST") or "127.0.0.1", chosen_port()
        check_port(host, port)
        logins = prepare()
        visible = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  Compared, not listened on.
        trouble = serve(f"http://{visible}:{port}", logins)
    except Stopped:
        say("\nStopped.")
        return
    if trouble:
        give_up(trouble)


if __name__ == "__main__":
    main()
