"""The pages of reports: who publishes, what shows while a report is made, and that a correction is seen as one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from accounts.models import Account
from foundation import clock
from foundation.db import db, transaction
from jobs import JOBS, perform
from reach.models import PublishedReport, ReportState
from reach.rules.frozen import Content
from reach.rules.periods import year
from reach.rules.revisions import Changed, changed
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure
from tests.cast import sign_in
from tests.papers import text

LATER = datetime(2026, 2, 1, 9, tzinfo=UTC)
ROOT = "/equipe/portee/rapports"
FORM = {"kind": "year", "span": "2025", "subject": "", "language": "fr", "request_key": "page"}
WHOLE = Figure("people", year(2025))


@pytest.fixture
def team(client, cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return sign_in(client, cast.administrator)


def reports():
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(PublishedReport).order_by(PublishedReport.id)))


def published(team):
    assert team.post(f"{ROOT}/nouveau", data=FORM).status_code == 303
    perform(JOBS["publish-reports"])
    return reports()[-1].id


def test_a_report_is_asked_for_waits_and_is_there(team):
    assert ROOT in team.get("/equipe/portee").text
    assert "2025" in team.get(f"{ROOT}/nouveau").text
    answer = team.post(f"{ROOT}/nouveau", data=FORM)
    (report,) = reports()
    assert answer.headers["Location"].endswith(f"{ROOT}/{report.id}")
    waiting = team.get(f"{ROOT}/{report.id}")
    assert waiting.headers["Refresh"] == "3"
    assert team.get(f"/rapports/{report.id}.pdf").status_code == 404
    perform(JOBS["publish-reports"])
    there = team.get(f"{ROOT}/{report.id}")
    assert "Refresh" not in there.headers
    assert f"/rapports/{report.id}.pdf" in there.text
    assert report.title in team.get(ROOT).text


def test_a_double_press_asks_once(team):
    first, second = (team.post(f"{ROOT}/nouveau", data=FORM) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(reports()) == 1


def test_everybody_reads_the_public_paper_and_the_team_its_own(team, app):
    report_id = published(team)
    anybody = app.test_client().get(f"/rapports/{report_id}.pdf")
    assert anybody.status_code == 200
    assert "Ne pas diffuser" not in text(anybody.data)
    assert "Ne pas diffuser" in text(team.get(f"{ROOT}/{report_id}/equipe.pdf").data)
    assert app.test_client().get(f"{ROOT}/{report_id}/equipe.pdf").status_code != 200


@pytest.mark.parametrize(
    "wrong",
    [{"span": "2026"}, {"span": "soon"}, {"span": ""}, {"span": "2025-03"}, {"kind": "neighbourhood"}, {"kind": "x"}],
)
def test_what_can_not_be_published_is_told_beside_its_field(team, wrong):
    answer = team.post(f"{ROOT}/nouveau", data=FORM | wrong)
    assert answer.status_code == 422
    assert reports() == []


def test_a_report_that_is_there_is_not_published_again(team):
    published(team)
    assert team.post(f"{ROOT}/nouveau", data=FORM | {"request_key": "other"}).status_code == 409


def test_a_revision_says_what_it_corrects_and_both_stay_readable(team):
    first = published(team)
    assert team.post(f"{ROOT}/{first}/reviser", data={"note": ""}).status_code == 422
    assert team.post(f"{ROOT}/{first}/reviser", data={"note": "Deux fiches jointes"}).status_code == 303
    perform(JOBS["publish-reports"])
    second = reports()[-1].id
    assert "Deux fiches jointes" in team.get(f"{ROOT}/{second}").text
    assert f"{ROOT}/{second}" in team.get(f"{ROOT}/{first}").text
    assert "Deux fiches jointes" in text(team.get(f"/rapports/{second}.pdf").data)
    assert team.get(f"/rapports/{first}.pdf").status_code == 200


def test_a_preview_keeps_nothing(team):
    query = {key: value for key, value in FORM.items() if key != "request_key"}
    answer = team.get(f"{ROOT}/apercu.pdf", query_string=query)
    assert "Ne pas diffuser" in text(answer.data)
    assert reports() == []
    assert team.get(f"{ROOT}/apercu.pdf").headers["Location"].endswith("/nouveau")


def test_a_manager_of_a_structure_reads_but_does_not_publish(team, client, cast):
    report_id = published(team)
    with transaction():
        db.session.get(Account, cast.manager.id).structure_id = cast.ids["town"]
    client.post("/equipe/deconnexion")
    manager = sign_in(client, cast.manager)
    page = manager.get(f"{ROOT}/{report_id}")
    assert f"/rapports/{report_id}.pdf" in page.text
    assert "equipe.pdf" not in page.text
    assert manager.get(f"{ROOT}/nouveau").status_code == 403
    assert manager.get(f"{ROOT}/{report_id}/equipe.pdf").status_code == 403
    assert manager.post(f"{ROOT}/nouveau", data=FORM).status_code == 403


def test_a_report_that_was_refused_says_so(team):
    report_id = published(team)
    with transaction():
        report = db.session.get(PublishedReport, report_id)
        report.state, report.content, report.position, report.published_at = ReportState.REFUSED, None, None, None
        report.refusal = "Les chiffres ont changé"
    assert "Les chiffres ont changé" in team.get(f"{ROOT}/{report_id}").text
    assert team.get(f"{ROOT}/987654").status_code == 404


def content(figures, hidden=()):
    return Content("", "", Published(figures, frozenset(hidden)), {}, {}, [], [], "")


def test_only_what_outsiders_read_differently_is_compared():
    other = Figure("contacts", year(2025))
    old = content({WHOLE: 20, other: 5}, {other})
    span = "2025-01-01 – 2025-12-31"
    assert changed(old, content({WHOLE: 19, other: 6}, {other})) == [Changed("people", span, 20, 19)]
    assert changed(old, content({WHOLE: 20}, {WHOLE})) == [Changed("people", span, 20, None)]
    assert changed(old, old) == []
