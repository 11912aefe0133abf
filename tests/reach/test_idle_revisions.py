"""Revisions that would change nothing for their readers, and previews: what is said before anything is published."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from activity.models import ActivityParticipant
from foundation import clock
from foundation.db import db, in_transaction
from people import service as people
from reach.models import PublishedReport, ReportState
from reach.queries import published
from reach.rules.dimensions import Dimension
from reach.rules.reporting import ChangesNothing, Wanted
from reach.service import publishing
from tests.reach.came import came
from tests.reach.reported import LATER, MAY, PEOPLE, YEAR, asked, made, read


@pytest.fixture
def town(cast, monkeypatch):
    """Fourteen residents of the harbour who came in May 2025; it is February 2026."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    came(cast, 14, at=MAY)
    return cast


def two_of(town):
    """Two who came, to be joined."""
    ids_of = select(ActivityParticipant.person_id).where(ActivityParticipant.started_at == MAY)
    found = db.session.scalars(ids_of.order_by(ActivityParticipant.id).limit(2))
    ids = list(found)
    db.session.rollback()
    return ids


def test_a_revision_that_changes_nothing_is_refused_in_words_and_may_be_asked_for_again(town):
    first = made(YEAR, town.administrator)
    idle = in_transaction(lambda: publishing.revise(first.id, "Rien.", town.administrator, now=LATER)).id
    assert publishing.publish_next(LATER) == 1
    refused = read(idle)
    assert (refused.state, refused.content, refused.position) == (ReportState.REFUSED, None, None)
    assert refused.refusal == str(ChangesNothing())
    assert published.revision_of(read(first.id)) is None
    in_transaction(lambda: people.merge(*two_of(town), actor_id=town.administrator.id))
    again = in_transaction(lambda: publishing.revise(first.id, "Deux fiches jointes", town.administrator, now=LATER)).id
    assert publishing.publish_next(LATER) == 1
    assert (read(again).state, read(again).version) == (ReportState.PUBLISHED, 2)


def test_so_is_one_that_corrects_only_what_is_not_told(town):
    """To publish it would tell that the few are others than they were."""
    first = made(YEAR, town.administrator)
    mills = PEOPLE.at(Dimension.NEIGHBOURHOOD, town.ids["mills"])
    assert published.content_of(first).published.shown(mills) is None

    def unseen(wanted):
        content = plain(wanted)
        figures = dict(content.published.figures) | {mills: 7}
        return replace(content, published=replace(content.published, figures=figures))

    plain = publishing.compiled
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "compiled", unseen)
        idle = in_transaction(lambda: publishing.revise(first.id, "Une fiche.", town.administrator, now=LATER)).id
        assert publishing.publish_next(LATER) == 1
    assert read(idle).state is ReportState.REFUSED


def test_a_preview_says_what_the_first_language_said_and_of_a_revision_what_is_counted_now(town):
    first = made(YEAR, town.administrator)
    in_transaction(lambda: people.merge(*two_of(town), actor_id=town.administrator.id))
    english = Wanted(YEAR.kind, YEAR.span, "en")
    for full in (False, True):
        report, content = publishing.previewed(english, full=full)
        assert (report.version, content.published) == (1, published.content_of(read(first.id)).published)
    shown = publishing.previewed(english)[1]
    assert published.content_of(made(english, town.administrator)) == shown
    report, content = publishing.previewed(YEAR)
    assert report.version == 2
    assert content.published.figures[PEOPLE] == published.content_of(read(first.id)).published.figures[PEOPLE] - 1
    assert db.session.scalars(select(PublishedReport.version)).all() == [1, 1], "a preview keeps nothing"


def test_a_preview_of_what_waits_is_of_that_version(town):
    asked(YEAR, town.administrator)
    assert publishing.previewed(YEAR)[0].version == 1
