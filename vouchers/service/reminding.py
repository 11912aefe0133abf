"""Thirty days before the last day, whoever has something left is told, once, by the channel that they chose."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, render_template

from foundation import clock
from foundation.db import db
from foundation.i18n import _, day, euros, in_language, ngettext, phone
from foundation.links import absolute
from foundation.outbox import service as outbox
from foundation.outbox.models import Channel
from foundation.outbox.rules import leaves_at
from foundation.outbox.wording import Text, fitted
from foundation.pages import town_helpline
from foundation.period import whole_day
from people import queries as people
from people.queries import Reach
from places.models import Territory
from vouchers.models import CampaignKind, Voucher, VoucherState
from vouchers.queries import reminding as queries
from vouchers.service.days import day_of

BATCH = 50


def queue_reminders(now: datetime) -> int:
    """Queue what is due: call it until it is 0. Whoever can not be written to stays on the list of those to call.

    Returns:
        How many were queued, at most `BATCH`.
    """
    queued = 0
    for voucher in queries.due(day_of(now)):
        queued += _tell(voucher, now)
        if queued == BATCH:
            break
    return queued


def _tell(voucher: Voucher, now: datetime) -> bool:
    reached = people.reach(voucher.person)
    if reached is None:
        return False
    zone, person = clock.territory_zone(), voucher.person
    with in_language(person.locale):
        text = written(voucher, reached)
    message = outbox.queue(
        key=queries.key_of(voucher), reference=voucher.reference, channel=reached.channel, recipient=reached.address,
        subject=text.subject, body=text.body, locale=person.locale,
        not_before=leaves_at(reached.channel, now, zone, answers=False),
        expires_at=whole_day(voucher.valid_until, zone).end, structure_id=voucher.campaign.structure_id,
    )  # fmt: skip
    return message is not None


def written(voucher: Voucher, reached: Reach) -> Text:
    """The message, in the language at hand; a text message has no subject."""
    if reached.channel is Channel.SMS:
        return Text("", _text_message(voucher, reached))
    subjects = {
        CampaignKind.DEVICE: _("Your device voucher ends soon"),
        CampaignKind.TRAINING: _("Your training voucher ends soon"),
    }
    body = render_template(
        "messages/vouchers/ending.txt", given_name=voucher.person.given_name, left=left_of(voucher),
        device=voucher.campaign.kind is CampaignKind.DEVICE, waits=voucher.state is VoucherState.ISSUED,
        until=day(voucher.valid_until), link=absolute("own_card.find"), site=current_app.config["BASE_URL"],
        territory=db.session.get(Territory, 1),
    )  # fmt: skip
    return Text(subjects[voucher.campaign.kind], body)


def left_of(voucher: Voucher) -> str:
    """`80,00 €`, or `3 units`."""
    if voucher.campaign.kind is CampaignKind.DEVICE:
        return euros(voucher.left_cents)
    units = voucher.left_cents // voucher.campaign.unit_cents
    return ngettext("%(num)s unit", "%(num)s units", units)


def _text_message(voucher: Voucher, reached: Reach) -> str:
    until, left, link = day(voucher.valid_until), left_of(voucher), absolute("own_card.find")
    if voucher.state is VoucherState.ISSUED:
        texts = _waiting(left, until, link)
    else:
        texts = [
            _(
                "Your voucher can be used until %(until)s. %(left)s is left. Where: %(link)s",
                left=left, until=until, link=link,
            ),
            _("Your voucher can be used until %(until)s: %(link)s", until=until, link=link),
        ]  # fmt: skip
    if reached.to_companion:
        name = voucher.person.given_name or voucher.person.family_name
        texts = [_("For %(name)s: %(news)s", name=name, news=text) for text in texts]
    return fitted(texts)


def _waiting(left: str, until: str, link: str) -> list[str]:
    """Of a voucher that is to be fetched, richest first: whom to call, so that nobody comes where it is not."""
    shortest = _("A voucher waits for you until %(until)s: %(link)s", until=until, link=link)
    if not (helpline := phone(town_helpline())):
        return [shortest]
    return [
        _(
            "A voucher of %(left)s waits for you, until %(until)s. To fetch it, call %(phone)s. %(link)s",
            left=left, until=until, phone=helpline, link=link,
        ),
        _(
            "A voucher waits for you, until %(until)s. To fetch it, call %(phone)s.",
            until=until, phone=helpline,
        ),
        shortest,
    ]  # fmt: skip


def _still_wanted(reference: str, key: str) -> bool:
    """Asked just before a message leaves: whether there still is something to spend until that day."""
    voucher = db.session.get(Voucher, int(reference.partition(":")[2]), populate_existing=True)
    if voucher is None or not voucher.state.live or voucher.left_cents == 0:
        return False
    return key == queries.key_of(voucher)


outbox.ask_before_sending("voucher", _still_wanted)
