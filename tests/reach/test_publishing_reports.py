"""Publishing a report: what it says stays, whatever happens to the records, and a correction shows as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from accounts.models import Account
from activity.models import ActivityKind, Theme
from activity.rules.records import Draft
from activity.service import records
from foundation import audit, clock
from foundation.codes import free_code
from foundation.db import db, in_transaction, transaction
from people import service as people
from people.models import Person, Residence
from places.models import Neighbourhood, Structure, StructureKind
from reach.models import PublishedReport, ReportKind, ReportState
from reach.queries import drafts, published
from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.reporting import (
    AlreadyThere,
    MayNotPublish,
    NothingRecorded,
    NotOver,
    NotRevisable,
    ReceivesNobody,
    UnfitSpan,
    Wanted,
    WithoutNote,
    WithoutSubject,
)
from reach.service import publishing
from tests.reach.came import came
from tests.reach.reported import LATER, MAY, PEOPLE, YEAR, asked, made, read

QUARTER = Wanted(ReportKind.QUARTER, periods.quarter(2025, 2), "en")


@pytest.fixture
def town(cast, monkeypatch):
    """Fourteen residents of the harbour who came in May 2025; it is February 2026."""
    monkeypatch.setattr(clock, "now", lambda: LATER)

    def write():
        mediator = db.session.get(Account, cast.ids["mediator"])
        for number in range(14):
            person = Person(
                code=free_code(Person.code), given_name=f"N{number}", search_key=f"n{number}", locale="fr",
                residence=Residence.INSIDE, neighbourhood_id=cast.ids["harbour"], created_at=MAY,
                last_contact_at=MAY,
            )  # fmt: skip
            db.session.add(person)
            db.session.flush()
            draft = Draft(
                kind=ActivityKind.INDIVIDUAL, started_at=MAY, duration_minutes=30, themes=frozenset({Theme.EMAIL}),
                person_ids=(person.id,), venue_id=cast.ids["library"], anonymous_count=0, anonymous_feminine=0,
            )  # fmt: skip
            records.write(draft, now=MAY + timedelta(hours=1), actor=mediator, structure_id=mediator.structure_id)
            yield person.id

    cast.came = in_transaction(lambda: list(write()))
    return cast


@pytest.fixture
def manager(town):
    account = town.administrator
    assert account.structure_id is None
    return account


def test_a_report_waits_until_the_jobs_process_has_made_it(manager):
    report = read(asked(YEAR, manager))
    assert (report.state, report.content, report.position) == (ReportState.WAITING, None, None)
    assert publishing.publish_next(LATER) == 1
    report = read(report.id)
    assert (report.state, report.position, report.published_at) == (ReportState.PUBLISHED, 1, LATER)
    assert publishing.publish_next(LATER) == 0
    assert [entry.action for entry in audit.history(report.reference)] == [
        "published_report.published",
        "published_report.asked",
    ]


@pytest.mark.parametrize("fault", [KeyError("a line"), TypeError("no number"), ZeroDivisionError()])
def test_what_can_not_be_counted_is_refused_and_those_behind_it_are_made(manager, monkeypatch, fault):
    """Else it would stop the jobs each time, and no report would ever be made again."""
    plain = publishing.compiled

    def broken(wanted):
        if wanted == YEAR:
            raise fault
        return plain(wanted)

    monkeypatch.setattr(publishing, "compiled", broken)
    first, second = asked(YEAR, manager), asked(QUARTER, manager)
    assert [publishing.publish_next(LATER) for _turn in range(3)] == [1, 1, 0]
    assert [read(one).state for one in (first, second)] == [ReportState.REFUSED, ReportState.PUBLISHED]


def test_a_database_that_does_not_answer_refuses_nothing(manager, monkeypatch):
    def gone(_wanted):
        raise OperationalError("SELECT", {}, ConnectionError("gone"))

    waiting = asked(YEAR, manager)
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "compiled", gone)
        with pytest.raises(OperationalError):
            publishing.publish_next(LATER)
    assert read(waiting).state is ReportState.WAITING
    assert publishing.publish_next(LATER) == 1
    assert read(waiting).state is ReportState.PUBLISHED


def test_of_a_time_before_the_first_record_there_is_nothing_to_publish(manager, town):
    """What is published can not be taken back, and all of it would read as figures that are too small to tell."""
    for wanted in (replace(YEAR, span=periods.year(2024)), replace(QUARTER, span=periods.quarter(2025, 1))):
        with pytest.raises(NothingRecorded):
            asked(wanted, manager)
    came(town, at=datetime(2025, 3, 31, 21, 30, tzinfo=UTC))
    assert asked(replace(QUARTER, span=periods.quarter(2025, 1)), manager), "half past eleven at night, on the last day"


def test_it_says_who_was_reached_and_hides_the_few(manager, town):
    content = published.content_of(made(YEAR, manager))
    harbour = PEOPLE.at(Dimension.NEIGHBOURHOOD, town.ids["harbour"])
    assert content.published.figures[harbour] >= 14
    shown = {figure: content.published.shown(figure) for figure in content.published.figures}
    assert any(value is not None and value >= 14 for value in shown.values())
    assert not any(shown[figure] for figure in content.published.small)
    mills = PEOPLE.at(Dimension.NEIGHBOURHOOD, town.ids["mills"])
    assert content.published.shown(mills) is None
    assert content.names[Dimension.NEIGHBOURHOOD][town.ids["harbour"]]


def test_its_title_and_words_are_in_its_language(manager):
    fr, en = made(YEAR, manager), made(QUARTER, manager)
    assert (fr.title[-4:], en.language) == ("2025", "en")
    assert "2025" in en.title
    words = {one.key: one.label for one in published.content_of(en).definitions}
    assert words["people"] != {one.key: one.label for one in published.content_of(fr).definitions}["people"]


def test_joining_two_residents_or_one_who_moves_house_changes_nothing(manager, town):
    before = dict(made(YEAR, manager).content)
    with transaction():
        db.session.get(Person, town.came[2]).neighbourhood_id = town.ids["mills"]
    in_transaction(lambda: people.merge(town.came[0], town.came[1], actor_id=manager.id))
    with transaction():
        db.session.get(Neighbourhood, town.ids["harbour"]).name = "Another name"
        db.session.get(Neighbourhood, town.ids["harbour"]).population = 1
    report = read(db.session.scalar(select(PublishedReport.id)))
    assert report.content == before
    now = drafts.draft(YEAR.kind, publishing.filters_of(YEAR))
    counted = {figure: n for table in now.tables for figure, n in table.figures().items()}
    assert counted[PEOPLE] == published.content_of(report).published.figures[PEOPLE] - 1


def test_definitions_are_those_of_that_day(manager, monkeypatch):
    report = made(YEAR, manager)
    monkeypatch.setattr(drafts, "INDICATORS", {})
    assert len(published.content_of(read(report.id)).definitions) > 20


def test_a_correction_is_a_revision_and_the_first_one_stays(manager, town):
    first = made(YEAR, manager)
    kept = dict(first.content)
    in_transaction(lambda: people.merge(town.came[0], town.came[1], actor_id=manager.id))
    new_id = in_transaction(lambda: publishing.revise(first.id, " Deux fiches jointes ", manager, now=LATER)).id
    assert publishing.publish_next(LATER) == 1
    new, old = read(new_id), read(first.id)
    assert (new.version, new.revises_id, new.note, new.position) == (2, first.id, "Deux fiches jointes", 2)
    assert old.content == kept
    assert published.revision_of(old).id == new_id
    assert published.latest().id == new_id
    assert [one.figures[PEOPLE] for one in published.all_in_order()] == [
        published.content_of(old).published.figures[PEOPLE],
        published.content_of(old).published.figures[PEOPLE] - 1,
    ]


def test_only_the_last_version_is_revised_and_with_a_reason(manager):
    report = made(YEAR, manager)
    with pytest.raises(WithoutNote):
        in_transaction(lambda: publishing.revise(report.id, " ", manager, now=LATER))
    in_transaction(lambda: publishing.revise(report.id, "Une.", manager, now=LATER))
    with pytest.raises(NotRevisable):
        in_transaction(lambda: publishing.revise(report.id, "Deux.", manager, now=LATER))


def test_a_report_is_published_once(manager):
    first = asked(YEAR, manager, request_key="page")
    assert asked(YEAR, manager, request_key="page") == first
    with pytest.raises(AlreadyThere):
        asked(YEAR, manager, request_key="another")
    assert asked(Wanted(YEAR.kind, YEAR.span, "en"), manager) != first


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (Wanted(ReportKind.YEAR, periods.year(2026), "fr"), NotOver),
        (Wanted(ReportKind.QUARTER, periods.quarter(2026, 1), "fr"), NotOver),
        (Wanted(ReportKind.YEAR, periods.month(2025, 3), "fr"), UnfitSpan),
        (Wanted(ReportKind.QUARTER, periods.year(2025), "fr"), UnfitSpan),
        (Wanted(ReportKind.NEIGHBOURHOOD, periods.year(2025), "fr"), WithoutSubject),
        (Wanted(ReportKind.STRUCTURE, periods.year(2025), "fr", 987_654), WithoutSubject),
    ],
)
def test_what_can_not_be_a_report_is_refused(manager, wanted, refusal):
    with pytest.raises(refusal):
        asked(wanted, manager)


@pytest.mark.parametrize("who", ["mediator", "manager"])
def test_who_does_not_manage_the_whole_territory_publishes_nothing(town, who):
    actor = getattr(town, who)
    if who == "manager":
        with transaction():
            db.session.get(Account, actor.id).structure_id = town.mediator.structure_id
        actor = db.session.get(Account, actor.id, populate_existing=True)
    with pytest.raises(MayNotPublish):
        asked(YEAR, actor)


def test_a_report_overtaken_by_another_is_protected_anew(manager, monkeypatch):
    """Two processes at once: the slower one finds the place taken, and begins again after the other's figures."""
    slow, quick = asked(YEAR, manager), asked(QUARTER, manager)
    plain = publishing.compiled

    def overtaken(wanted):
        content = plain(wanted)
        monkeypatch.setattr(publishing, "compiled", plain)
        with transaction():
            row = db.session.get(PublishedReport, quick)
            row.content, row.state = publishing.frozen.written(content), ReportState.PUBLISHED
            row.position, row.published_at = 1, LATER
        return content

    monkeypatch.setattr(publishing, "compiled", overtaken)
    assert publishing.publish_next(LATER) == 1
    assert read(slow).state is ReportState.WAITING
    assert publishing.publish_next(LATER) == 1
    assert (read(quick).position, read(slow).position) == (1, 2)


