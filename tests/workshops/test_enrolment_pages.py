"""The page of a registration, and what the team presses there: cancel, yes, no, a seat, another session."""

from __future__ import annotations

import pytest

from foundation.db import db, in_transaction
from tests.cast import NOW, sign_in
from tests.workshops.changes import called_off
from tests.workshops.enrolments import (
    adult,
    events,
    family,
    fill,
    group,
    opened,
    registered,
    sessions_of,
    state,
    taken,
)
from tests.workshops.pages import as_mediator, as_stranger, main_of
from workshops.models import Enrolment, ProgrammeAudience, Registration
from workshops.service import registering

pytestmark = pytest.mark.usefixtures("stopped_clock")


def page_of(registration, ending=""):
    return f"/equipe/inscriptions/{registration.id}{ending}"


def press(client, registration, ending, **data):
    client.get(page_of(registration))
    return client.post(page_of(registration, ending), data=data)


def asked(cast):
    """Somebody for whom a seat is kept, and who waits behind."""
    programme = opened(cast, capacity=1)
    seated, first, second = fill(programme, 3)
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    return programme, first, second


def test_the_page_says_who_what_when_and_what_happened(client, cast):
    as_mediator(cast, client)
    made = registered(adult(opened(cast)), actor_id=cast.ids["mediator"])
    said = main_of(client.get(page_of(made)))
    for words in ("Alix Numéro 1", "Atelier photo", "mercredi 18 mars", "Place réservée", "Salima Benali"):
        assert words in said
    assert f"{made.code[:3]} {made.code[3:]}" in said


def test_what_the_team_must_know_of_children_is_not_on_it(client, cast):
    as_mediator(cast, client)
    made = registered(family(opened(cast, capacity=5, audience=ProgrammeAudience.CHILDREN), "Lina"))
    page = client.get(page_of(made)).get_data(as_text=True)
    assert "Lina" in page
    for hidden in ("Mamie", "Tonton", "98 80 02"):
        assert hidden not in page


def test_a_group_shows_its_contact(client, cast):
    as_mediator(cast, client)
    made = registered(group(opened(cast, capacity=20)))
    said = main_of(client.get(page_of(made)))
    assert "CM1" in said
    assert "Bruno Lacaze · 06 39 98 80 03 · bruno@ecole.example" in said


@pytest.mark.parametrize(("by", "kind"), [("resident", "cancelled"), ("service", "revoked")])
def test_it_is_cancelled_by_whom_it_is_said_with_a_reason(client, cast, by, kind):
    as_mediator(cast, client)
    programme = opened(cast)
    made = registered(adult(programme))
    assert client.get(page_of(made, "/annuler")).status_code == 200
    response = client.post(page_of(made, "/annuler"), data={"by": by, "reason": "Empêchement"})
    assert response.location == page_of(made)
    assert (state(made), taken(programme), events(made)[-1]) == ("cancelled", [(0, 0)], kind)
    assert "Empêchement" in main_of(client.get(page_of(made)))


@pytest.mark.parametrize("reason", ["x" * 301, "2 51 05 75 116 001 89"])
def test_a_reason_that_must_not_be_kept_is_refused(client, cast, reason):
    as_mediator(cast, client)
    made = registered(adult(opened(cast)))
    response = press(client, made, "/annuler", by="resident", reason=reason)
    assert response.status_code == 422
    assert state(made) == "registered"


def test_the_team_says_yes_for_somebody(client, cast):
    as_mediator(cast, client)
    _programme, first, _second = asked(cast)
    assert "Dit oui" in main_of(client.get(page_of(first)))
    press(client, first, "/oui")
    assert (state(first), events(first)[-1]) == ("registered", "accepted")
    db.session.rollback()
    assert first.events[-1].actor_id == cast.ids["mediator"]


def test_the_team_says_no_and_the_next_is_asked(client, cast):
    as_mediator(cast, client)
    _programme, first, second = asked(cast)
    press(client, first, "/non")
    assert (state(first), state(second)) == ("lapsed", "offered")
    press(client, first, "/revenir")
    assert state(first) == "waiting"


def test_a_yes_that_comes_too_late_is_told_and_changes_nothing(client, cast):
    as_mediator(cast, client)
    _programme, first, _second = asked(cast)
    press(client, first, "/non")
    press(client, first, "/oui")
    assert state(first) == "lapsed"
    assert "n’est plus gardée" in main_of(client.get(page_of(first)))


