"""Where a calendar comes from, and why it could not be read, in words."""

from __future__ import annotations

from urllib.parse import urlsplit

from agenda.models import BusyFeed
from foundation.i18n import _, _l

_ERRORS = {
    "not_a_calendar": _l("What is there is not a calendar."),
    "unreachable": _l("The server does not answer."),
    "forbidden_address": _l("This address is inside our own network: it is not read."),
    "too_big": _l("The calendar is bigger than 5 MB."),
    "too_slow": _l("The server took too long."),
    "http_401": _l("The server asks for a password. Use the private address of the calendar."),
    "http_403": _l("The server asks for a password. Use the private address of the calendar."),
    "http_404": _l("There is no calendar at this address."),
    "http_410": _l("There is no calendar at this address."),
}


def error_words(error: str) -> str:
    """One sentence for the word that reading a calendar left behind."""
    return str(_ERRORS.get(error) or _("It could not be read (%(code)s).", code=error))


def where_from(feed: BusyFeed) -> str:
    """The server's name, never the rest of the address, which is a secret; or the name of the file."""
    return (urlsplit(feed.url).hostname or "") if feed.url else (feed.file_name or "")
