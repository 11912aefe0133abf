"""One answer is written from forty sides while its question is taken away: it is there once, or gone with it."""

from __future__ import annotations

from collections import Counter

import pytest

from foundation.db import db
from tests.racing import RACERS, race
from tests.workshops import racers
from tests.workshops.given import count
from tests.workshops.learning import children, club
from workshops.models import SkillAnswer, SkillQuestion

pytestmark = pytest.mark.long


def test_an_answer_is_written_once_and_a_question_goes_with_its_answers(cast, database):
    clubs = [club(cast, "Ouvrir") for _round in range(2)]
    wanted = [(programme.id, children(programme)[1][0].id, first.id) for programme, (first,) in clubs]
    db.session.rollback()
    rounds = race(database.url, racers.answer_or_remove, wanted)
    assert all(Counter(got) == {"answered": RACERS - 1, "removed": 1} for got in rounds), rounds
    assert (count(SkillQuestion), count(SkillAnswer)) == (0, 0)
