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
from tests.cast import sign_in
from tests.papers import text
from tests.reach.came import came

LATER = datetime(2026, 2, 1, 9, tzinfo=UTC)
LONG_AGO = datetime(2023, 1, 9, 9, tzinfo=UTC)
ROOT = "/equipe/portee/rapports"
FORM = {"kind": "year", "span": "2025", "subject": "", "language": "fr", "request_key": "page"}


@pytest.fixture
def team(client, cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    came(cast, at=LONG_AGO)
    return sign_in(client, cast.administrator)


def reports():
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(PublishedReport).order_by(PublishedReport.id)))


def published(team):
    return asked(team, FORM)


def asked(team, form, *, work=True):
    assert team.post(f"{ROOT}/nouveau", data=form).status_code == 303
    if work:
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


def test_a_year_before_the_first_record_is_not_published_and_the_form_says_why(team):
    answer = team.post(f"{ROOT}/nouveau", data=FORM | {"span": "2021"})
    assert answer.status_code == 422
    assert "Rien n’a été saisi avant la fin de cette période" in answer.text
    assert reports() == []


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


def test_a_report_of_the_territory_with_a_place_chosen_is_refused(team, cast):
    answer = team.post(f"{ROOT}/nouveau", data=FORM | {"subject": f"neighbourhood:{cast.ids['harbour']}"})
    assert answer.status_code == 422
    assert "Choisissez sa fiche" in answer.text
    assert reports() == []


def test_a_report_that_is_there_is_not_published_again(team):
    published(team)
    assert team.post(f"{ROOT}/nouveau", data=FORM | {"request_key": "other"}).status_code == 409


def test_a_revision_that_changes_nothing_says_so_and_leads_back_to_the_report(team):
    first = published(team)
    assert team.post(f"{ROOT}/{first}/reviser", data={"note": "Rien"}).status_code == 303
    perform(JOBS["publish-reports"])
    second = reports()[-1].id
    page = team.get(f"{ROOT}/{second}").text
    assert "aucune révision n’a été publiée" in page
    assert f'href="{ROOT}/{first}"' in page, "to ask for another one"
    assert f"{ROOT}/{second}" not in team.get(f"{ROOT}/{first}").text
    assert team.get(f"/rapports/{second}.pdf").status_code == 404


def test_a_revision_says_what_it_corrects_and_both_stay_readable(team, cast):
    first = published(team)
    assert team.post(f"{ROOT}/{first}/reviser", data={"note": ""}).status_code == 422
    long = team.post(f"{ROOT}/{first}/reviser", data={"note": "x" * 10_000})
    assert long.status_code == 422
    assert "faults-title" in long.text
    assert len(reports()) == 1, "nothing is cut off and published"
    came(cast, 14, at=datetime(2025, 5, 6, 9, tzinfo=UTC))
    assert team.post(f"{ROOT}/{first}/reviser", data={"note": "Deux fiches jointes"}).status_code == 303
    perform(JOBS["publish-reports"])
    second = reports()[-1].id
    assert "Deux fiches jointes" in team.get(f"{ROOT}/{second}").text
    assert f"{ROOT}/{second}" in team.get(f"{ROOT}/{first}").text
    assert "Deux fiches jointes" in text(team.get(f"/rapports/{second}.pdf").data)
    assert team.get(f"/rapports/{first}.pdf").status_code == 200


def test_what_a_revision_changes_is_said_in_the_language_of_the_report_whoever_reads(team, cast):
    first = published(team)
    came(cast, 14, heads=20, at=datetime(2025, 5, 6, 9, tzinfo=UTC))
    assert team.post(f"{ROOT}/{first}/reviser", data={"note": "Un atelier oublié"}).status_code == 303
    perform(JOBS["publish-reports"])
    with team.session_transaction() as session:
        session["language"] = "en"
    page = team.get(f"{ROOT}/{reports()[-1].id}").text
    table = page[page.index('<tbody lang="fr"') : page.index("</tbody>")]
    assert "What this version corrects" in page
    assert "Durée des activités, en minutes" in table
    assert not any(words in table for words in ("Length of activities", "counted without a name", "May 2025"))


