"""The dashboard: who sees which figures, that pages say what queries answer, and what is told when nothing can be."""

from __future__ import annotations

import pytest
import time_machine

from foundation.db import transaction
from foundation.security import Role
from reach.queries.board import board
from reach.queries.naming import scope_said
from reach.rules.amounts import written
from reach.rules.indicators import INDICATORS
from reach.rules.scope import TERRITORY, Scope
from tests.cast import NOW, sign_in
from tests.reach.asking import of
from tests.reach.came import came
from tests.reach.dashboards import HERE, figures, head_of, met, page, two_structures, words

LISTS = {"themes", "procedures", "referrals"}
SEEING = {Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def text(answer):
    return words(answer.get_data(as_text=True))


def faults(answer):
    """The links of the summary of what is wrong."""
    summary = answer.get_data(as_text=True).partition('class="faults"')[2].partition("</div>")[0]
    return [part.partition('"')[0] for part in summary.split('href="#')[1:]]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", ["", "/contenu", "/par/age", "/carte.svg", "/graphique/age.svg"])
def test_managers_administrators_and_mediators_see_figures_and_nobody_else(cast, client, role, path):
    wanted = 200 if role in SEEING else 403
    assert page(client, cast, role.value, path).status_code == wanted


def test_whoever_is_not_signed_in_is_asked_to(cast, client):
    assert client.get(HERE).location.startswith("/connexion")


def test_the_page_says_what_the_query_answers(cast, client):
    two_structures(cast)
    came(cast, 3, area="mills")
    shown = figures(page(client, cast)) | figures(page(client, cast, path="/contenu"))
    found = board(of(), TERRITORY).values
    assert shown == {
        key: tuple(words(written(one, INDICATORS[key].unit)) for one in pair) for key, pair in found.items()
    }
    assert set(shown) | LISTS == set(INDICATORS)


def test_each_figure_has_its_definition_beside_it(cast, client):
    said = text(page(client, cast)) + text(page(client, cast, path="/contenu"))
    for indicator in INDICATORS.values():
        for sentence in (indicator.definition, indicator.counts, indicator.does_not_count):
            assert words(str(sentence)) in said


def test_totals_differ_by_scope_and_say_so(cast, client):
    two_structures(cast)
    whole = page(client, cast)
    assert figures(whole)["contacts"][0] == "9"
    assert "Rives-sur-Aure" in text(whole)
    assert "toutes structures" in text(whole)
    for structure, contacts in (("town", "7"), ("association", "2")):
        head_of(cast, structure)
        own = page(client, cast)
        assert figures(own)["contacts"][0] == contacts
        assert words(scope_said(Scope(structure_id=cast.ids[structure]))) in text(own)


def test_a_mediator_sees_their_own_figures_only(cast, client):
    two_structures(cast)
    own = page(client, cast, "other_mediator")
    assert figures(own)["contacts"][0] == "2"
    assert "Yann Kerdoncuff" in text(own)
    assert figures(page(client, cast, "mediator"))["contacts"][0] == "7"


@pytest.mark.parametrize("key", ["structure", "mediateur"])
@pytest.mark.parametrize("path", ["", "/contenu", "/par/age"])
def test_another_structure_is_refused_to_the_head_of_one_and_nothing_is_counted(cast, client, key, path):
    two_structures(cast)
    head_of(cast, "town")
    foreign = cast.ids["association"] if key == "structure" else cast.ids["other_mediator"]
    answer = page(client, cast, path=path, **{key: foreign})
    assert (answer.status_code, faults(answer)) == (422, [key])
    assert "ne font pas partie de ceux que vous pouvez voir" in text(answer)
    assert figures(answer) == {}
    assert "<picture" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("key", ["structure", "mediateur"])
def test_a_mediator_can_ask_for_nobody_else(cast, client, key):
    two_structures(cast)
    foreign = cast.ids["association"] if key == "structure" else cast.ids["other_mediator"]
    assert page(client, cast, "mediator", **{key: foreign}).status_code == 422
    for picture in ("/carte.svg", "/graphique/mois.svg"):
        assert page(client, cast, "mediator", picture, **{key: foreign}).status_code == 422


def test_ones_own_structure_and_oneself_may_be_named(cast, client):
    two_structures(cast)
    own = page(client, cast, "mediator", mediateur=cast.ids["mediator"])
    assert figures(own)["contacts"][0] == "7"
    head_of(cast, "town")
    assert figures(page(client, cast, structure=cast.ids["town"]))["contacts"][0] == "7"


def test_names_of_another_structure_are_not_offered(cast, client):
    two_structures(cast)
    head_of(cast, "town")
    said = text(page(client, cast))
    assert "Yann Kerdoncuff" not in said
    assert "Les Clics solidaires" not in said


@pytest.mark.parametrize("name", ["structure", "mediateur"])
def test_a_mediator_can_not_split_figures_by_somebody_else(cast, client, name):
    assert page(client, cast, "mediator", f"/par/{name}").status_code == 404
    assert page(client, cast, "mediator", f"/graphique/{name}.svg").status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"periode": "hier"}, "du"),
        ({"periode": "2026-13"}, "du"),
        ({"periode": "1789"}, "du"),
        ({"du": "2026-02-30", "au": "2026-03-01"}, "du"),
        ({"du": "2026-03-02", "au": "2026-03-01"}, "au"),
        ({"quartier": "777"}, "quartier"),
        ({"lieu": "x"}, "lieu"),
        ({"age": "vieux"}, "age"),
        ({"cote": "ailleurs"}, "cote"),
    ],
)
@pytest.mark.parametrize("path", ["", "/contenu", "/par/quartier"])
def test_what_can_not_be_read_is_told_beside_its_field(cast, client, path, asked, field):
    answer = page(client, cast, path=path, **asked)
    assert (answer.status_code, faults(answer)) == (422, [field])
    assert "<title>Erreur" in answer.get_data(as_text=True).replace("\u00a0", " ")
    assert figures(answer) == {}