def test_a_process_that_dies_leaves_the_report_to_another(manager, monkeypatch):
    report_id = asked(YEAR, manager)
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_keep", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            publishing.publish_next(LATER)
    assert read(report_id).state is ReportState.WAITING
    assert publishing.publish_next(LATER) == 1
    assert read(report_id).state is ReportState.PUBLISHED


def test_figures_that_can_not_be_published_are_refused_and_said_so(manager, monkeypatch):
    report_id = asked(YEAR, manager)

    def broken(_wanted):
        raise ValueError("two tables disagree")

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "compiled", broken)
        assert publishing.publish_next(LATER) == 1
    report = read(report_id)
    assert (report.state, report.content, report.position) == (ReportState.REFUSED, None, None)
    assert report.refusal
    assert published.all_in_order() == []
    assert asked(YEAR, manager) != report_id


def test_a_sheet_tells_of_its_neighbourhood_and_one_of_its_structure(manager, town):
    harbour = Wanted(ReportKind.NEIGHBOURHOOD, YEAR.span, "fr", town.ids["harbour"])
    structure = Wanted(ReportKind.STRUCTURE, YEAR.span, "en", town.mediator.structure_id)
    sheet, other = (made(one, manager) for one in (harbour, structure))
    figures = published.content_of(sheet).published.figures
    assert figures[PEOPLE.at(Dimension.NEIGHBOURHOOD, town.ids["harbour"])] >= 14
    assert not any(figure.indicator in {"contacts", "minutes"} for figure in figures)
    assert sheet.title.startswith(db.session.get(Neighbourhood, town.ids["harbour"]).name)
    assert (
        published.content_of(other).published.figures[PEOPLE.at(Dimension.STRUCTURE, town.mediator.structure_id)] >= 14
    )
    assert published.content_of(other).scope != published.content_of(sheet).scope
    assert published.latest() is None


def test_structures_that_never_received_anybody_have_no_line(manager, town):
    def found(name):
        structure = Structure(name=name, kind=StructureKind.ASSOCIATION)
        db.session.add(structure)
        db.session.flush()
        return structure.id

    without, waiting = in_transaction(lambda: [found("Recyclerie"), found("Atelier")])
    in_transaction(lambda: setattr(db.session.get(Account, town.ids["other_mediator"]), "structure_id", waiting))
    lines = published.content_of(made(YEAR, manager)).names[Dimension.STRUCTURE]
    assert waiting in lines
    assert without not in lines
    with pytest.raises(ReceivesNobody):
        asked(Wanted(ReportKind.STRUCTURE, YEAR.span, "fr", without), manager)
    assert asked(Wanted(ReportKind.STRUCTURE, YEAR.span, "fr", waiting), manager)
