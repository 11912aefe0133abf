"""The map as a whole: real towns and odd ones, wide and narrow, and the table that says the same."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import shapely

from reach.drawing.choropleth import Area, Choropleth, Outline, Place, description, table
from reach.drawing.map import draw_map
from reach.drawing.paper import PAGE, PHONE, SHEET
from reach.drawing.patterns import CLASSES, UNKNOWN
from reach.drawing.svg import to_svg
from tests.reach.drawings import cell, check_that_words_stand_apart, colours, grid, parsed, said, speaking, town

FRAMES = pytest.mark.parametrize("frame", [PAGE, PHONE, SHEET], ids=["page", "phone", "sheet"])


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def picture(choropleth: Choropleth, frame=PAGE) -> str:
    return to_svg(draw_map(choropleth, frame), choropleth.title, description(choropleth))


def ground(pattern) -> str:
    return f"#{pattern.ground.hexval()[2:]}"


def toulouse(seed: int = 3) -> Choropleth:
    """The twenty neighbourhoods with invented rates, two of them unknown, and the real priority neighbourhoods."""
    chance = random.Random(seed)
    quarters = sorted(town("toulouse/quartiers_democratie_locale.geojson", "nom_quartier"), key=lambda one: one[0])
    areas = [
        Area(at, name, polygon, None if at in {3, 11} else chance.lognormvariate(2.6, 0.6))
        for at, (name, polygon, _properties) in enumerate(quarters)
    ]
    outlines = [Outline(name, polygon) for name, polygon, _ in town("toulouse/qpv_2015_31555.geojson", "nom_qp")]
    return Choropleth("Reach in Toulouse, 2026", "People per 1,000 inhabitants", areas, "Source.", outlines=outlines)


def nantes() -> Choropleth:
    quarters = town("nantes/quartiers_avec_population.geojson", "quartier")
    areas = [
        Area(at, name, polygon, 400 * 1000 / properties["population_2018"], priority=name == "Nantes Nord")
        for at, (name, polygon, properties) in enumerate(quarters)
    ]
    return Choropleth("Nantes", "People per 1,000 inhabitants", areas, "Source.", places=[Place("x", -1.55, 47.22)])


def rennes() -> Choropleth:
    areas = [Area(at, name, one, 4.0) for at, (name, one, _) in enumerate(town("rennes/quartiers_12.geojson", "nom"))]
    return Choropleth("Rennes", "People per 1,000 inhabitants", areas, "Source.")


def iris() -> Choropleth:
    chance = random.Random(5)
    quarters = town("toulouse/iris_31555.geojson", "nom_iris")
    areas = [Area(at, name, polygon, chance.randrange(11, 300)) for at, (name, polygon, _) in enumerate(quarters)]
    return Choropleth("Toulouse", "People", areas, "Source.", decimals=0)


TOWNS = pytest.mark.parametrize("make", [toulouse, nantes, rennes, iris])


@TOWNS
@FRAMES
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_in_real_towns_no_words_stand_on_each_other_or_leave_the_picture(make, frame, language):
    with speaking(language):
        check_that_words_stand_apart(picture(make(), frame), frame)


@TOWNS
def test_a_real_map_is_light_enough_for_a_page(make):
    weight = len(picture(make()).encode())

    assert weight < (65_000 if make is iris else 40_000)


@TOWNS
def test_the_same_town_makes_the_same_bytes(make):
    assert picture(make()) == picture(make())


@FRAMES
def test_every_neighbourhood_of_toulouse_is_named_with_its_figure(frame):
    with speaking("fr"):
        choropleth = toulouse()
        words = " ".join(said(picture(choropleth, frame))).replace(" ", "")

    for area in choropleth.areas:
        assert "".join(area.name.split()) in words
        if area.value is not None:
            assert f"{area.value:.1f}".replace(".", ",") in words


def test_a_map_of_very_many_areas_leaves_the_names_to_the_table():
    choropleth = iris()

    lines = said(picture(choropleth))

    assert not any(area.name in lines for area in choropleth.areas)
    assert any("numbers are those of the table" in line for line in lines)


def test_each_class_has_its_colour_in_map_and_legend():
    svg = picture(grid([1, 2, 3, 4, 5]))

    assert {ground(pattern) for pattern in CLASSES} <= colours(svg)
    assert ground(UNKNOWN) not in colours(svg)


def test_what_is_not_known_has_its_own_ground_and_never_that_of_a_class():
    svg = picture(grid([None, None, None]))

    assert ground(UNKNOWN) in colours(svg)
    assert not {ground(pattern) for pattern in CLASSES} & colours(svg)
    assert "n.c." in said(svg)


def test_the_legend_counts_the_areas_of_each_class():
    lines = said(picture(grid([1, 1, 1, 8, 8, None])))

    legend = lines[lines.index("Range") :][:9]
    assert legend == [
        "Range",
        "Neighbourhoods",
        "2",
        "5 and more",
        "3",
        "under 5",
        "1",
        "not known or not told",
        "(n.c.)",
    ]


def test_all_the_same_is_one_class_that_says_so():
    assert "the same everywhere" in said(picture(grid([4.0, 4.0, 4.0])))


def test_a_figure_and_its_class_agree_after_rounding():
    """9.96 is written 10.0: it may not stand in a class that ends under 10."""
    choropleth = grid([9.96, 5, 6, 15, 16, 10.04])

    rows = table(choropleth).rows

    assert rows[0][3:] == rows[5][3:]
    assert rows[0][3] == "10.0"


def test_priority_neighbourhoods_are_outlined_and_the_legend_says_what_the_outline_is():
    plain = grid([1, 2, 3])
    flagged = replace(plain, areas=[replace(plain.areas[0], priority=True), *plain.areas[1:]])

    assert "stroke-dasharray" not in picture(plain)
    assert "Priority neighbourhood" not in " ".join(said(picture(plain)))
    assert picture(flagged).count("stroke-dasharray") == 2, "one on the map, one in the legend"
    assert "Priority neighbourhood (QPV)" in " ".join(said(picture(flagged)))


def test_polygons_of_another_layer_are_outlined_too():
    layered = grid([1, 2, 3], outlines=[Outline("QP1", cell(0, 0, 0.004))])

    assert picture(layered).count("stroke-dasharray") == 2


def test_places_are_marked_and_the_legend_says_so():
    marked = grid([1, 2, 3], places=[Place("A", 1.405, 43.605)], placed="Place of mediation")

    assert "Place of mediation" in said(picture(marked))
    assert picture(marked).count("<rect") == picture(grid([1, 2, 3])).count("<rect") + 2


def test_sentences_and_source_stand_under_every_map():
    lines = said(picture(grid([1, 2], asides=["Not located: 12.4 % of people."])))

    assert lines[-2:] == ["Not located: 12.4 % of people.", "Source: here."]


def test_an_area_without_a_polygon_is_in_the_table_and_named_under_the_map():
    whole = grid([1, 2, 3])
    choropleth = replace(whole, areas=[*whole.areas[:2], replace(whole.areas[2], geometry=None)])

    lines = said(picture(choropleth))

    assert "No polygon is known, so that the map leaves out: Quartier C." in lines
    assert len(table(choropleth).rows) == 3
    assert description(choropleth).startswith("Map of 2 neighbourhoods.")


def test_numbers_stay_those_of_the_table_where_an_area_is_left_out():
    whole = grid([1, 2, 3, 4])
    areas = [replace(whole.areas[0], geometry=None), *(replace(one, name=one.name * 9) for one in whole.areas[1:])]
    choropleth = replace(whole, areas=areas)

    lines = said(picture(choropleth))

    assert {"2", "3", "4"} <= set(lines)
    assert [row[0] for row in table(choropleth).rows] == ["1", "2", "3", "4"]


def test_without_any_polygon_there_is_no_map_to_draw():
    nowhere = Choropleth("Nowhere", "People", [Area(1, "A", None, 1.0)], "Source.")

    assert not nowhere.has_polygons
    with pytest.raises(ValueError, match="Nowhere"):
        draw_map(nowhere, PAGE)


def test_one_neighbourhood_alone_is_a_map():
    lines = said(picture(grid([12.5])))

    assert "Quartier A" in lines
    assert "12.5" in lines


def test_a_short_name_is_used_on_the_map_and_the_full_one_in_the_table():
    whole = grid([1.0])
    choropleth = replace(whole, areas=[replace(whole.areas[0], name="Mirail - Université / Reynerie", label="Mirail")])

    assert "Mirail" in said(picture(choropleth))
    assert table(choropleth).rows[0][1] == "Mirail - Université / Reynerie"


def test_the_table_says_of_each_area_all_that_the_map_says():
    whole = grid([2.0, None, 8.0])
    areas = [
        replace(whole.areas[0], priority=True, note="population of 2018"),
        replace(whole.areas[1], priority=False, note="fewer than 11"),
        whole.areas[2],
    ]

    made = table(replace(whole, areas=areas))

    assert made.header == ("No.", "Neighbourhood", "Priority neighbourhood", "People per 1,000 inhabitants", "Range")
    assert made.rows == (
        ("1", "Quartier A", "yes", "2.0 (population of 2018)", "under 5"),
        ("2", "Quartier B", "no", "fewer than 11", "no range"),
        ("3", "Quartier C", "not known", "8.0", "5 and more"),
    )


def test_a_figure_that_is_not_told_is_nowhere_in_the_picture_nor_in_the_table():
    choropleth = grid([7.0, None, 9.0])

    everything = picture(choropleth) + str(table(choropleth)) + description(choropleth)

    assert "n.c." in everything
    assert "None" not in everything
    assert "nan" not in everything


def test_the_description_says_how_many_where_most_and_where_least():
    with speaking("fr"):
        words = description(grid([3.0, 12.5, None], asides=["12 % non localisées."])).replace("\u00a0", " ")

    assert words.startswith("Carte de 3 quartiers. People per 1,000 inhabitants. Le plus bas : Quartier A, 3,0.")
    assert "Le plus haut : Quartier B, 12,5." in words
    assert "Non connu ou non communiqué : 1. 12 % non localisées." in words


def test_a_map_says_its_legend_in_the_language_of_the_reader():
    choropleth = grid([1, 2, 3, 40, None])
    with speaking("fr"):
        french = said(picture(choropleth))
    with speaking("ar"):
        arabic = said(picture(choropleth))

    assert {"Tranche", "Quartiers", "Nord", "non connu ou non", "communiqué (n.c.)"} <= set(french)
    assert any("الشمال" in line for line in arabic)


def test_a_map_is_not_turned_round_where_one_reads_from_the_right():
    """West stays left; the legend goes to the side where lines end."""
    choropleth = grid([1.0, 90.0], columns=2)
    with speaking("ar"):
        arabic = parsed(picture(choropleth))
    places = {one.text: float(one.get("x", "")) for one in arabic.iter("{http://www.w3.org/2000/svg}text")}

    assert places["Quartier A"] < places["Quartier B"]
    assert places["Quartier A"] > PAGE.width * 0.34


@FRAMES
def test_a_name_of_any_length_leaves_no_picture(frame):
    whole = grid([1.0, 2.0, None])
    long = "Association des habitantes et habitants du quartier de la Reynerie, de Bellefontaine et du Mirail " * 3
    choropleth = replace(whole, title=long, areas=[replace(one, name=long) for one in whole.areas], asides=[long])

    check_that_words_stand_apart(picture(choropleth, frame), frame)


def test_in_a_narrow_frame_the_legend_stands_under_the_map():
    wide, narrow = (parsed(picture(grid([1, 2, 3, 4]), frame)) for frame in (PAGE, PHONE))

    def place(root, word):
        found = next(one for one in root.iter("{http://www.w3.org/2000/svg}text") if one.text == word)
        return float(found.get("x", "")), float(found.get("y", ""))

    assert place(wide, "Range")[0] > PAGE.width / 2
    assert place(narrow, "Range")[0] == PHONE.size
    assert place(narrow, "Range")[1] > place(narrow, "North")[1]


def test_the_scale_is_a_round_length():
    with speaking("fr"):
        assert any(line in {"1 km", "500 m", "2 km"} for line in said(picture(grid([1, 2, 3]))))


def test_a_polygon_with_a_hole_is_drawn_with_its_hole():
    ring = cell(0, 0) - shapely.box(1.403, 43.603, 1.407, 43.607)
    choropleth = Choropleth(
        "Ring", "People", [Area(1, "Ring", ring, 3.0), Area(2, "In", ring.convex_hull - ring, 9.0)], ""
    )

    svg = picture(choropleth)

    assert svg.count("z") >= 3
    assert 'fill-rule="evenodd"' in svg
