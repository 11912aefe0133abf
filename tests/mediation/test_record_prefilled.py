"""What a new record knows before anybody has typed."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from activity.models import ActivityKind, Autonomy, Channel, Theme
from foundation.db import in_transaction, transaction
from mediation.rules.booking import NoSuchAppointment
from mediation.service import records
from mediation.views.records.prefilled import last_time, of_address, own_appointment
from people.service import NoSuchPerson
from tests.mediation.days import TEN, at, draft, minutes, planned

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def known(app, cast, query="", who="mediator"):
    with app.test_request_context(f"/equipe/comptes-rendus/nouveau?{query}"):
        return of_address(getattr(cast, who))


def write(cast, **more):
    wanted = draft(cast, **more)
    in_transaction(lambda: records.write(wanted, now=TEN, actor=cast.mediator))


def test_an_appointment_tells_who_when_where_and_for_how_long(app, cast):
    id_ = planned(cast, TEN - DAY, length=60)
    data = known(app, cast, f"rendez_vous={id_}")
    assert data["person_ids"] == [cast.resident.id]
    assert (data["day"], data["at"]) == (date(2026, 3, 9), time(10))
    assert (data["length"], data["minutes"]) == ("60", None)
    assert (data["channel"], data["venue_id"], data["appointment_id"]) == (Channel.VENUE, cast.library.id, id_)


def test_its_service_tells_themes_and_autonomy(app, cast):
    with transaction():
        service = cast.first_steps
        service.themes, service.autonomy = ["email", "a theme of old"], "autonomous"
    data = known(app, cast, f"rendez_vous={planned(cast)}")
    assert (data["themes"], data["autonomy"]) == ([Theme.EMAIL], Autonomy.AUTONOMOUS)


def test_a_call_has_no_place(app, cast):
    data = known(app, cast, f"rendez_vous={planned(cast, channel=Channel.PHONE, venue_id=None)}")
    assert (data["channel"], data["venue_id"]) == (Channel.PHONE, None)


def test_without_appointment_it_is_now_where_the_presence_is(app, cast):
    data = known(app, cast)
    assert (data["day"], data["at"], data["venue_id"]) == (date(2026, 3, 10), time(10), cast.library.id)
    assert (data["kind"], data["person_ids"], data["anonymous_count"]) == (ActivityKind.INDIVIDUAL, [], 0)


def test_on_a_day_without_presence_it_is_where_the_last_record_was(app, cast):
    write(cast, venue_id=cast.workshop.id)
    with at(TEN + 5 * DAY):
        assert known(app, cast)["venue_id"] == cast.workshop.id


def test_a_group_names_nobody_and_counts_nobody_yet(app, cast):
    data = known(app, cast, "groupe=1&anonyme=1")
    assert (data["kind"], data["anonymous_count"]) == (ActivityKind.GROUP, 0)


def test_somebody_without_a_name_is_one(app, cast):
    data = known(app, cast, f"anonyme=1&motif={cast.paperwork.id}&lieu={cast.workshop.id}")
    assert (data["anonymous_count"], data["themes"], data["length"]) == (1, [Theme.PROCEDURES], "30")
    assert data["venue_id"] == cast.workshop.id


def test_a_person_who_was_merged_is_the_one_kept(app, cast):
    merged, kept = cast.neighbour.id, cast.resident.id
    with transaction():
        cast.neighbour.merged_into_id = kept
    assert known(app, cast, f"personne={merged}")["person_ids"] == [kept]


def test_an_unknown_person_is_refused(app, cast):
    with pytest.raises(NoSuchPerson):
        known(app, cast, "personne=987654")


@pytest.mark.parametrize("query", ["rendez_vous=", "rendez_vous=x", "rendez_vous=-1", f"rendez_vous={'9' * 30}"])
def test_an_address_that_names_nothing_is_like_none(app, cast, query):
    assert "appointment_id" not in known(app, cast, query)


@pytest.mark.parametrize("who", ["other_mediator", "manager"])
def test_somebody_elses_appointment_is_not_told(app, cast, who):
    id_ = planned(cast)
    with pytest.raises(NoSuchAppointment):
        known(app, cast, f"rendez_vous={id_}", who)
    with pytest.raises(NoSuchAppointment):
        own_appointment(987654, cast.mediator)


def test_last_time_is_that_of_the_person_else_that_of_the_mediator(app, cast):
    write(cast, started_at=TEN - 3 * DAY, person_ids=(cast.neighbour.id,), themes=frozenset({Theme.WEB}))
    write(cast, started_at=TEN - DAY, themes=frozenset({Theme.FILES}), duration_minutes=20)
    theirs = known(app, cast, f"personne={cast.neighbour.id}&comme=1")
    assert theirs["themes"] == [Theme.WEB]
    own = known(app, cast, "comme=1")
    assert (own["themes"], own["length"], own["minutes"]) == ([Theme.FILES], "other", 20)


def test_last_time_is_only_taken_when_it_is_asked_for(app, cast):
    write(cast, themes=frozenset({Theme.FILES}))
    assert "themes" not in known(app, cast)


def test_the_first_record_of_all_has_no_last_time(app, cast):
    with app.test_request_context("/"):
        assert last_time(cast.mediator, None) is None
    assert "themes" not in known(app, cast, "comme=1")


def test_the_length_of_a_walk_in_is_what_it_was(app, cast):
    id_ = planned(cast, length=21)
    data = known(app, cast, f"rendez_vous={id_}")
    assert (data["length"], data["minutes"]) == ("other", 21)
    assert minutes(21) == timedelta(minutes=data["minutes"])
