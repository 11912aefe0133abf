"""A request is asked, taken back, declined, or becomes a programme with its group registered; the asker is told."""

from __future__ import annotations

import pytest

from accounts.models import AccountRole
from foundation.audit import AuditEntry
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import MessageState
from foundation.scope import NotInYourStructure, OfTheTerritory
from foundation.security import Role
from tests.cast import NOW
from tests.mediation.planning import account_in
from tests.workshops.asking import accepted, account, asked, coordinator, host_of, mails_about, request_of, stranger
from tests.workshops.given import count, planned, reread, weekly
from workshops.models import (
    Programme,
    ProgrammeKind,
    ProgrammeState,
    Registration,
    RequestState,
    WorkshopRequest,
)
from workshops.queries import requests as queries
from workshops.queries.requests import View
from workshops.rules.hosts import NoPlaceYet
from workshops.rules.programmes import NoTitle
from workshops.rules.requests import MOST_WAITING, AnsweredMeanwhile, KindNotOffered, NoSuchRequest, TooManyWaiting
from workshops.service import programmes, requests

pytestmark = pytest.mark.usefixtures("stopped_clock")


def act(verb, *given, actor, **more):
    actor_id = actor.id
    return in_transaction(lambda: verb(*given, account(actor_id), now=NOW, **more))


def test_a_teacher_asks_for_their_school_and_a_coordinator_for_their_home(cast):
    ours = request_of(cast)
    assert (ours.school_id, ours.care_home_id, ours.state) == (cast.school.id, None, RequestState.ASKED)
    assert (ours.asked_by_id, ours.head_count, ours.place) == (cast.host.id, 24, cast.school)
    theirs = request_of(cast, coordinator(cast), kind=ProgrammeKind.CARE_HOME_SERIES, group_label="")
    assert (theirs.school_id, theirs.place) == (None, cast.care_home)
    with pytest.raises(KindNotOffered):
        request_of(cast, kind=ProgrammeKind.CARE_HOME_SERIES)
    assert count(WorkshopRequest) == 2


def test_the_same_page_asks_once_and_another_hosts_key_opens_nothing(cast):
    first = act(requests.ask, asked(), actor=cast.host, request_key="page")
    again = act(requests.ask, asked(), actor=cast.host, request_key="page")
    assert first.id == again.id
    assert queries.by_request_key("page", coordinator(cast).id) is None
    assert queries.by_request_key("", cast.host.id) is None


def test_a_host_of_nowhere_and_one_with_too_many_requests_are_refused(cast):
    with pytest.raises(NoPlaceYet):
        request_of(cast, host_of("Zoé Nulle"))
    for _ in range(MOST_WAITING):
        request_of(cast)
    with pytest.raises(TooManyWaiting):
        request_of(cast)
    assert (queries.waiting_count(), queries.waiting_count(cast.host.id)) == (MOST_WAITING, MOST_WAITING)


def test_the_managers_of_the_territory_are_told_at_once_and_nobody_elses(cast):
    with transaction():
        db.session.add(AccountRole(account_id=cast.ids["other_mediator"], role=Role.MANAGER))
    request = request_of(cast)
    (mail,) = mails_about(request, to=cast.manager)
    assert (mail.subject, mail.state) == ("Demande d’atelier\u00a0: École des Peupliers", MessageState.QUEUED)
    assert "Programmer des robots." in mail.body
    assert f"/equipe/demandes/{request.id}" in mail.body
    assert mails_about(request, to=cast.other_mediator) == []


def test_what_is_taken_back_before_the_message_left_is_told_to_nobody(cast):
    request = request_of(cast)
    act(requests.withdraw, request.id, actor=cast.host)
    assert [one.state for one in mails_about(request, to=cast.manager)] == [MessageState.WITHDRAWN]


def test_it_becomes_a_draft_with_its_group_in_one_step(cast):
    request = request_of(cast)
    programme = accepted(cast, request)
    assert (programme.state, programme.title, programme.capacity) == (ProgrammeState.DRAFT, "Robots", 24)
    assert (programme.school_id, programme.structure_id) == (cast.school.id, cast.town.id)
    group = db.session.query(Registration).one()
    assert (group.group_label, group.seats, group.state, group.origin) == ("CM1", 24, "registered", "host")
    assert (group.school_id, group.contact_email, group.session_id) == (cast.school.id, cast.host.email, None)
    request = reread(request)
    assert (request.state, request.programme_id) == (RequestState.ACCEPTED, programme.id)
    assert (request.answered_by_id, request.answered_at) == (cast.manager.id, NOW)
    assert queries.of_programme(programme.id).id == request.id
    (mail,) = mails_about(request)
    assert mail.recipient == cast.host.email
    assert f"/hote/demandes/{request.id}" in mail.body


def test_each_session_planned_then_counts_the_seats_of_the_group(cast):
    programme = accepted(cast, request_of(cast))
    sessions = planned(cast, programme, weekly(3))
    assert [(one.taken, one.capacity) for one in sessions] == [(24, 24)] * 3


