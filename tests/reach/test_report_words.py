"""What the pages of a report say: comparisons, blanks, ages and the gap between neighbourhoods, of what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from activity.models import AgeBand
from reach.drawing.ages import AgeBand as Bar
from reach.drawing.ages import Ages
from reach.drawing.words import width_of
from reach.models import PublishedReport
from reach.queries import drafts
from reach.reports.blanks_page import none_of, write_blanks
from reach.reports.cover import against, inhabitants, letters, standing
from reach.reports.evenness import ends, points, write_evenness
from reach.reports.evenness import rows as evenness_rows
from reach.reports.message import comparison, listed, not_comparable, sentences
from reach.reports.method import small_numbers, sources, write_method
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading, change, in_column, share
from reach.reports.services import beyond, grids
from reach.reports.who import is_drawn, write_who
from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.equity import Gap
from reach.rules.frozen import FrozenBlanks, FrozenHost
from reach.rules.publishing import MEANING, explained
from reach.rules.report_words import BLANKS as BLANK_WORDS
from reach.rules.report_words import CARE_HOMES, SCHOOLS, VENUES
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure
from tests.papers import text
from tests.reach.drawings import speaking
from tests.reach.test_report_papers import FIGURES, HIDDEN, WHOLE, YEAR, N, at, content


@pytest.fixture
def reading():
    with speaking("fr"):
        yield Reading(content(), YEAR)


@pytest.mark.parametrize(
    ("begins", "comparable"),
    [(None, True), (date(2023, 5, 1), True), (date(2024, 1, 9), True), (date(2024, 11, 22), False)],
)
def test_a_span_before_that_is_not_whole_is_compared_with_nothing(reading, begins, comparable):
    one = Reading(replace(reading.content, begins=begins), YEAR)
    assert one.is_comparable is comparable
    assert (one.compared("people") != "–") is comparable
    assert bool(not_comparable(one)) is not comparable
    assert ("2024" in comparison(one)) is True


@pytest.mark.parametrize(
    ("before", "words"),
    [(250, "20 % de moins"), (160, "25 % de plus"), (200, "C’est autant"), (201, "presque autant"), (None, "")],
)
def test_the_comparison_is_a_sentence(reading, before, words):
    figures = {**FIGURES, WHOLE.during(YEAR.before): before or 0}
    hidden = HIDDEN | ({WHOLE.during(YEAR.before)} if before is None else frozenset())
    one = Reading(replace(reading.content, published=Published(figures, frozenset(hidden))), YEAR)
    assert words in comparison(one).replace("\u00a0", " ")


def test_of_long_lists_the_first_are_named_and_the_rest_is_counted(reading):
    assert listed(["a", "b"]) == "a, b"
    assert listed(list("abcdefgh"), most=6) == "a, b, c, d, e, f et 2 autres"
    assert listed(list("abcdefg"), most=6).endswith("et 1 autre")


BLANKS = FrozenBlanks(
    [FrozenHost("Mairie annexe", "Le Port")], 4, [], 12,
    [FrozenHost("Les Tilleuls", "", "2024-03-05"), FrozenHost("Les Lilas", "Le Port")], 2,
)  # fmt: skip


def written(write, one):
    paper = ReportPaper("Essai", language="fr", foot="Pied", internal=False)
    write(paper, one)
    return " ".join(text(paper.finished()).split())


def test_blanks_are_named_with_their_definition_and_how_many_there_are(reading):
    kept = replace(reading.content, blanks=BLANKS, definitions=drafts.definitions())
    said = written(write_blanks, Reading(kept, YEAR))
    for words in (
        "1 sur 4 : Mairie annexe (Le Port)",
        "Aucune, sur 12 écoles",
        "Les Moulins : 4,0 pour 1 000",
    ):
        assert words in said
    assert "2 sur 2 : Les Tilleuls (mars 2024), Les Lilas (Le Port)" in said
    assert "L’Île" not in said.split("Lieux")[0]
    for key in BLANK_WORDS:
        assert next(one.label for one in kept.definitions if one.key == key) in said


@pytest.fixture
def uncounted_town(reading):
    """A town of which nobody told the population."""
    areas = [replace(one, population=None, year=None) for one in reading.content.areas]
    return replace(reading.content, areas=areas, definitions=drafts.definitions())


@pytest.mark.parametrize("full", [False, True], ids=["outsiders", "team"])
def test_without_a_population_nothing_is_judged_and_the_report_says_why(uncounted_town, full):
    one, why = Reading(uncounted_town, YEAR, full=full), "La population d’aucun quartier n’est connue"
    blanks = written(write_blanks, one)
    assert why in blanks
    assert "parmi les quartiers" not in blanks
    assert why in written(write_evenness, one)
    assert inhabitants(one) == "population inconnue"


def test_the_teams_own_paper_does_not_speak_of_what_is_published(reading):
    """Nothing is hidden there: a blank that is not named is none."""
    even = Published({**FIGURES, at(N, 2): 150, at(N, 3): 4}, HIDDEN)
    kept = replace(reading.content, published=even, definitions=drafts.definitions())
    assert "Aucun parmi les quartiers dont les chiffres sont communiqués" in written(write_blanks, Reading(kept, YEAR))
    own = written(write_blanks, Reading(kept, YEAR, full=True))
    assert "Aucun des quartiers dont la population est connue." in own
    assert "chiffres sont communiqués" not in own.split("Tranches")[0]


def test_the_teams_own_paper_does_not_say_that_small_numbers_are_hidden(reading):
    assert "ne sont pas masqués" in small_numbers(Reading(reading.content, YEAR, full=True))
    assert "moins de 11 personnes ne sont pas communiqués" in small_numbers(reading)


def test_sources_are_told_once(reading):
    assert sources(reading).count("omptes rendus d’activité") == 1
    assert sources(reading).startswith("Population")


def test_blanks_stand_in_the_summary(reading):
    said = " ".join(sentences(Reading(replace(reading.content, blanks=BLANKS), YEAR)))
    assert "1 lieu sans permanence, 2 résidences sans atelier" in said


def test_ages_are_judged_by_what_is_told(reading):
    few, some, many, more = AgeBand.FROM_12_TO_17, AgeBand.FROM_18_TO_24, AgeBand.FROM_25_TO_39, AgeBand.FROM_40_TO_59
    ages = {few: 4, some: 12, many: 90, more: 80}
    figures = {**FIGURES, **{at(Dimension.AGE_BAND, band.value): people for band, people in ages.items()}}
    hidden = HIDDEN | {at(Dimension.AGE_BAND, few.value)}
    one = Reading(replace(reading.content, published=Published(figures, frozenset(hidden))), YEAR)
    assert list(one.ages_hardly_seen) == [some]
    assert list(Reading(one.content, YEAR, full=True).ages_hardly_seen) == [few, some]


def test_the_gap_between_neighbourhoods_is_of_those_that_are_told(reading):
    named = {at(N, 1, "named_contacts"): 300, at(N, 2, "named_contacts"): 100, at(N, 3, "named_contacts"): 7}
    hidden = frozenset(HIDDEN | {at(N, 3, "named_contacts")})
    one = Reading(replace(reading.content, published=Published({**FIGURES, **named}, hidden)), YEAR)
    assert one.evenness.index == pytest.approx(300 / 400 - 4000 / 9000)
    assert [(gap.neighbourhood_id, points(gap)) for gap in one.evenness.gaps] == [(2, "–30,6"), (1, "+30,6")]
    assert [row[0] for row in evenness_rows(one)] == ["Les Moulins", "Le Port"]
    assert "30,6 %" in written(write_evenness, one)
    assert "Trop peu de passages" in written(write_evenness, reading)


def test_of_many_neighbourhoods_both_ends_are_told():
    gaps = tuple(Gap(number, 10, 10, 0.1, 0.1) for number in range(40))
    assert [gap.neighbourhood_id for gap in ends(gaps)] == [0, 1, 2, 3, 4, 35, 36, 37, 38, 39]
    assert ends(gaps[:10]) == gaps[:10]


@pytest.mark.parametrize(
    ("key", "whole", "said"),
    [
        (VENUES, 9, "Aucun, sur 9 lieux."), (VENUES, 1, "Aucun, sur 1 lieu."), (SCHOOLS, 6, "Aucune, sur 6 écoles."),
        (CARE_HOMES, 4, "Aucune, sur 4 résidences."),
    ],
)  # fmt: skip
def test_that_all_were_reached_does_not_read_as_so_many_blanks(reading, key, whole, said):
    assert none_of(key, whole) == said


def test_english_percentages_are_written_alike_everywhere():
    with speaking("en"):
        assert {change(90, 100), change(112, 100)} == {"–10%", "+12%"}
        assert (in_column(0.398), share(362, 1000)) == ("39.8%", "36.2%")
        said = sentences(Reading(content(), YEAR))
    assert "That is 20% fewer than in the period before (2024: 250 people)." in said
    assert "40 people (20%) have no known neighbourhood: they are in no rate and on no map." in said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (periods.year(2024), "+2 % par rapport à 2024"),
        (periods.quarter(2026, 2), "+2 % par rapport au T2 2026"),
        (periods.school_year(2024), "+2 % par rapport à la période d’avant"),
    ],
)
def test_french_puts_an_article_before_a_quarter(reading, span, said):
    assert against("+2 %", span) == said


def test_the_mark_is_explained_only_where_it_stands(reading):
    line, marked = ("Le Port", "120"), ("L’Île", "n.c.")
    assert explained([line]) == ""
    assert explained([line, marked]).startswith("n.c.\u00a0: non communiqué")
    assert explained([line], "n.c. pour : L’Île.") == explained([marked])


def test_what_small_numbers_are_is_said_of_people_and_not_of_sessions(reading, app):
    said = " ".join((written(write_method, reading), *standing(PublishedReport(), reading), str(MEANING)))
    assert "inférieur" not in said
    assert said.count("moins de 11 personnes") == 3
    assert "zéro et les petits nombres portent la même mention ; un zéro n’est écrit que si rien" in said
    assert "Édition de ces" not in said


def test_women_and_men_are_drawn_when_half_of_the_bars_are_told():
    few, half = bars(None, 9), bars(12, None)
    assert is_drawn(Ages("", "", [half, half], ""))
    assert not is_drawn(Ages("", "", [half, half, bars(None, None)], ""))
    assert not is_drawn(Ages("", "", [bars(0, None)], ""))
    assert is_drawn(Ages("", "", [few], ""))


def bars(women, men):
    return Bar("18–24 ans", women, men)


def test_ages_are_a_table_whether_they_are_drawn_or_not(reading):
    ages = {at(Dimension.AGE_BAND, "18_24"): 18, at(Dimension.AGE_BAND, "25_39"): 90}
    splits = (Dimension.STATUS, Dimension.GENDER, Dimension.PRIORITY)
    names = {
        **reading.content.names,
        **{by: {} for by in splits},
        Dimension.AGE_BAND: {"18_24": "18–24 ans", "25_39": "25–39 ans"},
    }
    one = Reading(replace(reading.content, names=names, published=Published({**FIGURES, **ages}, HIDDEN)), YEAR)
    said = written(write_who, one).replace("\u00a0", " ")
    assert "18–24 ans 18 9,0 %" in said
    assert "Femmes" not in said


def test_more_seats_taken_than_offered_is_explained(reading):
    taken = Figure("seats_taken", YEAR)
    full = replace(
        reading.content, plain={"seats_offered": (56, None)}, published=Published({**FIGURES, taken: 57}, HIDDEN)
    )
    assert beyond(Reading(full, YEAR)).startswith("Plus de places prises que proposées")
    assert [grid.note != "" for grid in grids(Reading(full, YEAR))] == [False, True, False, False]
    assert beyond(Reading(replace(full, plain={"seats_offered": (57, 3)}), YEAR)) == ""
    assert beyond(reading) == ""


def test_lines_of_the_contents_are_never_cut_while_smaller_letters_hold_them(reading):
    words = "7.  Rendez-vous, ateliers, mallettes et chèques"
    room = width_of(words, 8.2)
    assert letters(["1.  Court"], room) == 9
    assert letters(["1.  Court", words], room) == 8
    assert letters([words * 9], room) == 7
