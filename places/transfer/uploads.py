"""Files sent by a page, kept between the preview and the confirmation, for the person who sent them."""

from __future__ import annotations

import fcntl
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from werkzeug.datastructures import FileStorage

from foundation import clock
from foundation.errors import Unknown
from foundation.i18n import _l
from places.importing.reading import MAX_BYTES
from places.transfer.leftovers import imports_folder

KEPT = timedelta(days=1)
LEFTOVERS_KEPT = timedelta(days=90)
_TOKEN = re.compile(r"[0-9a-f]{32}")


class NoSuchImport(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This file was sent too long ago. Send it again."))


@dataclass(frozen=True)
class Upload:
    """What was sent: the main file, and one beside it for people counted; `choices` as the form had them.

    Attributes:
        done: what came of it as its room tells it, once it is imported; the file itself is gone then.
    """

    token: str
    filename: str
    choices: dict[str, str]
    content: bytes
    beside: bytes = b""
    done: dict[str, Any] | None = None


def _folder() -> Path:
    folder = imports_folder() / "uploads"
    folder.mkdir(exist_ok=True)
    return folder


def received(sent: FileStorage | None) -> bytes:
    """The file, or as much of it as shows that it is too big."""
    return sent.stream.read(MAX_BYTES + 1) if sent and sent.filename else b""


def keep(account_id: int, filename: str, content: bytes, beside: bytes, choices: Mapping[str, str]) -> str:
    """Keep a file for a day; the token that finds it again."""
    _sweep()
    token = secrets.token_hex(16)
    folder = _folder()
    (folder / f"{token}.data").write_bytes(content)
    (folder / f"{token}.beside").write_bytes(beside)
    facts = {"account_id": account_id, "filename": filename[:200], "choices": dict(choices)}
    (folder / f"{token}.json").write_text(json.dumps(facts), encoding="utf-8")
    return token


def fetch(token: str, account_id: int, choice: str) -> Upload:
    """What `keep` kept.

    Args:
        choice: one that each file of the room at hand has.

    Raises:
        NoSuchImport: when it is gone, was somebody else's, or was sent to another room.
    """
    path = _folder() / f"{token}.json"
    facts = json.loads(path.read_text(encoding="utf-8")) if _TOKEN.fullmatch(token) and path.exists() else {}
    if facts.get("account_id") != account_id or choice not in facts["choices"]:
        raise NoSuchImport
    content, beside = (_bytes(path.with_suffix(suffix)) for suffix in (".data", ".beside"))
    return Upload(token, facts["filename"], facts["choices"], content, beside, facts.get("done"))


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


@contextmanager
def one_by_one(token: str) -> Iterator[bool]:
    """Of several who confirm the same file at once, one after the other: a button is pressed twice.

    Yields:
        Whether it is still to be imported.

    Raises:
        NoSuchImport: it was dropped meanwhile.
    """
    path = _folder() / f"{token}.json"
    with path.with_suffix(".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not path.exists():
            raise NoSuchImport
        yield "done" not in json.loads(path.read_text(encoding="utf-8"))


def finish(upload: Upload, account_id: int, done: dict[str, Any]) -> None:
    """Keep what came of it for a day, and remove the file. Whoever asks meanwhile finds one or the other, whole."""
    facts = {
        "account_id": account_id,
        "filename": upload.filename,
        "choices": upload.choices,
        "done": done,
    }
    path = _folder() / f"{upload.token}.json"
    path.with_suffix(".next").write_text(json.dumps(facts), encoding="utf-8")
    path.with_suffix(".next").replace(path)
    for suffix in (".data", ".beside"):
        path.with_suffix(suffix).unlink(missing_ok=True)


def forget(token: str) -> None:
    for path in _folder().glob(f"{token}.*") if _TOKEN.fullmatch(token) else ():
        path.unlink(missing_ok=True)


def _sweep() -> None:
    """Remove what nobody confirmed, and the leftovers of old imports: a refused row may name people."""
    for folder, kept in ((_folder(), KEPT), (imports_folder(), LEFTOVERS_KEPT)):
        oldest = (clock.now() - kept).timestamp()
        for path in folder.glob("*.*"):
            if path.is_file() and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
