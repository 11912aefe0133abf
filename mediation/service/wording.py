"""What a message to a resident says, in the language at hand: the caller enters `in_language` first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app, render_template

from activity.models import Channel
from foundation.codes import spoken
from foundation.db import db
from foundation.i18n import _, phone, short_day
from foundation.i18n import daytime as written_daytime
from foundation.outbox.models import Channel as OutboxChannel
from foundation.outbox.wording import Text, ever_shorter, fitted, tight_clock
from mediation.models import Appointment, Attendance
from mediation.rules.notices import NoticeKind
from mediation.service.links import link_to
from places.models import Territory


def written(
    appointment: Appointment,
    kind: NoticeKind,
    channel: OutboxChannel,
    was: datetime | None = None,
    *,
    to_companion: bool = False,
) -> Text:
    """The message of `kind` for `channel`.

    Args:
        was: start of the appointment before it was moved.
        to_companion: it goes, as a text message, to somebody who acts for the resident: it says for whom.
    """
    if channel is OutboxChannel.SMS:
        return Text("", _text_message(appointment, kind, to_companion=to_companion))
    return Text(_subject(appointment, kind), _mail(appointment, kind, was))


def _subject(appointment: Appointment, kind: NoticeKind) -> str:
    at = written_daytime(appointment.starts_at)
    sentences = {
        NoticeKind.BOOKED: _("Your appointment on %(when)s", when=at),
        NoticeKind.MOVED: _("Your appointment has moved to %(when)s", when=at),
        NoticeKind.OTHER_MEDIATOR: _(
            "%(name)s will receive you: your appointment on %(when)s", name=appointment.mediator.name, when=at
        ),
        NoticeKind.CANCELLED: _("Appointment cancelled: %(when)s", when=at),
        NoticeKind.REMINDER: _("Reminder: your appointment on %(when)s", when=at),
    }
    return sentences[kind]


def _mail(appointment: Appointment, kind: NoticeKind, was: datetime | None) -> str:
    return render_template(
        f"messages/{kind}.txt",
        appointment=appointment,
        given_name=appointment.person.given_name,
        service=appointment.service,
        venue=appointment.venue,
        code=spoken(appointment.code),
        where=place_words(appointment),
        was=was,
        link=link_to(appointment),
        site=current_app.config["BASE_URL"],
        by_resident=appointment.attendance is Attendance.EXCUSED,
        territory=db.session.get(Territory, 1),
    )


def place_words(appointment: Appointment) -> str:
    """Where it takes place, in a few words."""
    if appointment.venue is not None:
        return appointment.venue.name
    words = {
        Channel.PHONE: _("by telephone, we call you"),
        Channel.VIDEO: _("by video call"),
        Channel.HOME: _("at your home"),
        Channel.VENUE: "",
    }
    return words[appointment.channel]


def _text_message(appointment: Appointment, kind: NoticeKind, *, to_companion: bool) -> str:
    """The richest wording that fits: with the street, without it, with the name of the place cut."""
    where = place_words(appointment)
    street = appointment.venue.address if appointment.venue is not None else ""
    places = [f"{where}, {street}"] if street else []
    places += ever_shorter(where)
    variants = [_sentence(appointment, kind, place) for place in places]
    if to_companion:
        person = appointment.person
        name = person.given_name or person.family_name
        variants = [_("For %(name)s: %(news)s", name=name, news=text) for text in variants]
    return fitted(variants)


def _sentence(appointment: Appointment, kind: NoticeKind, place: str) -> str:
    facts: dict[str, Any] = {
        "when": _("%(day)s, %(time)s", day=short_day(appointment.starts_at), time=tight_clock(appointment.starts_at)),
        "place": place,
        "link": link_to(appointment),
    }
    if kind is NoticeKind.CANCELLED:
        return _cancelled_sentence(appointment, facts["when"])
    sentences = {
        NoticeKind.BOOKED: _("Appointment confirmed %(when)s, %(place)s. Change or cancel: %(link)s", **facts),
        NoticeKind.MOVED: _("Appointment moved to %(when)s, %(place)s. Change or cancel: %(link)s", **facts),
        NoticeKind.OTHER_MEDIATOR: _(
            "Appointment %(when)s, %(place)s: %(name)s will receive you. Change or cancel: %(link)s",
            name=appointment.mediator.name,
            **facts,
        ),
        NoticeKind.REMINDER: _("Reminder: appointment %(when)s, %(place)s. Can not come? %(link)s", **facts),
    }
    return sentences[kind]


def _cancelled_sentence(appointment: Appointment, when: str) -> str:
    site = current_app.config["BASE_URL"]
    if appointment.attendance is Attendance.EXCUSED:
        return _("You cancelled the appointment of %(when)s. Another one: %(site)s", when=when, site=site)
    territory = db.session.get(Territory, 1)
    call = phone(territory.helpline) if territory else ""
    if call:
        return _(
            "We have to cancel the appointment of %(when)s. Sorry. Another one: %(site)s or %(call)s",
            when=when, site=site, call=call,
        )  # fmt: skip
    return _("We have to cancel the appointment of %(when)s. Sorry. Another one: %(site)s", when=when, site=site)
