"""A host asks for a workshop; a manager makes a programme of it in one step, or says why not."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from foundation import audit
from foundation.db import db, explain_constraint
from foundation.outbox import service as outbox
from workshops.models import Programme, RequestState, WorkshopRequest
from workshops.queries import requests as queries
from workshops.rules.enrolling import Group
from workshops.rules.hosts import client_of, kinds_for
from workshops.rules.requests import (
    MOST_WAITING,
    Asked,
    AskedTwice,
    NoSuchRequest,
    TooManyWaiting,
    check_declining,
    check_request,
    check_waiting,
    programme_of,
)
from workshops.service import groups, programmes, request_notices

explain_constraint("uq_workshop_request_request_key", AskedTwice)


def ask(asked: Asked, asker: Account, *, now: datetime, request_key: str | None = None) -> WorkshopRequest:
    """Ask for a workshop at the asker's own school or care home. The same `request_key` asks once.

    Raises:
        NoPlaceYet, TooManyWaiting, AskedTwice, and the refusals of `check_request`
    """
    client = client_of(asker)
    check_request(asked, kinds_for(client))
    if already := queries.by_request_key(request_key or "", asker.id):
        return already
    if queries.waiting_count(asker.id) >= MOST_WAITING:
        raise TooManyWaiting
    request = WorkshopRequest(
        asked_by_id=asker.id, request_key=request_key, school_id=client.school_id, care_home_id=client.care_home_id,
        kind=asked.kind, wish=asked.wish.strip(), group_label=asked.group_label.strip(), head_count=asked.head_count,
        session_count=asked.session_count, when_possible=asked.when_possible.strip(),
        contact_phone=asked.contact_phone or "", state=RequestState.ASKED, created_at=now,
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    audit.record("request.asked", request.reference, actor_id=asker.id)
    request_notices.tell_asked(request)
    return request


def withdraw(request_id: int, asker: Account, *, now: datetime) -> WorkshopRequest:
    """Take a request back before it is answered. Doing so again changes nothing.

    Raises:
        NoSuchRequest, AnsweredMeanwhile
    """
    request = _locked(request_id)
    if request.asked_by_id != asker.id:
        raise NoSuchRequest
    if request.state is RequestState.WITHDRAWN:
        return request
    check_waiting(request.state)
    _answer(request, RequestState.WITHDRAWN, asker, now)
    outbox.withdraw(request.reference)
    return request


def accept(request_id: int, title: str, structure_id: int | None, actor: Account, *, now: datetime) -> Programme:
    """Make a programme of a request, a draft with its group registered. Pressing twice makes one.

    Args:
        structure_id: whose programme it is; None: the whole territory's.

    Raises:
        NoSuchRequest, AnsweredMeanwhile, NotInYourStructure, OfTheTerritory, and what `check_programme` refuses
    """
    request = _locked(request_id)
    if request.state is RequestState.ACCEPTED and request.answered_by_id == actor.id and request.programme:
        return request.programme
    check_waiting(request.state)
    programme = programmes.create(programme_of(request, title), structure_id, actor, now=now)
    groups.enrol_ahead(programme, _group_of(request), request.asked_by, now=now, actor_id=actor.id)
    request.programme = programme
    _answer(request, RequestState.ACCEPTED, actor, now)
    request_notices.tell_accepted(request)
    return programme


def decline(request_id: int, reason: str, actor: Account, *, now: datetime) -> WorkshopRequest:
    """Say no, and why. The same person saying so again changes nothing.

    Raises:
        NoSuchRequest, AnsweredMeanwhile, and the refusals of `check_declining`
    """
    check_declining(actor.structure_id, reason)
    request = _locked(request_id)
    if request.state is RequestState.DECLINED and request.answered_by_id == actor.id:
        return request
    check_waiting(request.state)
    request.answer = reason.strip()
    _answer(request, RequestState.DECLINED, actor, now)
    request_notices.tell_declined(request)
    return request


def _locked(request_id: int) -> WorkshopRequest:
    request = db.session.get(WorkshopRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None:
        raise NoSuchRequest
    return request


def _answer(request: WorkshopRequest, state: RequestState, actor: Account, now: datetime) -> None:
    request.state, request.answered_at, request.answered_by_id = state, now, actor.id
    db.session.flush()
    audit.record(f"request.{state.value}", request.reference, actor_id=actor.id)


def _group_of(request: WorkshopRequest) -> Group:
    place = request.school or request.care_home
    label = request.group_label or (place.name if place else "")
    return Group(
        label[:120], request.head_count, request.asked_by.name, request.contact_phone or None, request.asked_by.email,
        request.school_id, request.care_home_id,
    )  # fmt: skip
