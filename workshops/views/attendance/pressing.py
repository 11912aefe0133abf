"""One press beside a name, and a head-count: from a page without script, or from a device that kept them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, jsonify, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _, _l
from foundation.security import allow
from foundation.web import refuse, see_other
from workshops.forms.attendance import CountForm, PressForm
from workshops.service import attendance
from workshops.views.attendance.blueprint import SESSION, bp, to_mark
from workshops.views.attendance.page import page
from workshops.views.programmes.blueprint import WORKERS


class Unreadable(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This is not offered. Load the page again."))


@bp.post(f"{SESSION}/presence/<int(max=2147483647):participant_id>")
@allow(*WORKERS)
def press(session_id: int, participant_id: int) -> AnyResponse:
    """Note it, and go back to the line that was pressed; a device that kept it is told what became of it."""
    form, now, actor = PressForm(), clock.now(), staff()

    def noted() -> AnyResponse:
        if not form.validate():
            raise Unreadable
        wanted = form.press(participant_id)
        answer = in_transaction(lambda: attendance.press(session_id, wanted, now=now, actor=actor))
        if not _from_device():
            return see_other("attendance.show", session_id=session_id, _anchor=f"p-{participant_id}")
        return jsonify(outcome=answer.outcome, presence=answer.presence or "", version=answer.version)

    return _told(session_id, noted)


@bp.post(f"{SESSION}/presence/comptage")
@allow(*WORKERS)
def count(session_id: int) -> AnyResponse:
    form, now, actor = CountForm(), clock.now(), staff()

    def noted() -> AnyResponse:
        if not form.validate():
            if _from_device():
                raise Unreadable
            return page(to_mark(session_id), 422, form)
        try:
            made = in_transaction(lambda: attendance.count(session_id, form.counted(), now=now, actor=actor))
        except Refused as refused:
            if _from_device() or refused.field is None:
                raise
            refuse(form, refused)
            return page(to_mark(session_id), refused.status, form)
        if _from_device():
            return jsonify(outcome="applied", version=made.version)
        flash(_("Saved."), "good")
        return see_other("attendance.show", session_id=session_id, _anchor="count")

    return _told(session_id, noted)


def _from_device() -> bool:
    """Whether the script of the page sends it, which reads no pages."""
    return request.headers.get("Accept") == "application/json"


def _told(session_id: int, noted: Callable[[], Any]) -> AnyResponse:
    """What `noted` answers; a refusal as a sentence for the device, or above the list."""
    try:
        answer: AnyResponse = noted()
    except Refused as refused:
        if _from_device():
            return make_response(jsonify(refused=str(refused)), refused.status)
        if isinstance(refused, Unknown):
            raise
        return _page_again(session_id, refused)
    return answer


def _page_again(session_id: int, refused: Refused) -> Response:
    return page(to_mark(session_id), refused.status, refusal=str(refused))
