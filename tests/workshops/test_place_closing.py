"""A venue is not closed over a session that nobody was told of, and none is planned at one that is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.db import in_transaction, transaction
from places.standing import Standing, standing_at
from tests.cast import NOW
from tests.workshops.given import count, planned, programme, weekly
from workshops.models import WorkshopSession
from workshops.rules.planning import Place
from workshops.rules.unplannable import PlaceGone
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")


def test_before_a_venue_is_closed_its_sessions_to_come_are_told_with_their_team(cast):
    sessions = planned(cast, programme(cast, title="Club Scratch"), weekly(3))
    planned(cast, programme(cast, title="À l’école"), weekly(1), place=Place(school_id=cast.ids["school"]),
            team=[cast.ids["other_mediator"]])  # fmt: skip
    in_transaction(lambda: changing.cancel(sessions[1].id, reason="", now=NOW, actor_id=None))
    told = [Standing(one, "Club Scratch", "Salima Benali") for one in (weekly(3)[0].start, weekly(3)[2].start)]
    assert standing_at(cast.library.id, NOW) == told
    assert standing_at(cast.library.id, NOW + timedelta(days=20)) == told[1:]
    assert standing_at(cast.workshop.id, NOW) == []


def test_nothing_is_planned_at_a_closed_venue_but_what_is_there_already_may_be_moved(cast):
    found = programme(cast)
    (there,) = planned(cast, found)
    with transaction():
        cast.library.active = False
    with pytest.raises(PlaceGone):
        planned(cast, found, weekly(2)[1:])
    assert count(WorkshopSession) == 1
    later = weekly(4)[3]
    moved = in_transaction(lambda: changing.move(there.id, later, now=NOW, actor_id=None))
    assert moved.starts_at == later.start
