"""Why no rows can be read from a whole file."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.errors import Refused
from foundation.i18n import _, _l


class UnreadableFileError(Refused):
    """The whole file is not something that rows can be read from."""


class UnclosedQuoteError(UnreadableFileError):
    """A cell swallowed the rows after it: read as it stands, they would be lost in silence."""

    def __init__(self) -> None:
        super().__init__(_l("This table is broken: a quotation mark is not closed."), "file")


class RepeatedHeadingError(UnreadableFileError):
    """Which of the two columns tells it nobody can know, and the other one would be lost in silence."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Two columns of this file are called “%(name)s”. Rename or remove one of them.", name=name), "file"
        )


def check_headings(names: Iterable[str]) -> None:
    """Columns without a name are no matter; those of which only signs differ, as `REP` and `REP +`, are two.

    Raises:
        RepeatedHeadingError
    """
    seen: set[str] = set()
    for name in names:
        key = " ".join(name.casefold().split())
        if key in seen:
            raise RepeatedHeadingError(name)
        seen.update({key} - {""})


class TooBigError(UnreadableFileError):
    def __init__(self) -> None:
        super().__init__(_l("This file is bigger than 10 MB. Cut it into smaller ones."), "file")
