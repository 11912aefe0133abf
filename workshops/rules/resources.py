"""What a lesson sheet may be: a link that opens in a browser, or a file that can do no harm there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from foundation.errors import Refused
from foundation.forbidden import check_text
from foundation.i18n import _l
from foundation.said import check_translations

MOST_BYTES = 5 * 1024 * 1024
MOST_SHEETS = 20
LONGEST_NAME = 120
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain",
    "zip": "application/zip",
    "sb3": "application/x.scratch.sb3",
}
"""By ending. Pages and drawings that can hold scripts (html, svg) are left out on purpose."""
ARCHIVE = b"PK"
BEGINS = {
    "pdf": b"%PDF", "png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff",
    **dict.fromkeys(("odt", "odp", "ods", "docx", "pptx", "xlsx", "zip", "sb3"), ARCHIVE),
}  # fmt: skip
"""The first bytes of a file that is what its ending says."""


@dataclass(frozen=True)
class Sheet:
    """A link, or the name and content of a file."""

    label: str
    url: str = ""
    file_name: str = ""
    content: bytes = b""
    team_only: bool = False
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language code → `label`."""


class LinkOrFile(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Give either a link or a file."), "url")


class NoLabel(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what the sheet is called."), "label")


class NotALink(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Copy the whole address of the page, with https:// before it."), "url")


class TooBig(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The file is too big: 5 MB at most."), "file")


class UnknownFile(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Send a PDF, a text, slides, a table, a picture, a Scratch project or a ZIP file."), "file")


class NotWhatItSays(Refused):
    """A page saved under another name, or a file that broke on the way: nobody could open it."""

    def __init__(self) -> None:
        super().__init__(_l("This file is not what its name says. Open it, save it again, and send that."), "file")


class TooManySheets(Refused):
    def __init__(self) -> None:
        super().__init__(_l("A programme keeps at most 20 links and files. Remove one first."))


def check_sheet(sheet: Sheet, existing: int) -> None:
    """Refuse what nobody could open, or what could do harm.

    Raises:
        TooManySheets, LinkOrFile, NotALink, TooBig, UnknownFile, NotWhatItSays, and the refusals of `check_name`
    """
    url = sheet.url.strip()
    if existing >= MOST_SHEETS:
        raise TooManySheets
    if bool(url) == bool(sheet.content):
        raise LinkOrFile
    check_name(sheet.label or sheet.file_name, sheet.translations)
    if url and not is_link(url):
        raise NotALink
    if len(sheet.content) > MOST_BYTES:
        raise TooBig
    if sheet.content and _ending(sheet.file_name) not in MEDIA_TYPES:
        raise UnknownFile
    if sheet.content and not sheet.content.startswith(BEGINS.get(_ending(sheet.file_name), b"")):
        raise NotWhatItSays


def check_name(label: str, translations: Mapping[str, Mapping[str, str]]) -> None:
    """Refuse a sheet without a French name, or one that holds what must not be kept.

    Raises:
        NoLabel, and what `foundation.forbidden.check_text` and `check_translations` raise
    """
    if not label.strip():
        raise NoLabel
    check_text(label, "label")
    check_translations(translations)


def is_link(url: str) -> bool:
    """Whether `url` is the whole address of a page."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not re.search(r"\s", url)
    except ValueError:
        return False


def kept_name(file_name: str) -> str:
    """The name of a file without folders, signs that systems forbid and signs that nobody sees, short enough.

    What nobody sees can turn letters around, so that a game looks like a PDF.
    """
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs"})
    plain = re.sub(r'[<>:"|?*]', "", seen).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else plain[:LONGEST_NAME]


def media_type(file_name: str) -> str:
    """What browsers are told that the file is."""
    return MEDIA_TYPES[_ending(file_name)]


def _ending(file_name: str) -> str:
    return kept_name(file_name).rpartition(".")[2].lower()
