"""Three months after a device: is it still used? One question by the resident's channel; one press answers it."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app, render_template

from foundation import audit, clock, links
from foundation.db import db
from foundation.i18n import _, in_language
from foundation.outbox import service as outbox
from foundation.outbox.models import Channel
from foundation.outbox.rules import leaves_at
from foundation.outbox.wording import Text, fitted
from people import queries as people
from people.queries import Reach
from places.models import Territory
from vouchers.models import FollowUp, FollowUpAnswer, Redemption
from vouchers.queries import follow_ups as queries
from vouchers.rules.follow_ups import NoSuchFollowUp, due_on
from vouchers.service.days import day_of

BATCH = 50
LEAVES_WITHIN = timedelta(days=14)


def ask(now: datetime) -> int:
    """Ask those whose time has come: call it until it is 0. Whoever can not be written to is asked at the desk, or by a
    message once they can.

    Returns:
        How many questions were opened, at most `BATCH`; then how many of those open were written at last.
    """
    found = queries.due(day_of(now), BATCH)
    for redemption in found:
        follow_up = FollowUp(redemption=redemption, due_on=due_on(day_of(redemption.at)))
        db.session.add(follow_up)
        db.session.flush()
        if _tell(follow_up, now):
            follow_up.asked_at = now
    db.session.flush()
    return len(found) or _write_at_last(now)


def _write_at_last(now: datetime) -> int:
    """Ask by message who gave a number or an address since; the desk asks them all the same, if it is faster."""
    written = 0
    for follow_up in queries.unwritten(day_of(now)):
        if written < BATCH and _tell(follow_up, now):
            follow_up.asked_at = now
            written += 1
    db.session.flush()
    return written


def answer(follow_up_id: int, said: FollowUpAnswer, *, now: datetime, actor_id: int | None = None) -> FollowUp:
    """Write down what became of the device. A later answer takes the place of an earlier one; the same changes nothing.

    Args:
        actor_id: who was told so at the desk; None: the resident pressed it.

    Raises:
        NoSuchFollowUp
    """
    found = db.session.get(FollowUp, follow_up_id, with_for_update=True, populate_existing=True)
    if found is None or found.redemption.undone_at is not None:
        raise NoSuchFollowUp
    if found.answer is said:
        return found
    found.answer, found.answered_at, found.answered_by_id = said, now, actor_id
    outbox.withdraw(reference_of(found))
    audit.record("follow_up.answered", reference_of(found), actor_id=actor_id, answer=said.value)
    db.session.flush()
    return found


def opened(follow_up_id: int, secret: str) -> FollowUp:
    """The question that a link opens.

    Raises:
        NoSuchFollowUp
    """
    found = db.session.get(FollowUp, follow_up_id)
    if not links.is_secret_of(_subject(follow_up_id), secret) or found is None or found.redemption.undone_at:
        raise NoSuchFollowUp
    return found


def secret_of(follow_up: FollowUp) -> str:
    return links.secret_of(_subject(follow_up.id))


def reference_of(follow_up: FollowUp) -> str:
    """What its message and its audit entries are filed under."""
    return f"follow_up:{follow_up.id}"


def _subject(follow_up_id: int) -> str:
    return f"follow-up-link:{follow_up_id}"


def _tell(follow_up: FollowUp, now: datetime) -> bool:
    voucher = follow_up.redemption.voucher
    person, reached = voucher.person, people.reach(voucher.person)
    if reached is None:
        return False
    with in_language(person.locale):
        text = _written(follow_up, reached)
    message = outbox.queue(
        key=f"{reference_of(follow_up)}:still_used", reference=reference_of(follow_up), channel=reached.channel,
        recipient=reached.address, subject=text.subject, body=text.body, locale=person.locale,
        not_before=leaves_at(reached.channel, now, clock.territory_zone(), answers=False),
        expires_at=now + LEAVES_WITHIN, structure_id=voucher.campaign.structure_id,
    )  # fmt: skip
    return message is not None


def _written(follow_up: FollowUp, reached: Reach) -> Text:
    """The message, in the language at hand; a text message has no subject."""
    person = follow_up.redemption.voucher.person
    link = links.absolute("follow_ups.question", follow_up_id=follow_up.id, secret=secret_of(follow_up))
    if reached.channel is Channel.SMS:
        texts = [
            _("Three months ago a voucher helped to buy your device. Is it still used? One press: %(link)s", link=link),
            _("Is your device still used? One press: %(link)s", link=link),
        ]
        name = person.given_name or person.family_name
        named = [_("For %(name)s: %(news)s", name=name, news=text) for text in texts]
        return Text("", fitted(named if reached.to_companion else texts))
    body = render_template(
        "messages/vouchers/still_used.txt", given_name=person.given_name, link=link,
        site=current_app.config["BASE_URL"], territory=db.session.get(Territory, 1),
    )  # fmt: skip
    return Text(_("Is your device still used?"), body)


def _still_wanted(reference: str, _key: str) -> bool:
    """Asked just before a message leaves: nobody answered at the desk, and the sale stands."""
    found = db.session.get(FollowUp, int(reference.partition(":")[2]), populate_existing=True)
    if found is None or found.answer is not None:
        return False
    sale = db.session.get_one(Redemption, found.redemption_id, populate_existing=True)
    return sale.undone_at is None


outbox.ask_before_sending("follow_up", _still_wanted)
