"""By which channel a resident is told something, and who is told in their place. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.outbox.models import Channel
from foundation.phones import takes_texts
from people.models import ContactMeans


def reached_by(means: ContactMeans, phone: str | None, email: str | None) -> tuple[Channel, str] | None:
    """Channel and address of a resident, or None for somebody who is called, or told nothing.

    Whoever chose a text message but left only an e-mail address gets an e-mail, and the other way round.
    """
    if means not in {ContactMeans.SMS, ContactMeans.EMAIL}:
        return None
    by_text = (Channel.SMS, phone) if phone and takes_texts(phone) else None
    by_mail = (Channel.EMAIL, email) if email else None
    return (by_text or by_mail) if means is ContactMeans.SMS else (by_mail or by_text)


def stands_in(means: ContactMeans, phone: str | None, email: str | None, numbers: Iterable[str]) -> str | None:
    """The first of `numbers`, of those who act for a resident, that takes text messages: it gets them instead.

    Args:
        means, phone, email: of the resident, whom `reached_by` does not reach. Whoever left what a message could be
            sent to, and chose none, or a call, chose for those who act for them too.
    """
    chose = (phone or email) if means is ContactMeans.NONE else (email or takes_texts(phone))
    return None if chose else next(filter(takes_texts, numbers), None)
