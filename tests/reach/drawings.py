"""Drawings as the tests look at them: the words, boxes and colours of an SVG, and towns to draw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
import shapely
from flask import Flask
from shapely.geometry.base import BaseGeometry

from foundation import i18n
from places.geometry import read_polygon
from reach.drawing.choropleth import Area, Choropleth
from reach.drawing.paper import Frame
from reach.drawing.words import width_of

ROOT = Path(__file__).resolve().parents[2]
TOWNS = ROOT.parent / "shared" / "data"
SVG = "{http://www.w3.org/2000/svg}"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Words as a reader of that language sees them, without the whole house."""
    app = Flask("drawings", root_path=str(ROOT))
    i18n.init_app(app)
    with app.test_request_context(), i18n.in_language(language):
        yield


def parsed(svg: str) -> ElementTree.Element:
    """The picture as XML; a text that is not well-formed fails here."""
    return ElementTree.fromstring(svg)


def said(svg: str) -> list[str]:
    """The lines that are drawn, in the order in which they were; spaces of all kinds are plain ones."""
    return [re.sub(r"\s", " ", one.text or "") for one in parsed(svg).iter(f"{SVG}text")]


def word_boxes(svg: str) -> list[tuple[str, BaseGeometry]]:
    """Each line with the box that it takes in the house's typeface."""
    root = parsed(svg)
    usual = float(root.get("font-size", ""))
    found = []
    for one in root.iter(f"{SVG}text"):
        size = float(one.get("font-size", usual))
        text = (one.text or "").strip("\u2068\u2069")
        width = width_of(text, size, bold=one.get("font-weight") == "700")
        left = float(one.get("x", "")) - {"start": 0, "middle": 0.5, "end": 1}[one.get("text-anchor", "start")] * width
        base = float(one.get("y", ""))
        found.append((text, shapely.box(left, base - size * 0.72, left + width, base)))
    return found


def colours(svg: str) -> set[str]:
    """Of grounds and lines."""
    return set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', svg))


def check_that_words_stand_apart(svg: str, frame: Frame) -> None:
    """No line on another, none outside the picture."""
    boxes = word_boxes(svg)
    height = float(parsed(svg).get("height", ""))
    picture = shapely.box(-0.1, 0, frame.width + 0.1, height)
    for at, (text, box) in enumerate(boxes):
        assert picture.covers(box), text
        for other, its in boxes[at + 1 :]:
            assert box.intersection(its).area < 0.5, (text, other)


def cell(column: int, row: int, size: float = 0.01) -> BaseGeometry:
    """A square of a grid of neighbourhoods, near Toulouse, counted from the south-west."""
    west, south = 1.4 + column * size, 43.6 + row * size
    return shapely.box(west, south, west + size, south + size)


def grid(values: list[float | None], *, columns: int = 3, **more: object) -> Choropleth:
    """A town of squares that are called by letters."""
    areas = [
        Area(number, f"Quartier {chr(65 + number)}", cell(number % columns, number // columns), value)
        for number, value in enumerate(values)
    ]
    given = {"title": "A title", "measure": "People per 1,000 inhabitants", "areas": areas, "source": "Source: here."}
    return Choropleth(**{**given, **more})


def town(file: str, name: str) -> list[tuple[str, BaseGeometry, dict]]:
    """(name, polygon, properties) of a real town, repaired as they are when they are imported; skips where absent."""
    path = TOWNS / file
    if not path.exists():
        pytest.skip(f"the polygons of {file} are not on this machine")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(one["properties"][name], read_polygon(one["geometry"])[0], one["properties"]) for one in features]