def test_a_preview_keeps_nothing_and_may_be_of_a_period_that_is_not_over(team):
    for span in ("2025", "2026"):
        whole = text(team.post(f"{ROOT}/apercu-equipe.pdf", data=FORM | {"span": span}).data)
        assert "Ne pas diffuser" in whole
        assert "n.c." not in whole
        told = text(team.post(f"{ROOT}/apercu.pdf", data=FORM | {"span": span}).data)
        assert "Aperçu, à ne pas diffuser" in told
        assert "n.c." in told
    assert reports() == []


@pytest.mark.parametrize("wrong", [{"span": "1999"}, {"kind": "quarter"}, {"kind": "structure"}, {"subject": "x:1"}])
def test_a_preview_of_what_can_be_no_report_shows_the_form_again_as_it_was_filled_in(team, wrong):
    answer = team.post(f"{ROOT}/apercu.pdf", data=FORM | {"language": "en"} | wrong)
    assert answer.status_code == 422
    assert 'value="en" selected' in answer.text or 'selected value="en"' in answer.text
    assert "faults-title" in answer.text


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


def test_a_manager_of_a_structure_reads_their_own_sheet_whole_and_no_other(team, client, cast):
    ids = {}
    for name in ("town", "association"):
        sheet = {"kind": "structure", "subject": f"structure:{cast.ids[name]}", "request_key": name}
        ids[name] = asked(team, FORM | sheet)
    waiting = asked(team, FORM | {"kind": "quarter", "span": "2025-T4", "request_key": "waiting"}, work=False)
    with transaction():
        db.session.get(Account, cast.manager.id).structure_id = cast.ids["association"]
    client.post("/equipe/deconnexion")
    manager = sign_in(client, cast.manager)
    assert manager.get(f"{ROOT}/{ids['association']}/equipe.pdf").status_code == 200
    assert "equipe.pdf" in manager.get(f"{ROOT}/{ids['association']}").text
    assert manager.get(f"{ROOT}/{ids['town']}/equipe.pdf").status_code == 403
    assert "equipe.pdf" not in manager.get(f"{ROOT}/{ids['town']}").text
    assert manager.get(f"{ROOT}/{waiting}").status_code == 404, "what waits is of who publishes"
    assert f"{ROOT}/{waiting}" not in manager.get(ROOT).text
    assert manager.post(f"{ROOT}/{ids['association']}/reviser", data={"note": "Une."}).status_code == 403
    assert manager.get(f"{ROOT}/envois").status_code == 403


def test_a_mediator_reads_what_everybody_may_and_opens_no_page_of_reports(team, client, cast):
    report_id = published(team)
    client.post("/equipe/deconnexion")
    mediator = sign_in(client, cast.mediator)
    assert mediator.get(f"/rapports/{report_id}.pdf").status_code == 200
    for path in (ROOT, f"{ROOT}/{report_id}", f"{ROOT}/{report_id}/equipe.pdf", f"{ROOT}/envois"):
        assert mediator.get(path).status_code == 403, path


@pytest.mark.parametrize("path", ["/rapports/987654.pdf", f"{ROOT}/987654", f"{ROOT}/987654/equipe.pdf"])
def test_what_is_not_there_is_not_found(team, path):
    assert team.get(path).status_code == 404
    assert team.post(f"{ROOT}/987654/reviser", data={"note": "Une."}).status_code == 404


def test_a_report_of_another_language_says_the_same_figures_and_both_name_each_other(team):
    first = published(team)
    second = asked(team, FORM | {"language": "en", "request_key": "other"})
    one, other = (db.session.get(PublishedReport, id_).content for id_ in (first, second))
    assert one["published"] == other["published"]
    assert one["definitions"] != other["definitions"]
    assert f"{ROOT}/{second}" in team.get(f"{ROOT}/{first}").text
    assert f"{ROOT}/{first}" in team.get(f"{ROOT}/{second}").text


def test_a_report_that_was_refused_says_so(team):
    report_id = published(team)
    with transaction():
        report = db.session.get(PublishedReport, report_id)
        report.state, report.content, report.position, report.published_at = ReportState.REFUSED, None, None, None
        report.refusal = "Les chiffres ont changé"
    page = team.get(f"{ROOT}/{report_id}").text
    assert "Les chiffres ont changé" in page
    assert f"{ROOT}/nouveau" in page, "to ask for it again"
    assert asked(team, FORM | {"request_key": "again"}) != report_id
    assert team.get(f"{ROOT}/987654").status_code == 404