def test_a_seat_beyond_those_planned_needs_both_ticks(client, cast):
    as_mediator(cast, client)
    programme = opened(cast, capacity=1)
    _seated, waits = fill(programme, 2)
    unasked = press(client, waits, "/place", beyond="y")
    assert unasked.status_code == 422
    assert "sans avoir dit oui" in main_of(unasked)
    unsaid = press(client, waits, "/place", said_yes="y")
    assert unsaid.status_code == 409
    assert "places" in main_of(unsaid)
    assert (state(waits), taken(programme)) == ("waiting", [(1, 0)])
    assert press(client, waits, "/place", said_yes="y", beyond="y").status_code == 303
    assert (state(waits), taken(programme)) == ("registered", [(2, 1)])
    assert "en surnombre" in main_of(client.get(page_of(waits)))


def test_another_session_is_proposed_and_taken_with_one_press(client, cast):
    as_mediator(cast, client)
    programme = opened(cast, sessions=2)
    made = registered(adult(programme))
    called_off(sessions_of(programme)[0])
    second = sessions_of(programme)[1]
    assert "mercredi 25 mars" in main_of(client.get(page_of(made)))
    response = press(client, made, f"/autre-seance/{second.id}")
    new = db.session.query(Registration).order_by(Registration.id.desc()).first()
    assert response.location == page_of(new)
    assert (new.session_id, state(new)) == (second.id, "registered")
    assert press(client, new, f"/autre-seance/{second.id}").status_code == 303
    assert "n’a pas été annulée" in main_of(client.get(page_of(new)))


def test_another_structure_sees_and_does_nothing(client, cast):
    as_stranger(cast, client)
    made = registered(adult(opened(cast)))
    for ending in ("", "/annuler"):
        assert client.get(page_of(made, ending)).status_code == 404
    for ending in ("/oui", "/non", "/revenir", "/place", "/prevenu", "/sans-reponse", "/annuler", "/autre-seance/1"):
        assert client.post(page_of(made, ending)).status_code == 404
    assert client.get("/equipe/inscriptions/987654").status_code == 404
    assert state(made) == "registered"


def test_what_the_whole_territory_offers_is_looked_after_by_everybody(client, cast):
    as_stranger(cast, client)
    made = registered(adult(opened(cast, structure_id=None)))
    assert client.get(page_of(made)).status_code == 200


def test_the_lists_of_a_session_name_who_comes_and_who_waits_in_order_and_why(client, cast):
    as_mediator(cast, client)
    programme = opened(cast, capacity=4, priorities=["first_timer"])
    fill(programme, 1)
    registered(family(programme))
    registered(adult(programme, 2))
    late = registered(adult(programme, 3, newcomer=None, person_id=cast.ids["resident"]))
    assert late.priority_for == ["first_timer"]
    page = client.get(f"/equipe/ateliers/seances/{late.session_id}")
    said = main_of(page)
    coming, waiting = said.split("Liste d’attente")
    for words in ("Alix Numéro 1", "06 39 98 00 01", "Karim Moreau", "Lina, Noé, Sami", "En ligne"):
        assert words in coming
    assert "98 80 01" not in coming, "a guardian’s number stands on the sheet of the day"
    assert waiting.index("Alix Numéro 2") < waiting.index("Jeanne Le Goff")
    assert "première fois" in waiting
    assert f'href="{page_of(late)}"' in page.get_data(as_text=True)


def test_the_page_of_a_series_lists_them_too(client, cast):
    as_mediator(cast, client)
    programme = opened(cast, sessions=2, capacity=1, enrolment=Enrolment.CYCLE)
    fill(programme, 2)
    said = main_of(client.get(f"/equipe/ateliers/{programme.id}"))
    assert said.index("Alix Numéro 1") < said.index("Liste d’attente") < said.index("Alix Numéro 2")


def test_the_page_of_a_programme_says_how_many_wait_for_each_session(client, cast):
    as_mediator(cast, client)
    programme = opened(cast, sessions=2, capacity=1)
    fill(programme, 3)
    assert "2 en attente" in main_of(client.get(f"/equipe/ateliers/{programme.id}"))


def test_of_a_session_that_is_called_off_those_who_were_to_come_are_named(client, cast):
    sign_in(client, cast.manager)
    programme = opened(cast, sessions=2)
    made = registered(adult(programme))
    called_off(sessions_of(programme)[0])
    said = main_of(client.get(f"/equipe/ateliers/seances/{made.session_id}"))
    assert "Qui devait venir" in said
    assert "Alix Numéro 1" in said
