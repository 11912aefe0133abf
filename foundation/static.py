"""The files under `static/`, sent compressed to browsers that can read that."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise

YEAR = 31_536_000
"""Seconds that a browser keeps a file: its address changes with its content."""
KINDS = {".css", ".js", ".svg"}


class StaticFiles(WhiteNoise):
    """Answers for `static/…`; the compressed variant `name.gz` of a file is used only when it holds the same."""

    def __init__(self, application: Any, folder: Path) -> None:
        for file in folder.iterdir():
            if file.suffix in KINDS:
                pack(file)
        super().__init__(application, root=str(folder), prefix="static/", max_age=YEAR)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> Any:
        """One file; without a variant that is out of date, which WhiteNoise would find by its name."""
        known = stat_cache if is_packed(Path(path)) else {path: stat_cache[path]}
        return super().get_static_file(path, url, stat_cache=known)


def variant(file: Path) -> Path:
    return file.with_name(f"{file.name}.gz")


def is_packed(file: Path) -> bool:
    """Whether the variant of `file` holds what the file holds now."""
    try:
        return gzip.decompress(variant(file).read_bytes()) == file.read_bytes()
    except (OSError, EOFError, zlib.error):
        return False


def pack(file: Path) -> None:
    """Write the variant of `file` unless it is there; in a folder that is not ours to write in, do without.

    Several processes may start at once: each writes beside, and puts its own in place whole.
    """
    if is_packed(file):
        return
    small = gzip.compress(file.read_bytes(), 9, mtime=0)
    if len(small) >= file.stat().st_size:
        return
    with suppress(OSError), tempfile.NamedTemporaryFile(dir=file.parent, suffix=".gz", delete=False) as part:
        part.write(small)
        part.close()
        Path(part.name).chmod(0o644)
        Path(part.name).replace(variant(file))
