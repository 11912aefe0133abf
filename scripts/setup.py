"""Make `.venv` and put the locked libraries into it, again only when the lock has changed.

python -m scripts.setup run     what the application needs
python -m scripts.setup dev     that, and what tests and checks need

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from scripts.say import give_up, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SETS = ("run", "dev")
NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "NameResolutionError",
    "ProxyError",
    "Network is unreachable",
    "Temporary failure in name resolution",
)
TAIL = 15


def python() -> Path:
    """The interpreter of `.venv`."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def lock_of(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _mark(name: str) -> Path:
    return VENV / f"installed-{name}"


def _fingerprint(name: str) -> str:
    return hashlib.sha256(lock_of(name).read_bytes()).hexdigest()


def is_installed(name: str) -> bool:
    """Whether `.venv` holds what today's lock says."""
    mark = _mark(name)
    return python().exists() and mark.exists() and mark.read_text(encoding="ascii") == _fingerprint(name)


def check_writable(folder: Path) -> None:
    """Refuse a folder in which nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        give_up(f"Nothing can be written in {folder} ({error.strerror}): give yourself the right to write there.")


def make_venv() -> None:
    """Create `.venv` when it is not there, or when its Python has gone."""
    if python().exists() and _answers():
        return
    check_writable(ROOT)
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(VENV, ignore_errors=True)
        give_up("Python can not make a .venv here: install its venv module (on Debian: apt install python3-venv).")


def _answers() -> bool:
    return subprocess.run([python(), "-c", "import pip"], capture_output=True, check=False).returncode == 0


def install(name: str) -> None:
    """Install one lock with its hashes.

    The development lock holds what the application needs, in the same versions, so it counts for both.
    """
    check_writable(VENV)
    say(f"Installing the locked libraries ({lock_of(name).relative_to(ROOT)}), once; about a minute …")
    options = ("--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2", "--require-hashes")
    done = subprocess.run(
        [python(), "-m", "pip", "install", *options, "-r", lock_of(name)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    if done.returncode:
        _explain(done.stdout + done.stderr)
    for covered in SETS[: SETS.index(name) + 1]:
        _mark(covered).write_text(_fingerprint(covered), encoding="ascii")


def _explain(output: str) -> None:
    if any(sign in output for sign in NO_NETWORK):
        give_up("The libraries could not be downloaded: check the connection to the network, then run make again.")
    tail = "\n".join(output.strip().splitlines()[-TAIL:])
    give_up(f"{tail}\nThe libraries could not be installed: pip says why above.")


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else "run"
    if name not in SETS:
        give_up(f"Unknown set of libraries {name!r}: choose one of {', '.join(SETS)}.")
    if not is_installed(name):
        make_venv()
        install(name)


if __name__ == "__main__":
    main()
