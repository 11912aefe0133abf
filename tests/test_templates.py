"""Templates: each compiles, is used, says nothing that is not translated, and holds no style, script or far address."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from app import create_app
from tests.databases import settings
from tests.house import ROOT, files, parsed, product_modules, read

FOLDER = Path("templates")
NAMES = sorted(str(file.relative_to(FOLDER)) for file in files() if file.parts[0] == "templates")
PAGES = [name for name in NAMES if name.endswith(".html")]
FORBIDDEN = {
    "style in the page": re.compile(r"<style|\sstyle\s*=", re.I),
    "script in the page": re.compile(r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.I),
    "address of another site": re.compile(r"(?:src|srcset|action)\s*=\s*[\"'](?:https?:)?//|@import", re.I),
    "turning the page around by hand": re.compile(r"\b(?:float|align)\s*=", re.I),
    "an escape switched off": re.compile(r"\|\s*safe\b|autoescape\s+false", re.I),
}
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
MARKUP = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|&#?\w+;", re.S)
CLASSES = re.compile(r"\{% block page_class %\}.*?\{% endblock %\}", re.S)
PROPER_NAMES = {"Parvis", "CSV", "JSON", "PDF"}


@pytest.fixture(scope="module")
def jinja() -> Environment:
    return create_app(settings("sqlite://")).jinja_env


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(jinja, name):
    jinja.get_template(name) if name.endswith((".html", ".txt")) else jinja.parse(read(FOLDER / name))


@pytest.mark.parametrize("name", [name for name in PAGES if "{{ error_summary(" in read(FOLDER / name)])
def test_what_is_wrong_stands_right_above_the_title_of_the_page(name):
    """After the way back, before everything else: wherever somebody looks for it first."""
    whole = read(FOLDER / name)
    content = whole.partition("{% block content %}")[2] or whole
    summary, title = content.find("{{ error_summary("), content.find("<h1")
    assert summary < title
    between = content[summary:title]
    assert JINJA.sub("", between).strip() in {"", '<div class="bar">'}


def _named_in_code() -> Iterator[re.Pattern[str]]:
    """Strings of the code that may be a template's name; the open places of an f-string match anything."""
    for file in product_modules():
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.compile(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(one.value) if isinstance(one, ast.Constant) else ".+" for one in node.values]
                if any(isinstance(one, ast.Constant) and "." in one.value for one in node.values):
                    yield re.compile("".join(parts))


def _named_in_templates() -> set[str]:
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    return {
        str(found)
        for name in NAMES
        for found in meta.find_referenced_templates(environment.parse(read(FOLDER / name)))
        if found
    }


def test_every_template_is_used():
    in_code, in_templates = list(_named_in_code()), _named_in_templates()
    orphans = [name for name in NAMES if name not in in_templates and not any(one.fullmatch(name) for one in in_code)]
    assert orphans == []


@pytest.mark.parametrize("reason", FORBIDDEN)
def test_no_template_holds(reason):
    found = [name for name in NAMES if FORBIDDEN[reason].search(read(FOLDER / name))]
    assert found == [], reason


def test_all_that_a_page_says_can_be_translated():
    """What is left of a page without its tags and expressions holds no word."""
    found = []
    for name in PAGES:
        bare = MARKUP.sub(" ", JINJA.sub(" ", CLASSES.sub(" ", read(FOLDER / name))))
        words = set(re.findall(r"[^\W\d_]{2,}", bare)) - PROPER_NAMES
        if words:
            found.append((name, sorted(words)))
    assert found == []


def test_every_picture_in_a_page_says_what_it_shows():
    for name in PAGES:
        for tag in re.findall(r"<img\b[^>]*>", read(FOLDER / name)):
            assert " alt=" in tag, (name, tag)


def test_nothing_under_static_is_forgotten():
    text = "".join(read(FOLDER / name) for name in NAMES) + "".join(read(file) for file in product_modules())
    for file in files():
        if file.parts[0] == "static" and not file.name.startswith("LICENSE"):
            assert file.name in text, file
            assert (ROOT / file).stat().st_size < 64_000, file
