"""The public list of reports: what is published, newest period first, and what was corrected."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from foundation.db import db, transaction
from reach.models import PublishedReport, ReportKind, ReportState
from reach.queries.public_reports import papers, sheet_of
from tests.cast import NOW
from tests.counting import statements

pytestmark = pytest.mark.usefixtures("stopped_clock")
SPACES = re.compile(r"[\s\u00a0\u202f]+")


def report(year=2025, **values) -> int:
    """A row as publishing leaves it; the list needs nothing of what it says."""
    position = len(papers(limit=1000)) + 1
    wanted = {
        "kind": ReportKind.YEAR, "first": date(year, 1, 1), "last": date(year, 12, 31), "filters": {}, "language": "fr",
        "title": f"Bilan {year}", "state": ReportState.PUBLISHED, "content": {}, "position": position,
        "asked_at": NOW, "published_at": NOW - timedelta(days=1), "version": 1,
    } | values  # fmt: skip
    with transaction():
        row = PublishedReport(**wanted)
        db.session.add(row)
        db.session.flush()
        return row.id


def read(client, address="/rapports"):
    answer = client.get(address)
    assert answer.status_code == 200
    return SPACES.sub(" ", answer.get_data(as_text=True))


def test_without_a_report_the_page_says_so(cast, client):
    assert "Aucun bilan n’est encore publié." in read(client)


def test_what_waits_or_was_refused_is_not_there(cast, client):
    unmade = {"content": None, "position": None, "published_at": None}
    for state in (ReportState.WAITING, ReportState.REFUSED):
        report(state=state, title=f"Bilan {state.value}", **unmade)
    assert "Aucun bilan" in read(client)


def test_the_latest_period_is_first_the_territory_before_its_sheets_and_french_before_english(cast, client):
    sheet = {"kind": ReportKind.NEIGHBOURHOOD, "neighbourhood_id": cast.ids["harbour"], "title": "Le Port"}
    ids = [report(2024), report(2025, **sheet), report(2025, language="en", title="Report 2025"), report(2025)]
    page = read(client)
    assert [int(one) for one in re.findall(r'href="/rapports/(\d+)\.pdf"', page)] == [ids[3], ids[2], ids[1], ids[0]]
    assert 'lang="en" hreflang="en" type="application/pdf"><bdi>Report 2025' in page
    assert "PDF, en anglais, publié le lundi 9 mars 2026" in page


def test_a_revision_says_why_and_the_version_before_says_that_it_was_corrected(cast, client):
    first = report()
    report(version=2, revises_id=first, note="Une séance manquait.")
    page = read(client)
    assert page.index("Version 2") < page.index("ce bilan a été corrigé depuis")
    assert "Une séance manquait." in page
    assert page.count("ce bilan a été corrigé depuis") == 1


def test_a_revision_that_still_waits_corrects_nothing_yet(cast, client):
    first = report()
    report(
        version=2, revises_id=first, note="Bientôt.", state=ReportState.WAITING, content=None, position=None,
        published_at=None,
    )  # fmt: skip
    page = read(client)
    assert "ce bilan a été corrigé depuis" not in page
    assert "Bientôt." not in page


def test_twenty_are_on_a_page(cast, client):
    for year in range(1990, 2015):
        report(year)
    first, second = read(client), read(client, "/rapports?page=2")
    assert (first.count(".pdf"), second.count(".pdf")) == (20, 5)
    assert 'href="/rapports?page=2">Bilans plus anciens' in first
    assert "Bilans plus récents" not in first
    assert 'href="/rapports">Bilans plus récents' in second
    assert "Il n’y a pas d’autre bilan." in read(client, "/rapports?page=9")
    assert read(client, "/rapports?page=deux").count(".pdf") == 20
    assert read(client, "/rapports?page=-3").count(".pdf") == 20
    assert read(client, f"/rapports?page={10**30}").count(".pdf") == 0


def test_the_list_asks_as_much_of_twenty_as_of_one(cast, client):
    report(1989)
    with statements() as few:
        read(client)
    for year in range(1990, 2008):
        report(year)
    with statements() as many:
        read(client)
    assert len(many) == len(few)


@pytest.mark.parametrize(("language", "words"), [("en", "PDF, in French, published on"), ("ar", "التقارير المنشورة")])
def test_it_is_read_in_english_and_arabic(cast, client, language, words):
    report()
    client.get(f"/langue/{language}")
    page = read(client)
    assert words in page
    assert 'lang="fr" hreflang="fr"' in page


def test_the_sheet_of_a_neighbourhood_is_its_latest_last_version(cast):
    sheet = {"kind": ReportKind.NEIGHBOURHOOD, "neighbourhood_id": cast.ids["harbour"]}
    assert sheet_of(cast.ids["harbour"]) is None
    report(2024, **sheet)
    first = report(2025, **sheet)
    second = report(2025, version=2, revises_id=first, note="Corrigé.", **sheet)
    report(2025)
    found = sheet_of(cast.ids["harbour"])
    assert (found.id, found.version, found.corrected) == (second, 2, False)
    assert sheet_of(cast.ids["mills"]) is None
