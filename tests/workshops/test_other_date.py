"""On the page of a resident: another date in place of one that was called off, and the rules of the waiting list."""

from __future__ import annotations

import pytest

from foundation.db import in_transaction
from tests.cast import NOW
from tests.workshops.enrolments import adult, fill, opened, registered, sessions_of, state, taken
from tests.workshops.test_registering_pages import last, offered, own, page, through, who
from workshops.models import Priority
from workshops.service import changing, registering

pytestmark = pytest.mark.usefixtures("stopped_clock")


def called_off_with_others(cast, **changes):
    """A registration for the first of three dates, which is called off."""
    programme = opened(cast, **{"sessions": 3} | changes)
    (made,) = fill(programme, 1)
    session_id = sessions_of(programme)[0].id
    in_transaction(lambda: changing.cancel(session_id, reason="", now=NOW, actor_id=None))
    return programme, made


def test_of_a_session_that_is_called_off_the_next_dates_are_proposed(client, cast):
    programme, made = called_off_with_others(cast)
    shown = page(client.get(own(made)))
    assert "Cette séance est annulée" in shown
    assert "mercredi 25 mars" in shown
    second = sessions_of(programme)[1]
    response = client.post(own(made, f"/autre-date/{second.id}"))
    new = last()
    assert response.location == own(new)
    assert (new.session_id, state(new), new.person_id) == (second.id, "registered", made.person_id)
    assert client.post(own(made, f"/autre-date/{second.id}")).location == own(new)
    assert taken(programme)[1] == (1, 0)


@pytest.mark.parametrize(("waits", "said"), [(False, "Vous avez une autre date"), (True, "attente d’une autre")])
def test_the_old_link_leads_to_the_date_that_was_taken(client, cast, waits, said):
    programme, made = called_off_with_others(cast, capacity=1)
    second = sessions_of(programme)[1]
    if waits:
        registered(adult(programme, 7, session_id=second.id))
    client.get(own(made))
    client.post(own(made, f"/autre-date/{second.id}"))
    shown = page(client.get(own(made)))
    assert said in shown
    assert f'href="{own(last())}"' in shown
    assert "autre-date" not in shown
    assert "Aucune autre date" not in shown
    in_transaction(lambda: registering.cancel(last().id, now=NOW, by_resident=True))
    assert said not in page(client.get(own(made)))


def test_without_another_date_it_says_so(client, cast):
    _programme, made = called_off_with_others(cast, sessions=1)
    shown = page(client.get(own(made)))
    assert "autre-date" not in shown
    assert "Aucune autre date" in shown


def test_when_somebody_was_faster_they_wait_and_read_so(client, cast):
    programme, made = called_off_with_others(cast, capacity=1)
    client.get(own(made))
    second = sessions_of(programme)[1]
    registered(adult(programme, 7, session_id=second.id))
    response = client.post(own(made, f"/autre-date/{second.id}"))
    assert "plus rapide" in page(client.get(response.location))
    assert state(last()) == "waiting"


def test_a_date_that_can_not_be_taken_is_refused(client, cast):
    programme, made = called_off_with_others(cast)
    client.get(own(made))
    off = sessions_of(programme)[0]
    assert client.post(own(made, f"/autre-date/{off.id}")).status_code == 409
    assert client.post(f"/mon-inscription/{made.code}/aaaaaaaaaa/autre-date/{off.id}").status_code == 404
    standing = registered(adult(programme, 7, session_id=sessions_of(programme)[2].id))
    assert client.post(own(standing, f"/autre-date/{off.id}")).status_code == 409


def test_who_waits_reads_the_rules_of_the_list_before_and_after(client, cast):
    programme = opened(
        cast, capacity=1, priorities=[Priority.FIRST_TIMER, Priority.NEIGHBOURHOOD],
        neighbourhood_ids=[cast.ids["harbour"]],
    )  # fmt: skip
    fill(programme, 1)
    before = page(client.get(who(client, programme).location))
    after = page(through(client, programme, family_name="Kone"))
    for shown in (before, after):
        assert "première fois" in shown
        assert "Le Port" in shown


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_state_is_read_in_other_languages(client, cast, locale):
    _programme, off = called_off_with_others(cast)
    asked = offered(cast)
    waiting_for = fill(opened(cast, capacity=1, priorities=[Priority.FIRST_TIMER]), 2)[1]
    client.get(f"/langue/{locale}?next=/")
    for made in (off, asked, waiting_for):
        shown = page(client.get(own(made)))
        assert f'lang="{locale}"' in shown
        assert len(shown.encode()) < 30_000
