"""Run every benchmark of this folder, each within its time, and keep what they say: `python -m bench.run`.

The tables go to `var/bench.md`, under the facts of this machine; `docs/performance.md` is written from them by hand.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SUMMARY = FOLDER.parent / "var" / "bench.md"
LONGEST_SECONDS = 1800


def machine() -> list[str]:
    """What the figures depend on, one line each."""
    return [
        f"- day: {datetime.now(UTC):%Y-%m-%d}",
        f"- processor: {_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start",
        f"- memory: {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        f"- system: {platform.system()} {platform.release()}",
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def measure(script: Path) -> tuple[str, bool]:
    """What one benchmark prints, and whether it came to its end in time."""
    started = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, script], stdout=subprocess.PIPE, text=True, timeout=LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        told = late.stdout or b""
        text = told.decode() if isinstance(told, bytes) else told
        return f"{text}\n\nStopped after {LONGEST_SECONDS} s.", False
    end = "" if done.returncode == 0 else f"\n\nFailed with exit code {done.returncode}."
    return f"{done.stdout.strip()}{end}\n\nTook {time.monotonic() - started:.0f} s.", done.returncode == 0


def main() -> None:
    lines = ["# Measured", "", *machine()]
    good = True
    for script in sorted(FOLDER.glob("bench_*.py")):
        print(f"{script.name} …", flush=True)
        told, ended = measure(script)
        print(told, flush=True)
        good &= ended
        lines += ["", f"## {script.stem.removeprefix('bench_')}", "", told]
    SUMMARY.parent.mkdir(exist_ok=True)
    SUMMARY.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"\nWritten to {SUMMARY.relative_to(FOLDER.parent)}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
