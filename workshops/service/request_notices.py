"""Whoever asked for a workshop is told the answer by e-mail, and the dates once they are settled."""

from __future__ import annotations

from flask import current_app

from accounts.models import Account
from accounts.queries import with_role
from foundation.i18n import _, daytime, in_language
from foundation.outbox import service as outbox
from foundation.outbox.models import Channel
from foundation.pages import STAFF_LANGUAGES
from foundation.security import Role
from workshops.models import Programme, WorkshopRequest, WorkshopSession
from workshops.queries import requests as queries

MOST_DATES = 12


def tell_asked(request: WorkshopRequest) -> None:
    """Managers of the whole territory answer requests: each is told of a new one, and what it is about."""
    place = request.school or request.care_home
    for manager in with_role(Role.MANAGER):
        if manager.structure_id is not None:
            continue
        locale = _spoken(manager)
        with in_language(locale):
            subject = _("A workshop is asked for: %(place)s", place=place.name if place else "")
            body = _(
                "Hello %(name)s,\n\n%(asker)s asks for a workshop:\n\n%(wish)s\n\nPeople: %(count)s. Possible:"
                " %(when)s\n\nAnswer here:\n\n%(link)s",
                name=manager.name, asker=request.asked_by.name, wish=request.wish, count=request.head_count,
                when=request.when_possible, link=f"{current_app.config['BASE_URL']}/equipe/demandes/{request.id}",
            )  # fmt: skip
        outbox.queue(
            key=f"{request.reference}:asked:{manager.id}", reference=request.reference, channel=Channel.EMAIL,
            recipient=manager.email, subject=subject, body=body, locale=locale,
        )  # fmt: skip


def tell_accepted(request: WorkshopRequest) -> int | None:
    with in_language(_spoken(request.asked_by)):
        subject = _("Your request for a workshop is accepted")
        body = _(
            "Hello %(name)s,\n\nyour request is accepted. We are planning the dates, and write again when they are"
            " settled. You can follow it here:\n\n%(link)s",
            name=request.asked_by.name, link=_link(request),
        )  # fmt: skip
    return _queue(request, "accepted", subject, body)


def tell_declined(request: WorkshopRequest) -> int | None:
    with in_language(_spoken(request.asked_by)):
        subject = _("Your request for a workshop can not be met")
        body = _(
            "Hello %(name)s,\n\nwe can not offer the workshop that you asked for:\n\n%(reason)s\n\nYou can ask for"
            " another one:\n\n%(link)s",
            name=request.asked_by.name, reason=request.answer, link=_link(request),
        )  # fmt: skip
    return _queue(request, "declined", subject, body)


def tell_dates(programme: Programme, sessions: list[WorkshopSession]) -> int | None:
    """Once, when the programme that a request became is published."""
    request = queries.of_programme(programme.id)
    if request is None:
        return None
    with in_language(_spoken(request.asked_by)):
        dates = [daytime(one.starts_at) for one in sessions[:MOST_DATES]]
        subject = _("Dates of the workshop: %(title)s", title=programme.title)
        body = _(
            "Hello %(name)s,\n\nthe dates of “%(title)s” are settled:\n\n%(dates)s\n\nAll about it:\n\n%(link)s",
            name=request.asked_by.name, title=programme.title, link=_link(request),
            dates="\n".join(f"- {one}" for one in [*dates, *(["…"] if len(sessions) > MOST_DATES else [])]),
        )  # fmt: skip
    return _queue(request, "dates", subject, body)


def _spoken(account: Account) -> str:
    """Pages of accounts are in the languages of the staff."""
    return account.locale if account.locale in STAFF_LANGUAGES else "fr"


def _link(request: WorkshopRequest) -> str:
    return f"{current_app.config['BASE_URL']}/hote/demandes/{request.id}"


def _queue(request: WorkshopRequest, news: str, subject: str, body: str) -> int | None:
    if not request.asked_by.active:
        return None
    return outbox.queue(
        key=f"{request.reference}:{news}",
        reference=request.reference,
        channel=Channel.EMAIL,
        recipient=request.asked_by.email,
        subject=subject,
        body=body,
        locale=_spoken(request.asked_by),
        structure_id=request.programme.structure_id if request.programme else None,
    )
