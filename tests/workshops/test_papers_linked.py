"""Where papers are offered: on the pages of a session and of a programme, to those who may take them."""

from __future__ import annotations

import pytest

from tests.cast import sign_in
from tests.workshops.enrolments import opened, sessions_of
from tests.workshops.pages import as_mediator, as_stranger
from tests.workshops.papers import set_on, teamed
from workshops.models import SessionState

pytestmark = pytest.mark.usefixtures("stopped_clock")


def papers(client, page) -> set[str]:
    """The ends of the addresses of papers that a page leads to."""
    answer = client.get(page)
    assert answer.status_code == 200
    ends = ("emargement.pdf", "participants.csv", "participants.xlsx", "attestations", "bilan.pdf")
    return {end for end in ends if f'{page}/{end}"' in answer.text}


def of(session) -> str:
    return f"/equipe/ateliers/seances/{session.id}"


def test_a_session_offers_its_sheet_and_its_list(cast, client):
    session = sessions_of(opened(cast))[0]
    as_mediator(cast, client)
    assert papers(client, of(session)) == {"emargement.pdf", "participants.csv", "participants.xlsx"}


def test_one_that_was_called_off_offers_nothing_to_sign(cast, client):
    session = sessions_of(opened(cast))[0]
    set_on(session, state=SessionState.CANCELLED)
    as_mediator(cast, client)
    assert "emargement.pdf" not in papers(client, of(session))


def test_a_programme_offers_certificates_and_its_list_and_a_report_when_somebody_asked_for_it(cast, client):
    ours, home = opened(cast), opened(cast, care_home_id=cast.ids["care_home"])
    as_mediator(cast, client)
    usual = {"attestations", "participants.csv", "participants.xlsx"}
    assert papers(client, f"/equipe/ateliers/{ours.id}") == usual
    assert papers(client, f"/equipe/ateliers/{home.id}") == usual | {"bilan.pdf"}


def test_what_the_territory_shares_offers_others_nothing_and_the_team_the_day(cast, client):
    shared = opened(cast, structure_id=None)
    session = sessions_of(shared)[0]
    as_stranger(cast, client)
    assert papers(client, of(session)) == set()
    assert papers(client, f"/equipe/ateliers/{shared.id}") == set()
    teamed(cast, shared, "other_mediator")
    sign_in(client, cast.other_mediator)
    assert "emargement.pdf" in papers(client, of(session))
    assert papers(client, f"/equipe/ateliers/{shared.id}") == set()


def test_every_paper_that_is_offered_opens(cast, client):
    home = opened(cast, care_home_id=cast.ids["care_home"])
    as_mediator(cast, client)
    for page in (of(sessions_of(home)[0]), f"/equipe/ateliers/{home.id}"):
        for end in papers(client, page):
            assert client.get(f"{page}/{end}").status_code == 200
