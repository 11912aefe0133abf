"""A campaign for those who followed a workshop to its end: who did is told by presence alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from tests.cast import sign_in
from tests.vouchers.given import DEVICE, campaign, card
from tests.workshops.enrolments import FIRST, adult, opened, registered, sessions_of
from tests.workshops.papers import marked
from vouchers import acts
from vouchers.queries import batches
from workshops.models import Enrolment, ProgrammeAudience
from workshops.rules.followed import followed

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("sessions", "planned", "did"),
    [(3, 3, True), (2, 3, True), (1, 3, False), (0, 0, False), (1, 1, True), (5, 8, False)],
)
def test_two_sessions_of_three_follow_it(sessions, planned, did):
    assert followed(sessions, planned) is did


@pytest.fixture
def course(cast):
    """Three Tuesdays, for adults."""
    return opened(cast, sessions=3, capacity=9, audience=ProgrammeAudience.ADULTS, enrolment=Enrolment.CYCLE)


def test_only_after_the_last_session_and_only_who_was_there(client, cast, course):
    came, stayed_away = (registered(adult(course, number)) for number in (1, 2))
    first, second, _third = sessions_of(course)
    for session in (first, second):
        marked(cast, came, session)
    marked(cast, stayed_away, first)
    reference = f"programme:{course.id}"
    with time_machine.travel(FIRST + WEEK, tick=False):
        assert acts.who_did(reference) == set()
    with time_machine.travel(FIRST + 4 * WEEK, tick=False):
        assert acts.who_did(reference) == {came.person_id}
        assert acts.who_did(reference, [stayed_away.person_id]) == set()
        holder = card(cast, came.person_id)
        card(cast, stayed_away.person_id)
        made = campaign(cast, replace(DEVICE, act_needed=reference))
        assert batches.cards_of_act(made) == [holder.id]
        manager = sign_in(client, cast.manager)
        assert "Atelier photo" in manager.get(f"/equipe/campagnes/{made.id}").text
        assert f'value="{reference}"' in manager.get("/equipe/campagnes/nouvelle?type=device").text


@pytest.mark.parametrize("reference", ["programme:", "programme:x", "programme:999", "shelf:1", ""])
def test_what_nobody_knows_was_done_by_nobody(app, reference):
    assert acts.who_did(reference) == set()
    assert acts.title_of(reference) == reference
