"""Figures lead to the records behind them: exactly these, for whoever may look at such records; and to files."""

from __future__ import annotations

import re

import pytest
import time_machine

from activity.models import Procedure, Referral, Theme
from foundation.db import transaction
from mediation.models import Attendance
from people import service as people
from reach.queries.behind.found import PER_PAGE
from reach.views.dashboard.listed import LISTS, OF_VALUE
from tests.cast import NOW, sign_in
from tests.mediation.days import planned
from tests.reach.came import came
from tests.reach.dashboards import CELL, HERE, figures, head_of, met, page, two_structures, words

LINE = re.compile(r'<tr role="row"><th role="rowheader" scope="row">(.*?)</th>(.*?)</tr>', re.S)
LINK = re.compile(rf'<dd><a href="({HERE}/[^"]+)">')


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def text(answer):
    return words(answer.get_data(as_text=True))


def lines(answer):
    """Name → cells, of all lines but the sums."""
    body = answer.get_data(as_text=True).partition("<tbody>")[2].partition("</tbody>")[0]
    return [(words(name), *map(words, CELL.findall(cells))) for name, cells in LINE.findall(body)]


def listed(client, cast, key, who="manager", **asked):
    return page(client, cast, who, f"/liste/{LISTS[key].name}", **asked)


def links(answer):
    """The lists that the figures of a page lead to."""
    found = LINK.findall(answer.get_data(as_text=True))
    return [one.replace("&amp;", "&") for one in found]


def test_every_figure_that_is_no_nought_leads_to_a_page_that_opens(cast, client):
    two_structures(cast)
    planned(cast, attendance=Attendance.SEEN)
    home = page(client, cast)
    led = {link.partition("?")[0].removeprefix(f"{HERE}/liste/") for link in links(home)}
    assert led == {
        "personnes", "nouvelles-personnes", "passages", "sans-nom", "heures", "sans-quartier", "rendez-vous-honores",
        "delais", f"{HERE}/par/quartier",
    }  # fmt: skip
    assert {client.get(link).status_code for link in links(home)} == {200}


def test_a_list_keeps_the_period_and_the_filters_of_the_figure(cast, client):
    two_structures(cast)
    home = page(client, cast, periode="2026-T1", canal="phone")
    assert {link.partition("?")[2] for link in links(home)} == {"periode=2026-T1&canal=phone"}
    [(_name, _day, _about, named, heads, hours)] = lines(
        listed(client, cast, "contacts", periode="2026-T1", canal="phone")
    )
    assert (named, heads, hours) == ("2", "0", "1,5")


def test_people_stand_with_how_often_they_came(cast, client):
    two_structures(cast)
    found = lines(listed(client, cast, "people"))
    assert [(name, times) for name, _day, times in found] == [("Farid Haddad", "1"), ("Jeanne Le Goff", "3")]


def test_details_are_a_column_only_where_there_are_any(cast, client):
    two_structures(cast)
    assert "Détails" not in text(listed(client, cast, "people"))
    assert "Détails" in text(listed(client, cast, "contacts"))


def test_who_came_before_is_no_new_person(cast, client):
    came(cast, 2, back=1)
    assert figures(page(client, cast))["returning"][0] == "1"
    assert [len(lines(listed(client, cast, key))) for key in ("people", "first_timers", "returning")] == [2, 1, 1]


def test_who_was_erased_since_is_a_line_without_a_name(cast, client):
    two_structures(cast)
    with transaction():
        people.erase(cast.ids["resident"], None)
    assert "Personne effacée" in [line[0] for line in lines(listed(client, cast, "people"))]


@pytest.mark.parametrize(
    ("name", "value", "more"),
    [
        ("themes", "email", {"themes": frozenset({Theme.EMAIL})}),
        ("demarches", "housing", {"themes": {Theme.PROCEDURES}, "procedures": frozenset({Procedure.HOUSING})}),
        ("orientations", "social_aid", {"referrals": frozenset({Referral.SOCIAL_AID})}),
    ],
)
def test_what_a_record_tells_of_leads_to_it(cast, client, name, value, more):
    met(cast, **more)
    met(cast, 1)
    link = f"{HERE}/liste/{name}/{value}?periode=2026-03"
    assert link in page(client, cast, path="/contenu").get_data(as_text=True)
    assert len(lines(client.get(link))) == 1


@pytest.mark.parametrize("path", ["/liste/nimporte", "/liste/themes/nimporte", "/liste/themes", "/liste/rate"])
def test_there_is_no_list_of_what_is_no_figure(cast, client, path):
    assert page(client, cast, path=path).status_code == 404


def test_a_long_list_is_read_page_by_page_and_its_sum_is_of_all(cast, client):
    came(cast, PER_PAGE + 2)
    first = listed(client, cast, "people")
    assert (len(lines(first)), f"{PER_PAGE + 2} lignes" in text(first)) == (PER_PAGE, True)
    assert f"Au total, sur toutes les pages {PER_PAGE + 2}" in text(first)
    [following] = re.findall(r'rel="next" href="([^"]+page=2)"', first.get_data(as_text=True))
    assert len(lines(client.get(following.replace("&amp;", "&")))) == 2
    beyond = listed(client, cast, "people", page="99")
    assert beyond.location.endswith("/liste/personnes?periode=2026-03&page=2")


