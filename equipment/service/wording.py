"""What a message about a loan says, in the language at hand: the caller enters `in_language` first."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template

from accounts.models import Account
from equipment.models import Handing, Kit, Reservation
from equipment.rules.kits import Lendable, works_here
from equipment.rules.labels import RESERVATION_STATES
from equipment.rules.news import News
from equipment.rules.notices import NoticeKind
from equipment.service import addresses
from equipment.service.sentences import ask, lead, span, subject
from foundation import links
from foundation.codes import spoken
from foundation.db import db
from foundation.i18n import _, daytime, ngettext, phone
from foundation.outbox.models import Channel
from foundation.outbox.wording import Text, ever_shorter, fitted
from places.models import Territory

MOST_DATES = 12
Facts = Iterator[tuple[str, str]]


def written(reservation: Reservation, news: News, channel: Channel, reader: Account | None) -> Text:
    """The message for `channel`; a text message has no subject and is as long as one part carries."""
    if channel is Channel.SMS:
        return Text("", _text_message(reservation, news))
    body = mail(
        reader.name if reader else "",
        lead(reservation, news),
        list(_facts(reservation, news, reader)),
        ask(reservation, news),
        _link(reservation, news, reader),
        [_("Free then:"), *(f"- {offer_words(kit)}" for kit in news.offered)] if news.offered else [],
    )
    return Text(subject(reservation, news, reservation.kit.name), body)


def mail(
    name: str, lead: str, facts: list[tuple[str, str]], ask: str, link: str, offered: list[str] | None = None
) -> str:
    """The body of an e-mail about kits."""
    territory = db.session.get(Territory, 1)
    return render_template(
        "messages/equipment/notice.txt", name=name, lead=lead, facts=facts, ask=ask, link=link, offered=offered or [],
        helpline=territory.helpline if territory else "", town=territory.name if territory else "Parvis",
        site=links.site(),
    )  # fmt: skip


def offer_words(kit: Lendable) -> str:
    """`Mallette verte (12 × tablette)`."""
    return f"{kit.name} ({kit.working} × {kit.unit_kind})" if kit.unit_kind else kit.name


def borrower_words(reservation: Reservation) -> str:
    """`École Jacqueline-Auriol, CM1`: who has it, as colleagues say; of an act, what it is for."""
    place = reservation.school or reservation.care_home
    if place is None:
        return reservation.group_label or reservation.activity
    return f"{place.name}, {reservation.group_label}" if reservation.group_label else place.name


def _facts(reservation: Reservation, news: News, reader: Account | None) -> Facts:
    yield _("Kit:"), f"{reservation.kit.name} ({reservation.kit.code})"
    if news.was is not None:
        yield _("It was:"), span(news.was)
    yield from _when(reservation, news)
    asked = news.kind is NoticeKind.TO_ANSWER or (reader is not None and works_here(reader))
    whom = borrower_words(reservation) if asked else reservation.group_label
    if whom:
        yield _("For:"), whom
    if asked and reservation.activity and reservation.activity != whom:
        yield _("What for:"), reservation.activity
    if news.kind in {NoticeKind.RESERVED, NoticeKind.APPROVED, NoticeKind.MOVED}:
        yield _("How you get it:"), _way_out(reservation)
    if news.late is not None:
        since = daytime(news.late.due)
        yield _("Not back yet:"), _("expected since %(when)s; we write to you if it may be late", when=since)
    if news.kind in {NoticeKind.RETURN_SOON, NoticeKind.LATE}:
        yield _("How it comes back:"), _way_back(reservation)
    if news.kind is NoticeKind.LATE_HERE and reservation.contact_phone:
        yield _("Phone:"), phone(reservation.contact_phone)
    yield _("Code:"), spoken(reservation.code)


def _when(reservation: Reservation, news: News) -> Facts:
    dates = news.dates or [reservation]
    for number, one in enumerate(dates[:MOST_DATES]):
        told = span(one.period)
        if news.kind is NoticeKind.ANSWERED:
            told = ", ".join(part for part in (told, f"{RESERVATION_STATES[one.state]}", one.answer) if part)
        yield (_("When:") if number == 0 else "-"), told
    if len(dates) > MOST_DATES:
        rest = len(dates) - MOST_DATES
        yield "-", ngettext("and %(num)s other date", "and %(num)s other dates", rest)


def _way_out(reservation: Reservation) -> str:
    if reservation.outward is Handing.DELIVERED:
        return _("we bring it to you")
    home = _home(reservation.kit)
    return _("you collect it: %(place)s", place=home) if home else _("you collect it")


def _way_back(reservation: Reservation) -> str:
    if reservation.homeward is Handing.DELIVERED:
        return _("we fetch it at your place")
    home = _home(reservation.kit)
    return _("you bring it back: %(place)s", place=home) if home else _("you bring it back")


def _home(kit: Kit) -> str:
    venue = kit.home_venue
    return ", ".join(part for part in (venue.name, venue.whole_address) if part) if venue else ""


def _link(reservation: Reservation, news: News, reader: Account | None) -> str:
    on_its_page = news.kind is NoticeKind.REFUSED and reader is not None and not works_here(reader)
    if news.kind in {NoticeKind.REFUSED, NoticeKind.CANCELLED} and not on_its_page:
        return addresses.to_choose(reader)
    if news.offered:
        return addresses.instead(reservation, reader)
    return addresses.of(reservation, reader)


def _text_message(reservation: Reservation, news: News) -> str:
    """The subject, with the helpline behind it; the name of the kit is cut where there is no room."""
    territory = db.session.get(Territory, 1)
    call = phone(territory.helpline) if territory else ""
    said = [subject(reservation, news, name) for name in ever_shorter(reservation.kit.name)]
    return fitted([_("%(news)s. Call us: %(call)s", news=one, call=call) if call else one for one in said])
