"""The page of a resident tells what they registered for and whether they came, to colleagues."""

from __future__ import annotations

import pytest

from tests.cast import sign_in
from tests.workshops.enrolments import adult, family, opened, registered, sessions_of
from tests.workshops.pages import as_stranger, main_of
from tests.workshops.test_prescriber_pages import mark
from workshops.models import Enrolment, Presence

pytestmark = pytest.mark.usefixtures("stopped_clock")


def page_of(client, person_id):
    return client.get(f"/equipe/habitants/{person_id}")


def of_resident(cast, programme, **more):
    return registered(adult(programme, newcomer=None, person_id=cast.ids["resident"], **more))


def test_a_registration_is_a_line_that_leads_to_it(client, cast):
    sign_in(client, cast.mediator)
    made = of_resident(cast, opened(cast))
    page = page_of(client, cast.ids["resident"])
    assert "Atelier photo" in main_of(page)
    assert f'href="/equipe/inscriptions/{made.id}"' in page.get_data(as_text=True)


def test_it_says_whether_they_came_and_of_a_series_how_often(client, cast):
    sign_in(client, cast.mediator)
    single, series = opened(cast, title="Une fois"), opened(cast, title="Suite", sessions=2, enrolment=Enrolment.CYCLE)
    once, often = of_resident(cast, single), of_resident(cast, series)
    mark(once, sessions_of(single)[0], Presence.ABSENT)
    for session, presence in zip(sessions_of(series), (Presence.PRESENT, Presence.ABSENT), strict=True):
        mark(often, session, presence)
    said = main_of(page_of(client, cast.ids["resident"]))
    assert "N’était pas là" in said
    assert "Présence à 1 séance sur 2" in said


def test_of_a_family_guardian_and_child_have_their_line(client, cast):
    sign_in(client, cast.manager)
    made = registered(family(opened(cast, capacity=5), "Lina"))
    for person_id in (made.person_id, made.participants[0].person_id):
        assert "Atelier photo" in main_of(page_of(client, person_id))


def test_another_structure_reads_the_line_and_opens_nothing(client, cast):
    as_stranger(cast, client)
    made = of_resident(cast, opened(cast))
    page = page_of(client, cast.ids["resident"])
    assert "Atelier photo" in main_of(page)
    assert f"/equipe/inscriptions/{made.id}" not in page.get_data(as_text=True)


def test_a_prescriber_reads_none(client, cast):
    sign_in(client, cast.prescriber)
    of_resident(cast, opened(cast))
    assert "Atelier photo" not in main_of(page_of(client, cast.ids["resident"]))
