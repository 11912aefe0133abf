"""What one process needs to make all files of records that are waited for, as the jobs process has it made, and to read
the last one as it is handed out: `python bench/exporting.py`, with the settings of the environment. One line of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import config
from foundation.db import db
from reach.commands import application, make
from reach.models import RecordExport
from reach.queries import exports

KILO = 1024


def megabytes() -> float:
    """The largest memory of this process so far. `ru_maxrss` would be that of the process that began it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / KILO


def made() -> dict[str, Any]:
    """Seconds on the clock and of this processor, lines, parts, and MB of the file and of memory."""
    with application(config.load()).app_context():
        before, start, spent = megabytes(), perf_counter(), process_time()
        make()
        making, processor, start = perf_counter() - start, process_time() - spent, perf_counter()
        export = db.session.query(RecordExport).order_by(RecordExport.id.desc()).limit(1).one()
        size = sum(len(part.encode()) for part in exports.text_of(export))
        return {
            "lines": export.lines, "steps": export.parts, "making": making, "processor": processor,
            "reading": perf_counter() - start, "size": size / KILO**2, "before": before, "most": megabytes(),
        }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(made()))