def test_each_list_says_on_its_page_the_total_that_its_figure_has(cast, client):
    two_structures(cast)
    came(cast, 3, heads=234, back=1)
    shown = figures(page(client, cast))
    for key, at in {"people": 0, "first_timers": 0, "returning": 0, "anonymous": -1, "hours": -1}.items():
        answer = listed(client, cast, key)
        foot = answer.get_data(as_text=True).partition("<tfoot>")[2].partition("</tfoot>")[0]
        total = str(len(lines(answer))) if not at else words(CELL.findall(foot)[at])
        assert total == shown[key][0].partition(" h")[0], key
    assert [line[-1] for line in lines(listed(client, cast, "anonymous"))] == ["234", "5"]


def test_a_list_of_nothing_says_so(cast, client):
    for key in LISTS:
        answer = listed(client, cast, key)
        assert (answer.status_code, lines(answer)) == (200, [])
        assert "Aucun" in text(answer)


def test_what_a_list_could_not_be_narrowed_by_is_told(cast, client):
    assert "Filtres sans effet ici : âge." in text(listed(client, cast, "kept", age="70_plus"))
    assert "Filtres sans effet" not in text(listed(client, cast, "people", age="70_plus"))


ALL_PATHS = [*(f"/liste/{one.name}" for one in LISTS.values()), *(f"/liste/{one}/x" for one in OF_VALUE.values())]


@pytest.mark.parametrize("who", ["prescriber", "host", "partner"])
def test_who_sees_no_figures_sees_no_lists(cast, client, who):
    sign_in(client, getattr(cast, who))
    assert {client.get(f"{HERE}{path}").status_code for path in ALL_PATHS} == {403}


def test_who_is_not_signed_in_is_asked_to(cast, client):
    assert all(client.get(f"{HERE}{path}").location.startswith("/connexion") for path in ALL_PATHS)


def test_lists_show_the_scope_of_their_reader_alone(cast, client):
    two_structures(cast)
    assert len(lines(listed(client, cast, "contacts"))) == 3
    assert len(lines(listed(client, cast, "contacts", "mediator"))) == 2
    assert len(lines(listed(client, cast, "contacts", "other_mediator"))) == 1
    head_of(cast, "association")
    own = listed(client, cast, "contacts")
    assert (len(lines(own)), "Les Clics solidaires" in text(own)) == (1, True)


@pytest.mark.parametrize("key", ["structure", "mediateur"])
def test_lists_of_others_are_refused_and_nothing_is_shown(cast, client, key):
    """Every list, asked for by the head of a structure and by a mediator, with the ids of others."""
    two_structures(cast)
    foreign = cast.ids["association"] if key == "structure" else cast.ids["other_mediator"]
    head_of(cast, "town")
    for who in ("manager", "mediator"):
        for path in ALL_PATHS[: len(LISTS)]:
            answer = page(client, cast, who, path, **{key: foreign})
            refused = 403 if who == "mediator" and path.endswith("paiements") else 422
            assert (answer.status_code, lines(answer)) == (refused, [])
            if refused == 422:
                refused_field = answer.get_data(as_text=True).partition(f'name="{key}"')[2].partition("</select>")[0]
                assert "Tout ce que vous pouvez voir" in refused_field
                assert "Toute l’équipe" not in refused_field


def test_an_administrator_sees_no_names_behind_records_that_are_not_open_to_them(cast, client):
    two_structures(cast)
    planned(cast, attendance=Attendance.SEEN)
    led = {link.partition("?")[0].removeprefix(f"{HERE}/liste/") for link in links(page(client, cast, "administrator"))}
    assert led == {"rendez-vous-honores", "delais", f"{HERE}/par/quartier"}
    for key in ("people", "contacts", "not_located"):
        assert listed(client, cast, key, "administrator").status_code == 403
    assert "/liste/themes" not in page(client, cast, "administrator", "/contenu").get_data(as_text=True)
    assert listed(client, cast, "kept", "administrator").status_code == 200


def test_a_mediator_is_not_led_to_payments_which_they_may_not_open(cast, client):
    assert listed(client, cast, "euros", "mediator").status_code == 403
    assert listed(client, cast, "euros").status_code == 200


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"periode": "xyz"}, 422), ({"lieu": "99999999999"}, 422), ({"du": "2026-03-01", "au": "2026-03-31"}, 303),
        ({"page": "x"}, 200), ({"periode": "2030-01"}, 200),
    ],
)  # fmt: skip
def test_addresses_that_are_broken_or_retyped(cast, client, asked, status):
    answer = listed(client, cast, "kept", **asked)
    assert answer.status_code == status
    if status == 303:
        assert answer.location == f"{HERE}/liste/rendez-vous-honores?periode=2026-03"


@pytest.mark.parametrize("path", ["", "/contenu", "/par/canal"])
def test_the_same_view_is_to_be_had_as_a_file(cast, client, path):
    two_structures(cast)
    markup = page(client, cast, path=path, periode="2026-T1", canal="phone").get_data(as_text=True)
    for kind in ("xlsx", "csv"):
        [link] = re.findall(rf'href="([^"]+\.{kind}\?[^"]*)"', markup)
        assert link.endswith("?periode=2026-T1&amp;canal=phone")
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_view_that_can_not_be_read_is_no_file(cast, client):
    assert ".xlsx" not in page(client, cast, periode="x").get_data(as_text=True)