def test_days_of_the_form_become_an_address_to_share(cast, client):
    answer = page(client, cast, du="2026-02-01", au="2026-02-28", age="70_plus", quartier="", cote="domicile")
    assert answer.status_code == 303
    assert answer.location == f"{HERE}?periode=2026-02&age=70_plus"
    assert page(client, cast, path="/par/mois", du="2026-01-01", au="2026-03-31").location == (
        f"{HERE}/par/mois?periode=2026-T1"
    )


def test_a_shared_view_counts_the_same_for_the_other_manager(cast, client):
    two_structures(cast)
    asked = {"periode": "2026-T1", "canal": "phone"}
    first, second = (figures(page(client, cast, who, **asked)) for who in ("manager", "administrator"))
    assert first == second
    assert first["contacts"][0] == "2"


def test_without_a_period_it_is_the_month_at_hand_beside_the_one_before(cast, client):
    met(cast)
    met(cast, 20)
    met(cast, 21)
    answer = page(client, cast)
    assert figures(answer)["contacts"] == ("1", "2")
    assert "À côté de chaque chiffre : toute la période d’avant, février 2026." in text(answer)


def test_a_period_that_has_not_begun_says_so(cast, client):
    assert "2027 · La période n’a pas encore commencé." in text(page(client, cast, periode="2027"))


def test_one_steps_to_other_periods_with_the_same_filters(cast, client):
    markup = page(client, cast, periode="2026-02", genre="feminine").get_data(as_text=True)
    for period in ("2026-01", "2026-03", "2026-02", "2026-T1", "2026", "2025-09-01_2026-08-31"):
        assert f'href="{HERE}?periode={period}&amp;genre=feminine"' in markup


def test_at_the_edge_of_the_calendar_there_is_no_step_further(cast, client):
    markup = page(client, cast, periode="2000-01").get_data(as_text=True)
    assert 'rel="prev"' not in markup
    assert 'rel="next"' in markup
    assert 'rel="next"' not in page(client, cast, periode="2099-12").get_data(as_text=True)


def test_what_could_not_be_narrowed_says_so(cast, client):
    told = "Filtres sans effet ici : âge."
    assert told not in text(page(client, cast))
    assert text(page(client, cast, age="70_plus")).count(told) == 3
    assert told not in text(page(client, cast, path="/contenu", age="70_plus"))
    assert "Filtres sans effet ici : canal." in text(page(client, cast, canal="phone"))


def test_an_empty_town_has_a_page_of_zeros(cast, client):
    answer = page(client, cast)
    assert figures(answer)["people"] == ("0", "0")
    assert figures(answer)["not_located"] == ("–", "–")
    assert text(page(client, cast, path="/contenu")).count("Rien sur ces deux périodes.") == len(LISTS)


def test_who_is_not_located_is_told_beside_the_map(cast, client):
    two_structures(cast)
    assert "Sans quartier connu : 1 des 2 personnes touchées (50 %)." in text(page(client, cast))


def test_without_polygons_there_is_a_table_and_no_map(cast, client):
    with transaction():
        for area in (cast.harbour, cast.mills):
            area.geometry = None
    met(cast)
    answer = page(client, cast)
    assert "carte.svg" not in answer.get_data(as_text=True)
    assert "il n’y a pas de carte" in text(answer)
    assert "Le Port" in text(answer)
    assert page(client, cast, path="/carte.svg").status_code == 404


def test_the_menu_leads_there(cast, client):
    assert f'href="{HERE}"' in sign_in(client, cast.manager).get("/equipe/comptes-rendus").get_data(as_text=True)
    assert f'href="{HERE}"' not in sign_in(client, cast.host).get("/debut", follow_redirects=True).get_data(
        as_text=True
    )


def test_english_says_the_same_figures(cast, client):
    two_structures(cast)
    french = figures(page(client, cast))
    client.get("/langue/en")
    said = text(page(client, cast))
    assert f"People reached {french['people'][0]} · People reached: what is behind it before: 0" in said
    assert "Not located: 1 of 2 people reached (50%)." in said


def test_a_head_without_records_of_their_structure_sees_zeros(cast, client):
    two_structures(cast)
    scope = Scope(structure_id=cast.ids["association"])
    head_of(cast, "association")
    answer = page(client, cast, canal="venue")
    assert figures(answer)["contacts"][0] == "0"
    assert board(of(), scope).now.contacts.total.contacts == 2


def test_figures_say_their_units_and_thousands_and_a_period_to_come_compares_with_nothing(cast, client):
    came(cast, 1_012)
    markup = page(client, cast).get_data(as_text=True)
    assert "1 012 personnes" in words(markup)
    assert "1012" not in words(markup)
    assert "(jours)" in words(markup)
    assert "(pour 1 000 habitants)" in words(markup)
    assert "1 012 lignes" in words(page(client, cast, path="/liste/personnes").get_data(as_text=True))
    assert "À côté de chaque chiffre" not in page(client, cast, periode="2027").get_data(as_text=True)
