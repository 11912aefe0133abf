"""Last year's report, after all that may happen to a town: the same bytes for all; a revision says what changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from activity.models import ActivityRecord
from foundation import clock
from foundation.db import db, in_transaction, transaction
from jobs import JOBS, perform
from people import service as people
from people.models import Person
from places.models import Neighbourhood, Structure
from reach.models import PublishedReport, ReportKind
from reach.queries import published
from reach.rules import periods
from reach.rules.open_data.rows import AREAS, FIGURES
from reach.rules.reporting import Wanted
from reach.service import publishing
from tests.cast import sign_in
from tests.papers import text
from tests.reach.came import came
from tests.workshops.enrolments import only, opened
from workshops.models import SessionState, WorkshopSession

MAY = datetime(2025, 5, 6, 10, tzinfo=UTC)
LATER = datetime(2026, 2, 1, 9, tzinfo=UTC)
YEAR = periods.year(2025)
KINDS = (ReportKind.YEAR, ReportKind.NEIGHBOURHOOD, ReportKind.STRUCTURE)
ROOT = "/equipe/portee/rapports"


@pytest.fixture
def town(cast, client, monkeypatch):
    """Sixty of the harbour and of the mills came in 2025, and a session took place; three reports tell of it."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    came(cast, 40, at=MAY, heads=30)
    came(cast, 20, at=MAY + timedelta(days=60), area="mills", venue="workshop")
    cast.session_id = only(opened(cast, first=MAY + timedelta(days=9), title="Atelier photo"))
    subjects = {ReportKind.NEIGHBOURHOOD: cast.ids["harbour"], ReportKind.STRUCTURE: cast.ids["town"]}
    cast.reports = []
    for kind in KINDS:
        wanted = Wanted(kind, YEAR, "fr", subjects.get(kind))
        made = in_transaction(lambda wanted=wanted: publishing.publish(wanted, cast.administrator, now=LATER))
        cast.reports.append(made.id)
    perform(JOBS["publish-reports"])
    return cast


def papers(town, client):
    """All that anybody may read of the year: three papers, the open data, the page of a neighbourhood."""
    version = "/donnees-ouvertes/portee/2025-fr-v1"
    addresses = [f"/rapports/{id_}.pdf" for id_ in town.reports]
    addresses += [f"{version}/{name}" for name in (f"{FIGURES}.csv", f"{FIGURES}.json", f"{AREAS}.csv")]
    answers = [client.get(address) for address in addresses]
    return {address: (answer.status_code, answer.data) for address, answer in zip(addresses, answers, strict=True)}


def kept():
    db.session.rollback()
    db.session.expire_all()
    return [published.by_id(id_).content for id_ in db.session.scalars(select(PublishedReport.id).order_by("id"))]


def life_goes_on(town):
    """Two are one, one moves, a record is corrected and another withdrawn, a session is called off, names change."""
    actor = town.administrator
    came_here = select(Person.id).where(Person.code.like("T%")).order_by(Person.id).limit(3)
    first, second, third = db.session.scalars(came_here).all()
    in_transaction(lambda: people.merge(first, second, actor_id=actor.id))
    with transaction():
        db.session.get(Person, third).neighbourhood_id = town.ids["mills"]
        db.session.get(WorkshopSession, town.session_id).state = SessionState.CANCELLED
        harbour = db.session.get(Neighbourhood, town.ids["harbour"])
        harbour.name, harbour.population, harbour.geometry = "Le Vieux Port", 9000, None
        db.session.get(Structure, town.ids["town"]).name = "Un autre nom"
    with transaction():
        in_july, in_may = db.session.scalars(
            select(ActivityRecord)
            .where(ActivityRecord.started_at.between(MAY, MAY + timedelta(days=90)))
            .order_by(ActivityRecord.started_at.desc())
        ).all()
        in_may.anonymous_count += 25
        db.session.delete(in_july)


def test_whatever_happens_afterwards_nobody_reads_another_figure(town, client):
    before, written = kept(), papers(town, client)
    assert {status for status, _data in written.values()} == {200}
    life_goes_on(town)
    assert kept() == before
    assert papers(town, client) == written


def test_a_revision_tells_all_of_it_and_the_first_version_stays(town, client):
    written = papers(town, client)
    life_goes_on(town)
    team = sign_in(client, town.administrator)
    first = town.reports[0]
    assert team.post(f"{ROOT}/{first}/reviser", data={"note": "Un compte rendu de juillet de trop."}).status_code == 303
    perform(JOBS["publish-reports"])
    second = db.session.scalar(select(PublishedReport.id).order_by(PublishedReport.id.desc()))

    page = team.get(f"{ROOT}/{second}").text
    said = (
        "Un compte rendu de juillet de trop.",
        "Personnes touchées",
        "Le Vieux Port",
        "9\u202f000",
        "Séances annulées",
    )
    assert [words for words in said if words not in page] == []
    assert papers(town, client) == written
    assert "Un compte rendu de juillet de trop." in text(client.get(f"/rapports/{second}.pdf").data)
    assert f"{ROOT}/{second}" in team.get(f"{ROOT}/{first}").text
