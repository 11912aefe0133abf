"""Why no rows can be read from a whole file."""

from __future__ import annotations

from foundation.errors import Refused
from foundation.i18n import _l


class UnreadableFileError(Refused):
    """The whole file is not something that rows can be read from."""


class UnclosedQuoteError(UnreadableFileError):
    """A cell swallowed the rows after it: read as it stands, they would be lost in silence."""

    def __init__(self) -> None:
        super().__init__(_l("This table is broken: a quotation mark is not closed."), "file")


class TooBigError(UnreadableFileError):
    def __init__(self) -> None:
        super().__init__(_l("This file is bigger than 10 MB. Cut it into smaller ones."), "file")
