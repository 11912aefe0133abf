"""The page of messages: what was sent, what waits, what failed, and reading it where nothing leaves the machine."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, current_app, flash, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.alerts import Count
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import row_id
from foundation.i18n import RIGHT_TO_LEFT, _, _l, ngettext
from foundation.outbox import queries, service
from foundation.outbox.models import Channel, Message, MessageState
from foundation.outbox.sms import counted
from foundation.outbox.words import CHANNELS, STATES, reason_words
from foundation.pages import add_to_menu
from foundation.security import Role, allow
from foundation.web import draw, see_other

bp = Blueprint("outbox", __name__, url_prefix="/equipe/messages")

Kind = TypeVar("Kind", bound=StrEnum)


def _reader() -> queries.Reader:
    account = current_user.account
    return queries.Reader(account.structure_id, confidential=account.has(Role.ADMINISTRATOR))


LATELY = timedelta(days=7)
FAILED_LATELY = Count(
    lambda: [queries.failed_since(_reader(), clock.now() - LATELY)],
    lambda number: ngettext("%(num)s not delivered", "%(num)s not delivered", number),
)
add_to_menu("outbox.messages", _l("Messages"), 80, lights_on=("outbox",), alert=FAILED_LATELY)


def _chosen(kind: type[Kind], name: str) -> Kind | None:
    """A filter of the address; one that does not exist filters nothing."""
    value = request.args.get(name, "")
    return kind(value) if value in set(kind) else None


def _kept_back() -> list[Channel]:
    """Channels for which nothing is configured."""
    settings = current_app.extensions["settings"]
    addresses = {Channel.EMAIL: settings.smtp_url, Channel.SMS: settings.sms_url}
    return [channel for channel, address in addresses.items() if not address]


@bp.get("")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def messages() -> Response:
    """Newest first, by state and channel."""
    reader, state, channel = _reader(), _chosen(MessageState, "state"), _chosen(Channel, "channel")
    found = queries.messages(reader, state=state, channel=channel, before=request.args.get("before", type=row_id))
    shown, more = found[: queries.PAGE], len(found) > queries.PAGE
    older = url_for("outbox.messages", state=state, channel=channel, before=shown[-1].id) if more else None
    return draw(
        "outbox/messages.html",
        messages=shown,
        older=older,
        state=state,
        channel=channel,
        counts=queries.counts(reader),
        states=STATES,
        channels=CHANNELS,
        kept_back=_kept_back(),
        reason_words=reason_words,
    )


@bp.get("/<int(max=2147483647):message_id>")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def message(message_id: int) -> Response:
    """One message, whole."""
    found = _own(message_id)
    return draw(
        "outbox/message.html",
        message=found,
        states=STATES,
        channels=CHANNELS,
        kept_back=_kept_back(),
        reason_words=reason_words,
        count=counted(found.body) if found.channel is Channel.SMS else None,
        direction="rtl" if found.locale in RIGHT_TO_LEFT else "ltr",
    )


@bp.post("/<int(max=2147483647):message_id>/renvoyer")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def send_again(message_id: int) -> AnyResponse:
    """One that failed goes back into the queue."""
    reader, actor_id = _reader(), current_user.account.id

    def act() -> Message:
        if queries.message(reader, message_id) is None:
            raise service.NoSuchMessage
        return service.send_again(message_id, actor_id=actor_id)

    try:
        in_transaction(act)
    except service.TooLate as refused:
        flash(str(refused), "warn")
    else:
        flash(_("It goes out again."), "good")
    return see_other("outbox.message", message_id=message_id)


@bp.post("/renvoyer")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def send_all_again() -> AnyResponse:
    """All that failed and still make sense go back into the queue."""
    reader, actor_id = _reader(), current_user.account.id

    def act() -> int:
        queued = 0
        for message_id in queries.failed_ids(reader):
            try:
                service.send_again(message_id, actor_id=actor_id)
            except Refused:
                continue
            queued += 1
        return queued

    queued = in_transaction(act)
    flash(ngettext("%(num)s message goes out again.", "%(num)s messages go out again.", queued), "good")
    return see_other("outbox.messages", state=MessageState.FAILED)


def _own(message_id: int) -> Message:
    found = queries.message(_reader(), message_id)
    if found is None:
        raise service.NoSuchMessage
    return found
