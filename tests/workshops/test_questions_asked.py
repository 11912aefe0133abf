"""What pages of workshops ask of the database: as much for many rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from foundation.db import in_transaction
from people.models import ContactMeans
from people.service import Details
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.workshops.enrolments import FIRST, adult, family, group, opened, registered, sessions_of
from tests.workshops.pages import as_mediator
from tests.workshops.papers import held, marked
from workshops.models import Enrolment, Origin, Priority, ProgrammeKind
from workshops.rules.enrolling import Group
from workshops.service import changing, registering

pytestmark = pytest.mark.usefixtures("stopped_clock")
BY_VOICE = ContactMeans.PHONE_CALL


def silent(number: int) -> Details:
    """Somebody whom no message reaches."""
    return Details(family_name=f"Le Bras {number}", phone=f"+3325566{number:04}", contact_means=BY_VOICE)


def asked(client, page: str) -> int:
    client.get(page)
    with statements() as sent:
        assert client.get(page).status_code == 200
    return len(sent)


def grows(client, page: str, more: Callable[[int], object]) -> tuple[int, int]:
    """What the page asks with one row, and with four."""
    more(1)
    one = asked(client, page)
    for number in (2, 3, 4):
        more(number)
    return one, asked(client, page)


def test_the_list_of_whom_to_telephone_of_a_seat(client, cast):
    as_mediator(cast, client)

    def offered(number):
        programme = opened(cast, capacity=3)
        seated = registered(adult(programme, 90 + number))
        registered(adult(programme, 80 + number))
        registered(family(programme, "Lina", "Noé", newcomer=silent(number)))
        in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))

    one, four = grows(client, "/equipe/ateliers/a-appeler", offered)
    assert one == four


def test_the_list_of_whom_to_telephone_of_a_change(client, cast):
    as_mediator(cast, client)

    def called_off(number):
        programme = opened(cast)
        registered(adult(programme, newcomer=silent(number)))
        session = sessions_of(programme)[0]
        in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))

    one, four = grows(client, "/equipe/ateliers/a-appeler", called_off)
    assert one == four


@pytest.mark.parametrize("page", ["/equipe/ateliers/{}", "/equipe/ateliers/seances/{}"])
def test_the_lists_of_a_programme_and_of_a_session(client, cast, page):
    as_mediator(cast, client)
    enrolment = Enrolment.CYCLE if page.endswith("ateliers/{}") else Enrolment.SESSION
    programme = opened(cast, capacity=4, enrolment=enrolment, priorities=[Priority.FIRST_TIMER])
    id_ = programme.id if enrolment is Enrolment.CYCLE else sessions_of(programme)[0].id

    def joined(number):
        registered(family(programme, "Lina", "Noé", newcomer=silent(number)))

    one, four = grows(client, page.format(id_), joined)
    assert one >= four - 1, "the waiting list may ask for what it alone shows, once"


def test_what_a_prescriber_sent(client, cast):
    sign_in(client, cast.prescriber)

    def sent(number):
        registered(adult(opened(cast), number, origin=Origin.PRESCRIBER), actor_id=cast.ids["prescriber"])

    one, four = grows(client, "/equipe/ateliers/mes-inscriptions", sent)
    assert one == four


def test_the_page_of_a_resident(client, cast):
    as_mediator(cast, client)
    first = registered(adult(opened(cast)))

    def again(_number):
        registered(adult(opened(cast), newcomer=None, person_id=first.person_id))

    one, four = grows(client, f"/equipe/habitants/{first.person_id}", again)
    assert one == four


def test_where_a_host_begins(client, cast):
    sign_in(client, cast.host)

    def comes(number):
        programme = opened(cast, capacity=12, kind=ProgrammeKind.CODING_CLUB, school_id=cast.ids["school"])
        opened(cast, school_id=cast.ids["school"], first=FIRST + timedelta(days=number))
        full = registered(adult(programme, number, origin=Origin.DESK))
        told = Group("CM1", 12, "Bruno Lacaze", f"+336399880{number:02}", None, school_id=cast.ids["school"])
        registered(group(programme, group=told))
        in_transaction(lambda: registering.cancel(full.id, now=NOW, by_resident=True))

    one, four = grows(client, "/hote", comes)
    assert one == four


def test_the_certificates_of_a_series(client, cast):
    as_mediator(cast, client)
    programme = opened(cast, capacity=8, first=NOW - timedelta(days=1), enrolment=Enrolment.SESSION)
    session = sessions_of(programme)[0]

    came = [registered(adult(programme, number), now=NOW - timedelta(days=2)) for number in range(4)]
    held(session)

    def attended(number):
        marked(cast, came[number - 1], session)

    one, four = grows(client, f"/equipe/ateliers/{programme.id}/attestations.pdf", attended)
    assert one == four
