"""The SVG of a drawing: valid, safe with any name, allowed by the strictest policy, small, always the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, Ellipse, Group, Path, String

from reach.drawing.paper import CARD, INK, PAGE, PHONE, SOFT, Frame, Paper, Pen
from reach.drawing.svg import to_svg
from tests.reach.drawings import SVG, parsed, said, speaking


def paper(frame: Frame = PAGE, height: float = 100) -> Paper:
    made = Paper(frame)
    made.y = height
    return made


def svg_of(made: Paper) -> str:
    return to_svg(made.finished(), "A title", "What it says")


def path_of(*rings, closed=True, fill=INK, pen=None) -> str:
    made = paper()
    made.path(rings, fill=fill, pen=pen, closed=closed)
    return parsed(svg_of(made)).find(f"{SVG}path").get("d")


def test_it_is_an_image_with_a_title_a_description_and_a_language():
    with speaking("fr"):
        root = parsed(to_svg(paper().finished(), "Carte de Toulouse", "Vingt quartiers."))

    assert root.get("role") == "img"
    assert root.get("lang") == "fr"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Carte de Toulouse"
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text == "Vingt quartiers."


def test_it_scales_with_the_page():
    root = parsed(svg_of(paper(PHONE, 123.4)))

    assert root.get("viewBox") == "0 0 360 123.4"
    assert (root.get("width"), root.get("height")) == ("360", "123.4")


def test_it_stands_on_a_light_card_so_that_a_dark_page_changes_nothing():
    card = parsed(svg_of(paper()))[2]

    assert card.tag == f"{SVG}rect"
    assert card.get("fill") == f"#{CARD.hexval()[2:]}"
    assert (card.get("width"), card.get("height")) == ("720", "100")


def test_there_is_nothing_that_a_strict_policy_refuses():
    made = paper()
    made.text(10, 20, "A")
    made.rect(0, 0, 10, 10, fill=INK, pen=Pen(INK, 2, (3, 1)))

    svg = svg_of(made)

    assert not re.search(r"style|<script|on\w+=|href|url\(|@import", svg)


def test_letters_are_those_of_the_reader_s_own_machine():
    assert "system-ui" in parsed(svg_of(paper())).get("font-family")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "A & B", 'say "hi"', "]]>", "&amp;", "l'Île <b>"])
def test_names_stay_names_whatever_is_in_them(name):
    made = paper()
    made.text(10, 20, name)

    root = parsed(to_svg(made.finished(), name, name))

    assert root.find(f"{SVG}text").text == name
    assert root[0].text == root[1].text == name


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_any_text_at_all_makes_a_well_formed_picture(text):
    made = paper()
    made.text(10, 20, text)

    parsed(to_svg(made.finished(), text, text))


def test_characters_that_xml_can_not_hold_are_left_out():
    made = paper()
    made.text(10, 20, "A\x00B\x0bC\ufffe\ud800D")

    assert said(svg_of(made)) == ["ABCD"]


def test_a_name_written_from_the_right_is_kept_apart_from_what_stands_around_it():
    made = paper()
    made.text(10, 20, "مركز الحي (3)")

    assert parsed(svg_of(made)).find(f"{SVG}text").text == "\u2068مركز الحي (3)\u2069"


def test_a_text_stands_where_it_was_put_with_its_size_weight_and_colour():
    made = paper()
    made.text(10, 20, "usual")
    made.text(20, 30, "usual too")
    made.text(30, 40, "loud", scale=2, bold=True, colour=SOFT, anchor="end")

    usual, _too, loud = parsed(svg_of(made)).iter(f"{SVG}text")

    assert (usual.get("x"), usual.get("y")) == ("10", "20")
    assert usual.keys() == ["x", "y"], "what is usual is said once, at the root"
    assert loud.get("font-size") == "26"
    assert loud.get("font-weight") == "700"
    assert loud.get("text-anchor") == "end"
    assert loud.get("fill") == "#4d5866"


def test_where_one_reads_from_the_right_texts_start_there():
    with speaking("ar"):
        made = paper()
        made.text(10, 20, "A")
        made.text(10, 20, "B", anchor="end")
        made.text(10, 20, "C", anchor="middle")
        start, end, middle = parsed(svg_of(made)).iter(f"{SVG}text")

    assert (start.get("x"), start.get("text-anchor")) == ("710", "end")
    assert (end.get("x"), end.get("text-anchor")) == ("710", None)
    assert middle.get("text-anchor") == "middle"


def test_a_rectangle_hangs_from_its_upper_corner():
    made = paper()
    made.rect(10, 20, 30, 40, fill=INK, radius=5)

    box = list(parsed(svg_of(made)).iter(f"{SVG}rect"))[1]

    assert [box.get(key) for key in ("x", "y", "width", "height", "rx")] == ["10", "20", "30", "40", "5"]
    assert box.get("stroke") is None


def test_where_one_reads_from_the_right_a_rectangle_hangs_from_its_other_corner():
    with speaking("ar"):
        made = paper()
        made.rect(10, 20, 30, 40, fill=INK)
        box = list(parsed(svg_of(made)).iter(f"{SVG}rect"))[1]

    assert box.get("x") == "680"


def test_a_shape_without_a_fill_is_not_filled_with_the_ink_of_the_texts():
    made = paper()
    made.rect(10, 20, 30, 40, pen=Pen(INK))

    assert list(parsed(svg_of(made)).iter(f"{SVG}rect"))[1].get("fill") == "none"


def test_lines_and_circles_are_where_they_were_put():
    made = paper()
    made.line(1, 2, 3, 4, Pen(INK, 1.5, (2, 1), round_ends=True))
    made.circle(5, 6, 7, fill=CARD, pen=Pen(INK))

    line = parsed(svg_of(made)).find(f"{SVG}line")
    circle = parsed(svg_of(made)).find(f"{SVG}circle")

    assert [line.get(key) for key in ("x1", "y1", "x2", "y2")] == ["1", "2", "3", "4"]
    assert line.get("stroke-width") == "1.5"
    assert line.get("stroke-dasharray") == "2 1"
    assert line.get("stroke-linecap") == "round"
    assert [circle.get(key) for key in ("cx", "cy", "r")] == ["5", "6", "7"]


def test_a_path_goes_in_short_steps():
    assert path_of([(10, 10), (20, 10), (20, 30.5), (12.5, 25), (10, 10)]) == "m10 10h10v20.5l-7.5-5.5z"


def test_steps_of_a_kind_share_their_letter():
    assert path_of([(0, 0), (1, 1), (2, 4), (1, 3), (0, 0)]) == "m0 0l1 1 1 3-1-1z"


def test_a_second_ring_starts_from_where_the_first_one_began():
    rings = ([(10, 10), (20, 10), (20, 20), (10, 10)], [(12, 11), (14, 11), (14, 13), (12, 11)])

    assert path_of(*rings) == "m10 10h10v10zm2 1h2v2z"


def test_lines_are_not_closed():
    assert path_of([(1, 1), (3, 3)], [(5, 1), (5, 4)], closed=False, fill=None, pen=Pen(INK)) == "m1 1l2 2m2-2v3"


def test_points_that_fall_together_are_written_once():
    assert path_of([(1, 1), (1.01, 1.01), (3, 3), (1, 3), (1, 1)]) == "m1 1l2 2h-2z"


@given(st.lists(st.tuples(st.floats(0, 700), st.floats(0, 90)), min_size=2, max_size=40))
def test_roundings_never_add_up(points):
    """The end of a long path is where it should be, within a twentieth of a point."""
    steps = re.findall(r"([mlhvz])([^mlhvz]*)", path_of(points, closed=False, fill=None, pen=Pen(INK)))
    x = y = 0.0
    for letter, numbers in steps:
        values = [float(one) for one in re.findall(r"-?\d*\.?\d+", numbers)]
        if letter == "h":
            x += sum(values)
        elif letter == "v":
            y += sum(values)
        else:
            x, y = x + sum(values[::2]), y + sum(values[1::2])

    assert (x, y) == (pytest.approx(points[-1][0], abs=0.051), pytest.approx(points[-1][1], abs=0.051))


def test_nothing_to_draw_draws_nothing():
    made = paper()
    made.path([], fill=INK)

    assert "<path" not in svg_of(made)


def test_numbers_have_no_zeros_that_say_nothing():
    made = paper()
    made.rect(0.04, 0.5, 10.0, 3.25, fill=INK)

    assert re.search(r'x="0" y=".5" width="10" height="3.2"', svg_of(made))


def test_the_same_drawing_makes_the_same_bytes():
    def once():
        made = paper()
        made.text(10, 20, "A", bold=True)
        made.path([[(1, 1), (2, 2), (1, 2), (1, 1)]], fill=INK)
        return svg_of(made)

    assert once() == once()


def test_shapes_that_no_drawing_of_the_house_has_are_refused():
    drawing = Drawing(10, 10)
    drawing.add(Ellipse(5, 5, 2, 3))

    with pytest.raises(TypeError, match="Ellipse"):
        to_svg(drawing, "t", "d")


def test_curves_are_refused():
    curve = Path()
    curve.moveTo(0, 0)
    curve.curveTo(1, 1, 2, 2, 3, 3)
    drawing = Drawing(10, 10)
    drawing.add(curve)

    with pytest.raises(TypeError, match="2"):
        to_svg(drawing, "t", "d")


def test_a_group_that_is_turned_is_refused():
    drawing = Drawing(10, 10)
    drawing.add(Group(String(0, 0, "A"), transform=(0, 1, -1, 0, 0, 0)))

    with pytest.raises(TypeError):
        to_svg(drawing, "t", "d")


def test_groups_within_groups_stand_where_they_were_moved_to():
    drawing = Drawing(100, 100)
    inner = Group(String(1, 2, "A"), transform=(1, 0, 0, 1, 10, 20))
    drawing.add(Group(inner, transform=(1, 0, 0, 1, 5, 5)))

    text = parsed(to_svg(drawing, "t", "d")).find(f"{SVG}text")

    assert (text.get("x"), text.get("y")) == ("16", "73")
