"""What a message about a registration says, in the language at hand: the caller enters `in_language` first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from flask import current_app, render_template

from foundation.codes import spoken
from foundation.db import db
from foundation.i18n import _, language, local, ngettext, phone, short_day
from foundation.outbox.models import Channel
from foundation.outbox.wording import Text, ever_shorter, fitted, tight_clock
from places.models import Territory
from workshops.models import Registration, WorkshopSession
from workshops.rules.notices import NoticeKind
from workshops.service.links import link_to

MOST_DATES = 8
TITLE_CUTS = (60, 40, 30, 24, 16)
"""Letters of a title that a text message has room for."""


@dataclass(frozen=True)
class News:
    """What happened, beside what stands on the registration.

    Attributes:
        dates: the sessions to come that it is for, first to last; of a message about one session, that one first.
        until: when an offer ends.
        was: start of the session before it was moved, or of the one that was cancelled.
        moved_to: the start of the session that was moved.
        place: number on the waiting list.
        instead: other sessions of the programme have seats: the page of the registration proposes them.
        units: of a voucher, that came back to it with what happened.
    """

    kind: NoticeKind
    dates: Sequence[WorkshopSession]
    until: datetime | None = None
    was: datetime | None = None
    moved_to: datetime | None = None
    place: int | None = None
    instead: bool = False
    units: int = 0
    by_resident: bool = False
    to_companion: bool = False


def written(registration: Registration, news: News, channel: Channel) -> Text:
    """The message for `channel`; a text message has no subject and is as long as one part carries."""
    if channel is Channel.SMS:
        return Text("", _text_message(registration, news))
    return Text(_subject(registration, news), _mail(registration, news))


def place_words(session: WorkshopSession) -> str:
    """Where it takes place: a venue, a school or a care home."""
    place = session.venue or session.school or session.care_home
    return place.name if place else ""


def street_words(session: WorkshopSession) -> str:
    """`12 rue des Lilas, 44000 Nantes`, of a venue; empty when it is not known."""
    return session.venue.whole_address if session.venue else ""


def _subject(registration: Registration, news: News) -> str:
    title = registration.programme.said("title", language())
    sentences = {
        NoticeKind.REGISTERED: _("Registration confirmed: %(title)s", title=title),
        NoticeKind.WAITING: _("On the waiting list: %(title)s", title=title),
        NoticeKind.OFFERED: _("A seat is free, please answer: %(title)s", title=title),
        NoticeKind.MOVED: _("Another date: %(title)s", title=title),
        NoticeKind.RELOCATED: _("Another place: %(title)s", title=title),
        NoticeKind.SESSION_OFF: _("Session cancelled: %(title)s", title=title),
        NoticeKind.CANCELLED: _("Registration cancelled: %(title)s", title=title),
        NoticeKind.REMINDER: _("Reminder: %(title)s", title=title),
    }
    return sentences[news.kind]


def _mail(registration: Registration, news: News) -> str:
    person, programme = registration.person, registration.programme
    return render_template(
        f"messages/workshops/{news.kind}.txt",
        registration=registration,
        given_name=person.given_name if person else "",
        title=programme.said("title", language()),
        things=[thing for thing in programme.said("material", language()).splitlines() if thing.strip()],
        dates=news.dates,
        most_dates=MOST_DATES,
        where=place_words(news.dates[0]) if news.dates else "",
        street=street_words(news.dates[0]) if news.dates else "",
        until=news.until,
        was=news.was,
        moved_to=news.moved_to,
        place=news.place,
        by_resident=news.by_resident,
        instead=news.instead,
        units_back=_units_back(news),
        code=spoken(registration.code),
        link=link_to(registration),
        others=f"{current_app.config['BASE_URL']}/ateliers",
        site=current_app.config["BASE_URL"],
        territory=db.session.get(Territory, 1),
    )


def _text_message(registration: Registration, news: News) -> str:
    """The richest wording that fits: what the link is for is left out first, then the title is cut, the place last."""
    titles = ever_shorter(registration.programme.said("title", language()), TITLE_CUTS)
    places = ever_shorter(place_words(news.dates[0])) if news.dates else [""]
    facts = [(title, places[0]) for title in titles] + [(titles[-1], place) for place in places[1:]]
    variants = chain(
        [_worded(registration, news, *facts[0], explained=True)],
        (_worded(registration, news, title, place) for title, place in facts),
    )
    if not (news.to_companion and registration.person is not None):
        return fitted(variants)
    name = registration.person.given_name or registration.person.family_name
    return fitted(_("For %(name)s: %(news)s", name=name, news=text) for text in variants)


def _units_back(news: News) -> str:
    if not news.units:
        return ""
    return ngettext(
        "Your %(num)s unit is back on your voucher.", "Your %(num)s units are back on your voucher.", news.units
    )


def _worded(registration: Registration, news: News, title: str, place: str, *, explained: bool = False) -> str:
    first = news.moved_to or (news.dates[0].starts_at if news.dates else None)
    when = _when(first) if first else ""
    if news.kind in {NoticeKind.CANCELLED, NoticeKind.SESSION_OFF}:
        return _cancelled(registration, news, title, _when(news.was) if news.was else when)
    sentence = _sentence(registration, news, title=title, place=place, when=when)
    return " ".join(filter(None, (sentence, _purpose(news.kind) if explained else "", link_to(registration))))


def _sentence(registration: Registration, news: News, **facts: str) -> str:
    number, until = news.place, _when(news.until) if news.until else ""
    of_one = registration.session_id is not None
    sentences = {
        NoticeKind.REGISTERED: _("Seat confirmed: %(title)s, %(when)s, %(place)s.", **facts),
        NoticeKind.WAITING: _("%(title)s, %(when)s: number %(number)s on the waiting list.", number=number, **facts)
        if of_one else _("%(title)s: number %(number)s on the waiting list.", number=number, **facts),
        NoticeKind.OFFERED: _("Seat free: %(title)s, %(when)s. Yes or no before %(until)s:", until=until, **facts),
        NoticeKind.MOVED: _("%(title)s: the session of %(was)s is moved to %(when)s, %(place)s.",
                            was=_was(news), **facts),
        NoticeKind.RELOCATED: _("Another place: %(title)s, %(when)s, is now at %(place)s.", **facts),
        NoticeKind.REMINDER: _("Reminder: %(title)s %(when)s, %(place)s.", **facts),
    }  # fmt: skip
    return sentences[news.kind]


def _purpose(kind: NoticeKind) -> str:
    """What the link behind the sentence is for."""
    if kind is NoticeKind.OFFERED:
        return ""
    return _("We write if a seat is free.") if kind is NoticeKind.WAITING else _("Can not come?")


def _was(news: News) -> str:
    """The day that a session is moved from; with the hour, where only that is another."""
    if news.was is None or news.moved_to is None:
        return ""
    same_day = local(news.was).date() == local(news.moved_to).date()
    return _when(news.was) if same_day else short_day(news.was)


def _cancelled(registration: Registration, news: News, title: str, when: str) -> str:
    others = f"{current_app.config['BASE_URL']}/ateliers"
    more = _("Other workshops: %(link)s", link=others)
    if news.by_resident:
        return _("You cancelled: %(title)s, %(when)s. %(more)s", title=title, when=when, more=more)
    if news.instead:
        more = _("Another date: %(link)s", link=link_to(registration))
    territory = db.session.get(Territory, 1)
    call = phone(territory.helpline) if territory else ""
    if back := _units_back(news):
        more = f"{back} {more}"
    elif call:
        more = _("%(more)s or %(call)s", more=more, call=call)
    return _("We have to cancel %(title)s of %(when)s. Sorry. %(more)s", title=title, when=when, more=more)


def _when(instant: datetime) -> str:
    return _("%(day)s, %(time)s", day=short_day(instant), time=tight_clock(instant))
