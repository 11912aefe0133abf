"""What the crawls leave out is what axe has judged already, and nothing else."""

from __future__ import annotations

import pytest

from tests.browser import measures
from tests.browser.measures import new_faults_of

WHOLE = '<!doctype html><html lang="fr" dir="ltr"><title>{title}</title><header>{menu}</header><main>{main}</main>'
MENU = '<a href="/un">Un</a>'
HEADING = "<h1>Bonjour</h1>"


@pytest.fixture
def look(browser, monkeypatch):
    """`look(main)` shows a page and says whether axe was asked, and what it found."""
    asked: list[str] = []
    faults_of = measures.faults_of
    monkeypatch.setattr(measures, "_looked_at", set())
    monkeypatch.setattr(measures, "faults_of", lambda page: asked.append(page.url) or faults_of(page))

    def show(main, *, menu=MENU, title="Accueil", size=(1280, 900)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.set_content(WHOLE.format(main=main, menu=menu, title=title))
        asked.clear()
        return bool(new_faults_of(page)), bool(asked)

    with browser.new_context() as context:
        page = context.new_page()
        yield show


def test_a_page_that_differs_in_words_and_numbers_is_looked_at_once(look):
    one = '<h1>Rue 3</h1><a href="/rue/3" class="button">Voir</a>'
    other = '<h1>Place des Lampes</h1><a href="/place/12" class="button">Ouvrir</a>'
    assert [look(one), look(other, title="Autre"), look(one)] == [(False, True), (False, False), (False, False)]


def test_a_content_and_a_frame_that_were_seen_apart_need_no_third_look(look):
    look(HEADING)
    assert look(f"{HEADING}<p>Deux</p>", menu=MENU * 2) == (False, True)
    assert look(f"{HEADING}<p>Trois</p>") == look(HEADING, menu=MENU * 2) == (False, False)


@pytest.mark.parametrize(
    "other",
    [
        '<h1 class="small">Bonjour</h1>',
        "<h1>Bonjour</h1><p>Un</p>",
        '<h1>Bonjour</h1><input type="hidden">',
        "<h1></h1>",
    ],
    ids=["class", "element", "hidden", "no words"],
)
def test_another_element_class_or_silence_is_looked_at(look, other):
    look(HEADING)
    assert look(other)[1]


def test_another_width_is_looked_at(look):
    look(HEADING)
    assert look(HEADING, size=(320, 640)) == (False, True)


@pytest.mark.parametrize(
    "wrong", ['<img src="/a.png">', '<a href="/x"></a>', '<input name="a">'], ids=["picture", "link", "field"]
)
def test_a_fault_is_told_each_time(look, wrong):
    right = '<h1>Un</h1><img src="/a.png" alt="Une lampe"><a href="/x">Un</a><input name="a" aria-label="Un">'
    assert look(right) == (False, True)
    assert look(HEADING + wrong) == look(HEADING + wrong) == (True, True)
