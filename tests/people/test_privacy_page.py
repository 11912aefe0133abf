"""The page that tells everybody what is kept, why and how long."""

from __future__ import annotations

import pytest

from foundation import privacy
from foundation.db import Base
from people.views.privacy import sections


def test_is_open_to_all_and_linked_from_every_page(cast, client):
    assert 'href="/donnees"' in client.get("/connexion").get_data(as_text=True)
    assert client.get("/donnees").status_code == 200


def test_says_everything_that_is_declared(app):
    with app.test_request_context("/donnees"):
        told = sum(len(line.data) for _about, lines in sections() for line in lines)
    assert told == len(list(privacy.register(Base.metadata)))


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
