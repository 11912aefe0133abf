"""Where nobody can register the page says why under a heading of its own, and leads on; nobody "was faster"."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.workshops.enrolments import FIRST, opened
from tests.workshops.pages import main_of
from workshops.models import Enrolment, ProgrammeState

pytestmark = pytest.mark.usefixtures("stopped_clock")
MIDNIGHT = FIRST.replace(hour=23)
"""Of Thursday 19 March in town, as the form of a programme keeps a day."""


def shown(client, programme):
    return main_of(client.get(f"/ateliers/{programme.id}/inscription"))


@pytest.mark.parametrize(
    ("changes", "heading", "why", "has_page"),
    [
        ({"enrolment": Enrolment.DROP_IN}, "Pas besoin de s’inscrire", "venez simplement", True),
        ({"sessions": 0}, "Pas de date pour le moment", "Regardez les autres ateliers", True),
        ({"registration_opens_at": NOW + timedelta(days=1)}, "pas encore ouvertes", "la page de l’atelier", True),
        ({"registration_closes_at": NOW}, "Les inscriptions sont closes", "appelez-nous", True),
        ({"sessions": 0, "state": ProgrammeState.CLOSED}, "Cet atelier est terminé", "n’est plus proposé", False),
    ],
)
def test_it_says_why_and_leads_to_the_workshop(client, cast, changes, heading, why, has_page):
    programme = opened(cast, **changes)
    said = shown(client, programme)
    assert heading in said
    assert why in said.lower() or why in said
    assert "plus rapide" not in said
    assert ("Atelier photo" in said) is has_page


def test_midnight_is_not_said_of_the_days_of_registration(client, cast):
    later = opened(cast, registration_opens_at=MIDNIGHT - timedelta(days=3))
    assert "ouvrent le lundi 16 mars." in main_of(client.get(f"/ateliers/{later.id}"))
    open_ = opened(cast, registration_closes_at=MIDNIGHT - timedelta(days=2))
    assert "jusqu’au lundi 16 mars." in main_of(client.get(f"/ateliers/{open_.id}"))
    exact = opened(cast, registration_opens_at=NOW + timedelta(hours=5))
    assert "ouvrent le mardi 10 mars à 13 h 00." in main_of(client.get(f"/ateliers/{exact.id}"))
