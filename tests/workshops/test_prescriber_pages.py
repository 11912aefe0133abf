"""A prescriber registers people for what is open to them, and later sees who came: no list, no note."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.db import db, transaction
from tests.cast import NOW, sign_in
from tests.workshops.enrolments import FIRST, WEEK, adult, fill, opened, registered, sessions_of, state
from tests.workshops.pages import main_of
from tests.workshops.test_registering_desk import carried, last, page_of, send, who
from workshops.models import (
    Enrolment,
    Openness,
    Origin,
    Presence,
    ProgrammeAudience,
    ProgrammeState,
    Registration,
    SessionPresence,
)

pytestmark = pytest.mark.usefixtures("stopped_clock")
OPEN, SENT = "/equipe/ateliers/orienter", "/equipe/ateliers/mes-inscriptions"


@pytest.fixture
def prescriber(client, cast):
    return sign_in(client, cast.prescriber)


def own(cast, programme, number=1, **more):
    wish = adult(programme, number, origin=Origin.PRESCRIBER, **more)
    return registered(wish, actor_id=cast.ids["prescriber"])


def mark(registration, session, presence):
    participant = db.session.get_one(Registration, registration.id).participants[0].id
    with transaction():
        db.session.add(
            SessionPresence(
                session_id=session.id, participant_id=participant, presence=presence, marked_at=NOW, marked_by_id=1
            )
        )


def test_what_is_open_to_them_is_listed_with_the_seats_that_are_left(prescriber, cast):
    opened(cast, title="Pour tous", capacity=3)
    opened(cast, title="Sur orientation", openness=Openness.PRESCRIBERS, structure_id=cast.ids["association"])
    full = opened(cast, title="Complet", capacity=1)
    fill(full, 1)
    for hidden in (
        {"openness": Openness.STAFF}, {"state": ProgrammeState.DRAFT}, {"care_home_id": cast.ids["care_home"]},
        {"enrolment": Enrolment.DROP_IN}, {"sessions": 0},
    ):  # fmt: skip
        opened(cast, title="Caché", **hidden)
    said = main_of(prescriber.get(OPEN))
    for words in ("Pour tous", "3 libres", "Sur orientation", "Complet", "liste d’attente"):
        assert words in said
    assert "Caché" not in said


def test_of_a_series_the_fullest_date_counts(prescriber, cast):
    programme = opened(cast, title="Suite", sessions=2, capacity=3, enrolment=Enrolment.CYCLE)
    registered(adult(programme, session_id=sessions_of(programme)[1].id, origin=Origin.DESK))
    assert "2 libres" in main_of(prescriber.get(OPEN))


def test_when_nothing_is_open_it_says_so(prescriber, cast):
    assert "Aucun atelier" in main_of(prescriber.get(OPEN))


def test_before_and_after_the_dates_of_registration_there_is_no_way_in(prescriber, cast):
    early = opened(cast, title="Bientôt", registration_opens_at=NOW + timedelta(days=1))
    late = opened(cast, title="Trop tard", registration_closes_at=NOW)
    page = prescriber.get(OPEN).get_data(as_text=True)
    for programme in (early, late):
        assert page_of(programme) not in page
        assert prescriber.get(page_of(programme)).status_code == 422


def test_they_register_somebody_who_is_then_theirs(prescriber, cast):
    programme = opened(cast, openness=Openness.PRESCRIBERS)
    response = send(prescriber, programme)
    made = last()
    assert (made.origin, made.booked_by_id, made.state) == ("prescriber", cast.ids["prescriber"], "registered")
    said = main_of(prescriber.get(response.location))
    assert "Le Bras" in said
    assert "Donner une place" not in said


@pytest.mark.parametrize(
    "changes", [{"openness": Openness.STAFF}, {"state": ProgrammeState.DRAFT}, {"enrolment": Enrolment.DROP_IN}]
)
def test_what_is_not_open_to_them_is_not(prescriber, cast, changes):
    assert prescriber.get(page_of(opened(cast, **changes))).status_code in {404, 422}
    assert prescriber.get("/equipe/ateliers/98765/inscrire").status_code == 404


def test_they_never_go_beyond_the_capacity(prescriber, cast):
    programme = opened(cast, capacity=1)
    fill(programme, 1)
    second = who(prescriber, programme, family_name="Kone")
    assert "beyond" not in second.get_data(as_text=True)
    send(prescriber, programme, beyond="y")
    assert (last().state, last().over_capacity) == ("waiting", False)


def test_outside_the_ages_is_refused(prescriber, cast):
    programme = opened(cast, age_min=60)
    response = send(prescriber, programme, {"birth_year": "2000"}, ages_known="y")
    assert response.status_code == 422
    assert "à partir de 60 ans" in main_of(response)


def test_children_of_others_are_not_shown_and_a_number_only_by_its_end(prescriber, cast):
    programme = opened(cast, audience=ProgrammeAudience.CHILDREN)
    found = who(prescriber, programme, q="le goff", do="search")
    assert "… 0021" in main_of(found)
    assert "06 39 98 00 21" not in main_of(found)
    second = who(prescriber, programme, person_id=str(cast.ids["resident"]))
    assert "known" not in carried(second)


def test_groups_and_lists_are_not_theirs(prescriber, cast):
    programme = opened(cast)
    others = registered(adult(programme))
    assert prescriber.get(f"{page_of(programme)}-un-groupe").status_code in {403, 404}
    assert prescriber.get(f"/equipe/ateliers/{programme.id}").status_code == 403
    assert prescriber.get(f"/equipe/ateliers/seances/{others.session_id}").status_code == 403
    assert prescriber.get(f"/equipe/inscriptions/{others.id}").status_code == 404
    assert prescriber.post(f"/equipe/inscriptions/{others.id}/annuler").status_code == 404
    mine = own(cast, programme, 2)
    for ending in ("oui", "non", "place", "prevenu"):
        assert prescriber.post(f"/equipe/inscriptions/{mine.id}/{ending}").status_code == 403


def test_later_they_see_who_came_and_who_did_not(prescriber, cast):
    programme = opened(cast, capacity=5, first=NOW + timedelta(hours=1))
    came, missed, unknown = (own(cast, programme, number) for number in (1, 2, 3))
    (session,) = sessions_of(programme)
    mark(came, session, Presence.PRESENT)
    mark(missed, session, Presence.ABSENT)
    assert unknown.state == "registered"
    last_one, second, first = main_of(prescriber.get(SENT)).split("Alix Numéro ")[1:]
    assert "Était là" in first
    assert "N’était pas là" in second
    assert "tait" not in last_one
    assert "Était là" in main_of(prescriber.get(f"/equipe/inscriptions/{came.id}"))
    assert "N’était pas là" in main_of(prescriber.get(f"/equipe/inscriptions/{missed.id}"))


def test_of_a_series_they_see_how_often(prescriber, cast):
    programme = opened(cast, sessions=3, enrolment=Enrolment.CYCLE)
    made = own(cast, programme)
    for session, presence in zip(
        sessions_of(programme), (Presence.PRESENT, Presence.ABSENT_EXCUSED, Presence.PRESENT), strict=True
    ):
        mark(made, session, presence)
    assert "Présence à 2 séances sur 3" in main_of(prescriber.get(SENT))


def test_a_mark_that_was_taken_back_counts_as_nothing(prescriber, cast):
    programme = opened(cast)
    made = own(cast, programme)
    mark(made, sessions_of(programme)[0], None)
    assert "Présence" not in main_of(prescriber.get(SENT))
    assert "Place réservée" in main_of(prescriber.get(SENT))


def test_they_cancel_as_long_as_the_person_could(prescriber, cast, monkeypatch):
    made = own(cast, opened(cast, first=NOW + timedelta(minutes=1)))
    prescriber.get(f"/equipe/inscriptions/{made.id}/annuler")
    monkeypatch.setattr("foundation.clock.now", lambda: NOW + timedelta(minutes=2))
    assert prescriber.post(f"/equipe/inscriptions/{made.id}/annuler", data={"reason": ""}).status_code == 409
    monkeypatch.undo()
    prescriber.post(f"/equipe/inscriptions/{made.id}/annuler", data={"reason": "", "by": "service"})
    assert state(made) == "cancelled"
    db.session.rollback()
    assert made.events[-1].kind == "cancelled", "a prescriber speaks for the person, not for the service"


def test_before_the_first_registration_the_page_says_so(prescriber, cast):
    registered(adult(opened(cast)))
    assert "Vous n’avez encore inscrit personne." in main_of(prescriber.get(SENT))


def test_those_whom_they_registered_stand_by_the_day_that_is_shown_with_its_year(prescriber, cast):
    for number, weeks in ((1, 2), (2, 45), (3, 0)):
        own(cast, opened(cast, first=FIRST + weeks * WEEK), number)
    own(cast, opened(cast, enrolment=Enrolment.CYCLE), 4)
    said = main_of(prescriber.get(SENT))
    shown = ("mer. 27 janv. 2027", "mer. 1er avr.", "mer. 18 mars", "mar. 10 mars")
    assert sorted(shown, key=said.index) == list(shown)
    assert "mars 2026" not in said


def test_the_team_has_its_own_pages(client, cast):
    sign_in(client, cast.mediator)
    assert client.get(OPEN).status_code == 403
    assert client.get(SENT).status_code == 403
