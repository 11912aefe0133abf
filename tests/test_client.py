"""The strict client reads like pages once, and refuses invalid HTML however like it is to a page that it has read."""

from __future__ import annotations

import html5lib
import pytest
from html5lib.html5parser import ParseError

from tests import client

PAGE = '<!doctype html><html lang="fr"><title>Un jour</title><body>{}</body></html>'
GOOD = PAGE.format('<p class="day" id="d1">Lundi</p><table><tr><td>9 h</td></tr></table>')


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The pages that the parser was given, from the first."""
    pages: list[str] = []

    class Noting(html5lib.HTMLParser):
        def parse(self, text):
            pages.append(text)
            return super().parse(text)

    monkeypatch.setattr(client.html5lib, "HTMLParser", Noting)
    monkeypatch.setattr(client, "_valid", set())
    client.check_html(GOOD)
    return pages


def test_other_words_and_values_are_not_read_again(read):
    client.check_html(GOOD.replace("Lundi", "Mardi, à 10 h").replace("d1", "d2"))
    assert read == [GOOD]


@pytest.mark.parametrize(
    ("was", "now"),
    [("9 h", "<b>9 h</b>"), ("</p>", "</p><hr>"), ('id="d1"', 'id="d1" hidden'), ("Lundi", "L&amp;M"), ("9 h", " ")],
)
def test_other_elements_attributes_and_signs_are_read(read, was, now):
    page = GOOD.replace(was, now)
    client.check_html(page)
    assert read == [GOOD, page]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("</p>", "</p></div>"),
        ("<tr>", "<div><tr>"),
        ("Lundi", "L & M &nosuch; &lt"),
        ("Lundi", "a < b"),
        ("Lundi", "\x01"),
        ("Lundi", "\ufffe"),
        ('class="day"', 'class="day" class="day"'),
        ('"d1"', '"d1" "d2"'),
        ("d1", "&lt"),
    ],
)
def test_what_is_invalid_is_refused_after_a_page_much_like_it(read, was, now):
    page = GOOD.replace(was, now)
    with pytest.raises(ParseError):
        client.check_html(page)
    with pytest.raises(ParseError):
        client.check_html(page)
