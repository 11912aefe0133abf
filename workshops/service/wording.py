"""What a message about a registration says, in the language at hand: the caller enters `in_language` first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, render_template

from foundation.codes import spoken
from foundation.db import db
from foundation.i18n import _, language, ngettext, phone, short_day
from foundation.outbox.models import Channel
from foundation.outbox.wording import Text, ever_shorter, fitted, tight_clock
from places.models import Territory
from workshops.models import Registration, WorkshopSession
from workshops.rules.notices import NoticeKind
from workshops.service.links import link_to

MOST_DATES = 8
TITLE_CUTS = (60, 40, 30, 24, 16)


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
    """The richest wording that fits: with the place, without it, with the title cut."""
    title = registration.programme.said("title", language())
    places = ever_shorter(place_words(news.dates[0])) if news.dates else [""]
    facts = [(title, place) for place in places]
    facts += [(f"{title[:length].rstrip(' ,-:')}.", places[-1]) for length in TITLE_CUTS if length < len(title)]
    variants = (_sentence(registration, news, title, place) for title, place in facts)
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


def _sentence(registration: Registration, news: News, title: str, place: str) -> str:
    facts: dict[str, Any] = {"title": title, "link": link_to(registration)}
    first = news.moved_to or (news.dates[0].starts_at if news.dates else None)
    when = _when(first) if first else ""
    if news.kind in {NoticeKind.CANCELLED, NoticeKind.SESSION_OFF}:
        others = facts["link"] if news.instead else f"{current_app.config['BASE_URL']}/ateliers"
        return _cancelled_sentence(news, title, _when(news.was) if news.was else when, others)
    sentences = {
        NoticeKind.REGISTERED: _("Seat confirmed: %(title)s, %(when)s, %(place)s. Can not come? %(link)s",
                                 when=when, place=place, **facts),
        NoticeKind.WAITING: _("%(title)s: number %(number)s on the waiting list. We write if a seat is free. %(link)s",
                              number=news.place, **facts),
        NoticeKind.OFFERED: _("Seat free: %(title)s, %(when)s. Yes or no before %(until)s: %(link)s",
                              when=when, until=_when(news.until) if news.until else "", **facts),
        NoticeKind.MOVED: _("Moved: %(title)s is now %(when)s, %(place)s. Can not come? %(link)s",
                            when=when, place=place, **facts),
        NoticeKind.RELOCATED: _("Another place: %(title)s, %(when)s, is now at %(place)s. Can not come? %(link)s",
                                when=when, place=place, **facts),
        NoticeKind.REMINDER: _("Reminder: %(title)s %(when)s, %(place)s. Can not come? %(link)s",
                               when=when, place=place, **facts),
    }  # fmt: skip
    return sentences[news.kind]


def _cancelled_sentence(news: News, title: str, when: str, others: str) -> str:
    if news.by_resident:
        return _("You cancelled: %(title)s, %(when)s. Other workshops: %(others)s",
                 title=title, when=when, others=others)  # fmt: skip
    if back := _units_back(news):
        return _("We have to cancel %(title)s of %(when)s. Sorry. %(units)s %(others)s",
                 title=title, when=when, units=back, others=others)  # fmt: skip
    territory = db.session.get(Territory, 1)
    call = phone(territory.helpline) if territory else ""
    if not call:
        return _("We have to cancel %(title)s of %(when)s. Sorry. Others: %(others)s",
                 title=title, when=when, others=others)  # fmt: skip
    return _("We have to cancel %(title)s of %(when)s. Sorry. Others: %(others)s or %(call)s",
             title=title, when=when, others=others, call=call)  # fmt: skip


def _when(instant: datetime) -> str:
    return _("%(day)s, %(time)s", day=short_day(instant), time=tight_clock(instant))
