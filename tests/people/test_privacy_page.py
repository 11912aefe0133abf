"""The page that tells everybody what is kept, why and how long."""

from __future__ import annotations

import re

import pytest

from foundation import privacy
from foundation.db import Base
from people.views.privacy import lines_of


def test_is_open_to_all_and_linked_from_every_page(cast, client):
    assert 'href="/donnees"' in client.get("/connexion").get_data(as_text=True)
    assert client.get("/donnees").status_code == 200


def test_says_everything_that_is_declared_once(app):
    with app.test_request_context("/donnees", headers={"Accept-Language": "en"}):
        told = sum(len(line.data) for residents in (True, False) for line in lines_of(residents=residents))
    assert told == len(list(privacy.register(Base.metadata)))


def test_tells_residents_and_staff_apart(app):
    with app.test_request_context("/donnees", headers={"Accept-Language": "en"}):
        residents, staff = ({line.about for line in lines_of(residents=one)} for one in (True, False))
    assert {"Person", "Companion", "Appointment", "Message"} <= residents
    assert {"Account", "Staff session"} <= staff


def test_stays_within_the_budget_of_a_page_for_residents(cast, client):
    page = client.get("/donnees").get_data(as_text=True)
    assert len(re.findall(r"<[a-z]", page)) <= 350


@pytest.mark.parametrize("path", ["/donnees", "/donnees/equipe"])
def test_says_the_short_of_it_first_and_opens_the_rest_topic_by_topic(cast, client, path):
    page = client.get(path).get_data(as_text=True)
    before, *topics = page.split("<details>")
    titles = [re.search(r"<summary>(.*?)</summary>", topic).group(1) for topic in topics]
    assert len(titles) == len(set(titles)) >= 3
    assert "24 mois" not in before
    assert all("<dd>" in topic.partition("</details>")[0] for topic in topics)


def test_what_is_kept_of_the_staff_is_one_link_away(cast, client):
    assert 'href="/donnees/equipe"' in client.get("/donnees").get_data(as_text=True)
    page = client.get("/donnees/equipe", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "Staff session" in page
    assert "Companion" not in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            [
                "Vos données",
                "24 mois après le dernier contact",
                "année de naissance",
                "Ce que nous ne demandons jamais",
            ],
        ),
        ("ar", ["بياناتك", "24 شهرًا بعد آخر اتصال", "سنة الميلاد"]),
        ("en", ["Your data", "24 months after the last contact", "birth year"]),
    ],
)
def test_is_written_in_the_language_of_the_reader(cast, client, language, said):
    client.get(f"/langue/{language}")
    page = client.get("/donnees").get_data(as_text=True)
    for sentence in said:
        assert sentence in page
