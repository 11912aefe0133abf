"""What contacts were about, on its page: the lists are those of the query, and what came of those sent here."""

from __future__ import annotations

import re

import pytest
import time_machine

from activity.models import Autonomy, Procedure, Referral, Theme
from activity.rules.labels import REFERRALS, THEMES
from mediation.models import Attendance, Origin
from reach.queries.board import board
from reach.queries.topics import topics
from reach.rules.scope import TERRITORY, Scope
from tests.cast import NOW
from tests.counting import statements
from tests.mediation.days import planned
from tests.reach.asking import of
from tests.reach.dashboards import figures, head_of, met, page, two_structures, words

SECTION = re.compile(r'<section class="part" aria-labelledby="(\w+)">(.*?)</section>', re.S)
LINE = re.compile(r'<th role="rowheader" scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>', re.S)
HOUSING = frozenset({Procedure.HOUSING})


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def content(client, cast, who="manager", **asked):
    return page(client, cast, who, "/contenu", **asked)


def lists(answer):
    """Indicator → line → (contacts, before in brackets; records), as a reader sees them."""
    sections = SECTION.findall(answer.get_data(as_text=True))
    return {
        key: [
            (words(name), words(contacts), words(records).split(" ·")[0])
            for name, contacts, records in LINE.findall(body)
        ]
        for key, body in sections
    }


def a_month(cast):
    met(cast, themes=frozenset({Theme.PROCEDURES, Theme.EMAIL}), procedures=HOUSING)
    met(cast, 1, themes=frozenset({Theme.EMAIL}), referrals=frozenset({Referral.SOCIAL_AID}))
    met(cast, 20, themes=frozenset({Theme.WEB}))


def test_the_most_frequent_stands_first_with_the_contacts_before(cast, client):
    a_month(cast)
    shown = lists(content(client, cast))
    assert shown["themes"] == [
        (str(THEMES[Theme.EMAIL]), "2 (0)", "2"),
        (str(THEMES[Theme.PROCEDURES]), "1 (0)", "1"),
        (str(THEMES[Theme.WEB]), "0 (1)", "0"),
    ]
    assert shown["referrals"] == [(str(REFERRALS[Referral.SOCIAL_AID]), "1 (0)", "1")]
    assert [row[1:] for row in shown["procedures"]] == [("1 (0)", "1")]


def test_the_lists_are_those_of_the_query(cast, client):
    a_month(cast)
    two_structures(cast)
    found = topics(of(), TERRITORY)
    shown = lists(content(client, cast))
    assert {name: int(contacts.split(" (")[0]) for name, contacts, _records in shown["themes"]} == {
        str(THEMES[theme]): told.contacts for theme, told in found.themes.items()
    } | {str(THEMES[Theme.WEB]): 0}


def test_a_scope_holds_here_too(cast, client):
    two_structures(cast)
    head_of(cast, "association")
    own = topics(of(), Scope(structure_id=cast.ids["association"]))
    shown = lists(content(client, cast))
    assert [int(contacts.split(" (")[0]) for _name, contacts, _records in shown["themes"]] == [
        told.contacts for told in own.themes.values()
    ]


def test_autonomy_is_of_those_of_whom_a_way_can_be_told(cast, client):
    met(cast, 2, autonomy=Autonomy.FULLY_GUIDED)
    met(cast, 1, autonomy=Autonomy.AUTONOMOUS)
    answer = content(client, cast)
    assert figures(answer)["autonomy"] == ("100 %", "–")
    assert "sur 1 personne, moins d’aide à la fin : 1 ; davantage : 0" in words(answer.get_data(as_text=True))


def test_what_came_of_those_whom_prescribers_sent_is_told(cast, client):
    told = "Rendez-vous pris par des prescripteurs : 1. Honorés : 0. Absences non prévenues : 1."
    assert told not in words(content(client, cast).get_data(as_text=True))
    planned(cast, origin=Origin.PRESCRIBER, attendance=Attendance.NOSHOW)
    assert told in words(content(client, cast).get_data(as_text=True))


def test_it_is_not_told_where_the_filters_could_not_be_obeyed(cast, client):
    planned(cast, origin=Origin.PRESCRIBER, attendance=Attendance.NOSHOW)
    assert (
        "prescripteurs"
        not in words(content(client, cast, genre="feminine").get_data(as_text=True))
        .partition("Orientations")[2]
        .partition("Définition")[0]
    )


def test_days_of_the_form_become_an_address_to_share(cast, client):
    assert content(client, cast, du="2026-01-01", au="2026-12-31").location == "/equipe/portee/contenu?periode=2026"


def test_the_dashboard_does_not_read_what_it_does_not_show(cast, client):
    with statements() as sent:
        assert page(client, cast).status_code == 200
    assert not [one for one in sent if "activity_aspect" in one]
    with statements() as sent:
        assert board(of(), TERRITORY).now.topics == topics(of(), TERRITORY)
    assert [one for one in sent if "activity_aspect" in one]