def test_the_asker_is_told_the_dates_once_when_they_are_settled(cast):
    request = request_of(cast)
    programme = accepted(cast, request)
    planned(cast, programme, weekly(14))
    act(programmes.publish, programme.id, actor=cast.manager)
    told = mails_about(request)
    assert [mail.key.rsplit(":")[-1] for mail in told] == ["accepted", "dates"]
    assert "18 mars à 16" in told[1].body
    assert told[1].body.count("\n- ") == 13
    act(programmes.publish, programme.id, actor=cast.manager)
    assert len(mails_about(request)) == 2


def test_a_request_without_a_group_name_registers_the_place(cast):
    request = request_of(cast, coordinator(cast), kind=ProgrammeKind.CARE_HOME_SERIES, group_label="")
    accepted(cast, request)
    assert db.session.query(Registration).one().group_label == "Résidence des Tilleuls"


def test_accepting_twice_makes_one_programme_and_a_colleague_comes_too_late(cast):
    request = request_of(cast)
    first = accepted(cast, request)
    assert accepted(cast, request, "Autre titre").id == first.id
    other = account_in(cast, "town", Role.MANAGER)
    with pytest.raises(AnsweredMeanwhile):
        act(requests.accept, request.id, "Robots", cast.town.id, actor=other)
    with pytest.raises(AnsweredMeanwhile):
        act(requests.decline, request.id, "Non.", actor=cast.manager)
    with pytest.raises(AnsweredMeanwhile):
        act(requests.withdraw, request.id, actor=cast.host)
    assert (count(Programme), count(Registration), len(mails_about(request))) == (1, 1, 1)


def test_what_is_refused_leaves_nothing_behind(cast):
    request = request_of(cast)
    before = count(AuditEntry)
    with pytest.raises(NoTitle):
        accepted(cast, request, "  ")
    with pytest.raises(NotInYourStructure):
        act(requests.accept, request.id, "Robots", cast.town.id, actor=account_in(cast, "association", Role.MANAGER))
    assert reread(request).state is RequestState.ASKED
    assert (count(Programme), count(Registration), count(AuditEntry), mails_about(request)) == (0, 0, before, [])


def test_a_no_says_why_and_is_told_once(cast):
    request = request_of(cast)
    for _ in range(2):
        act(requests.decline, request.id, " Aucun robot avant juin. ", actor=cast.manager)
    request = reread(request)
    assert (request.state, request.answer) == (RequestState.DECLINED, "Aucun robot avant juin.")
    (mail,) = mails_about(request)
    assert "Aucun robot avant juin." in mail.body
    with pytest.raises(AnsweredMeanwhile):
        accepted(cast, request)


def test_a_structure_takes_a_request_and_never_says_no_for_the_others(cast):
    request = request_of(cast)
    ours, theirs = account_in(cast, "town", Role.MANAGER), account_in(cast, "association", Role.MANAGER)
    with pytest.raises(OfTheTerritory):
        act(requests.decline, request.id, "Non.", actor=theirs)
    assert [one.id for one in queries.request_rows(theirs, View.WAITING)] == [request.id]
    act(requests.accept, request.id, "Robots", cast.association.id, actor=theirs)
    assert queries.request_rows(ours, View.ACCEPTED) == []
    assert [one.id for one in queries.request_rows(theirs, View.ACCEPTED)] == [request.id]
    assert [one.id for one in queries.request_rows(cast.manager, View.ACCEPTED)] == [request.id]
    with pytest.raises(NoSuchRequest):
        queries.request_seen(request.id, ours)


def test_the_asker_alone_takes_a_request_back_and_twice_is_once(cast):
    request, other = request_of(cast), stranger()
    with pytest.raises(NoSuchRequest):
        act(requests.withdraw, request.id, actor=other)
    with pytest.raises(NoSuchRequest):
        queries.own_request(request.id, other.id)
    for _ in range(2):
        act(requests.withdraw, request.id, actor=cast.host)
    assert reread(request).state is RequestState.WITHDRAWN
    with pytest.raises(AnsweredMeanwhile):
        accepted(cast, request)
    assert [one.id for one in queries.request_rows(cast.manager, View.ENDED)] == [request.id]
    assert queries.waiting_count() == 0


@pytest.mark.parametrize(
    "verb", [requests.withdraw, lambda *given, **more: requests.accept(given[0], "x", None, *given[1:], **more)]
)
def test_a_request_that_does_not_exist_is_not_found(cast, verb):
    with pytest.raises(NoSuchRequest):
        act(verb, 987654, actor=cast.manager)


def test_a_host_who_left_is_not_written_to_and_one_who_reads_arabic_is_in_french(cast):
    with transaction():
        cast.host.locale = "ar"
    (first, second) = request_of(cast), request_of(cast)
    accepted(cast, first)
    assert mails_about(first)[0].locale == "fr"
    with transaction():
        cast.host.active = False
    accepted(cast, second)
    assert mails_about(second) == []


def test_the_list_begins_with_whoever_waits_longest_and_has_pages(cast, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    ids = [request_of(cast).id for _ in range(3)]
    pages = [[one.id for one in queries.request_rows(cast.manager, View.WAITING, page)] for page in (1, 2)]
    assert pages == [ids, ids[2:]]
    assert [one.id for one in queries.own_requests(cast.host.id)] == ids[::-1][:2]
