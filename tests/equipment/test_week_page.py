"""The week of kits on its page: who has what, what is free and leads on, what is not and why, filters and pages."""

from __future__ import annotations

import re
from datetime import UTC, date, time, timedelta
from html import unescape

import pytest
import time_machine

from agenda.models import Absence
from equipment.models import Approval, Condition
from equipment.queries.kits import lendables_for
from equipment.queries.team_week import Look, half_days, team_week
from equipment.rules.lending import Wish
from foundation.db import db, transaction
from foundation.period import Period, whole_day
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import PARIS, TUESDAY, host_of_school, hours, kit, morning, reserved
from tests.equipment.handed import DUE, loan, out
from tests.equipment.lent import WEEK, as_stranger, of, read
from tests.equipment.test_maintenance import planned as kept_back
from tests.workshops.given import planned, programme

pytestmark = pytest.mark.usefixtures("stopped_clock")
MONDAY = TUESDAY - timedelta(days=1)
THAT_WEEK = f"{WEEK}?semaine={MONDAY}"
NAMES = [f"{day}-{part}" for day in ("lun", "mar", "mer", "jeu", "ven", "sam") for part in ("m", "a")]


def looks(cast, name=None, now=NOW):
    """Half-day → what it is, of the first kit or the one of that name."""
    halves = half_days(MONDAY, PARIS)
    rows = team_week(cast.manager, lendables_for(cast.manager), halves, now)
    row = next(one for one in rows if name in {None, one.kit.name})
    found = {}
    for cell in (cell for cells in row.days for cell in cells):
        said = " + ".join(one.label for one in cell.met) if cell.met else cell.look.value
        for number in [cell.half.number, cell.half.number + 1] if cell.whole else [cell.half.number]:
            found[NAMES[number]] = said
    return found


def cells(page):
    """The words of each day of each kit: {kit: [Monday, …, Saturday]}."""
    found = {}
    for row in page[page.index("<tbody") : page.index("</tbody>")].split("<tr")[1:]:
        plain = [unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", one))) for one in re.split(r"<t[hd]", row)[1:]]
        said = [re.sub(r"^[^>]*> ?", "", one).replace("\u202f", " ").strip() for one in plain]
        found[said[0]] = said[1:]
    return found


def test_the_columns_are_twelve_half_days_on_the_town_s_wall():
    halves = half_days(MONDAY, PARIS)
    assert [half.number for half in halves] == list(range(12))
    assert [half.day for half in halves[::2]] == [MONDAY + timedelta(days=n) for n in range(6)]
    first, second = halves[:2]
    assert first.period == hours(MONDAY, time(8, 30), time(11, 30))
    assert second.period == hours(MONDAY, time(13, 30), time(16, 30))
    assert first.around.end == second.around.start == hours(MONDAY, time(12, 30), time(13)).start
    assert Period(first.around.start, second.around.end) == whole_day(MONDAY, PARIS)


@pytest.mark.parametrize(("monday", "utc"), [(date(2026, 3, 23), 7), (date(2026, 3, 30), 6), (date(2026, 10, 26), 7)])
def test_the_hours_are_those_of_the_wall_before_and_after_the_clocks_change(monday, utc):
    morning_of_monday = half_days(monday, PARIS)[0].period
    assert morning_of_monday.start.astimezone(UTC).time() == time(utc, 30)
    assert morning_of_monday.length == timedelta(hours=3)


def test_a_morning_is_that_of_who_has_it_and_the_rest_is_free(cast):
    reserved(kit(turnaround_minutes=60).id, morning(), cast.ids["manager"], Wish(school_id=cast.ids["school"]))
    found = looks(cast)
    assert found["mar-m"] == cast.school.name
    assert {found[name] for name in NAMES if name != "mar-m"} == {"free"}


def test_turnaround_takes_the_next_half_day_when_it_reaches_into_it(cast):
    reserved(kit(turnaround_minutes=120).id, morning(), cast.ids["manager"], Wish(activity="Atelier"))
    found = looks(cast)
    assert (found["mar-m"], found["mar-a"], found["mer-m"]) == ("Atelier", "turnaround", "free")


def test_before_another_loan_there_must_be_time_to_get_ready(cast):
    period = hours(starts=time(12, 45), ends=time(16))
    reserved(kit(turnaround_minutes=120).id, period, cast.ids["manager"], Wish(activity="Atelier"))
    found = looks(cast)
    assert (found["mar-m"], found["mar-a"], found["lun-a"]) == ("tight", "Atelier", "free")


def test_a_loan_of_days_is_on_each_of_them_and_two_of_one_half_day_are_both_there(cast):
    blue = kit("Bleue", turnaround_minutes=0)
    long = Period(hours(TUESDAY, time(9), time(12)).start, hours(TUESDAY + timedelta(days=2), time(9), time(12)).end)
    reserved(blue.id, long, cast.ids["manager"], Wish(activity="Séjour"))
    friday = TUESDAY + timedelta(days=3)
    for name, start in (("Premier", time(8, 30)), ("Second", time(10, 30))):
        reserved(blue.id, hours(friday, start, time(start.hour + 1, 30)), cast.ids["manager"], Wish(activity=name))
    found = looks(cast)
    assert [found[name] for name in ("mar-m", "mar-a", "mer-m", "mer-a", "jeu-m", "jeu-a")] == ["Séjour"] * 5 + ["free"]
    assert found["ven-m"] == "Premier + Second"


def test_what_has_passed_is_not_offered_and_a_blocked_kit_stays(cast):
    kit("A"), kit("B", units=2, broken=2, minimum_units=1)
    now = hours(TUESDAY, time(10), time(11)).start
    found = looks(cast, "A", now)
    assert [found[name] for name in NAMES[:4]] == [Look.PAST, Look.PAST, Look.PAST, Look.FREE]
    assert set(looks(cast, "B").values()) == {Look.STAYS}


def test_upkeep_and_absences_are_there_by_their_names(cast):
    blue = kit("Bleue")
    kept_back(blue.id, cast.ids["manager"], label="Mise à jour")
    with transaction():
        away = {
            "first_day": MONDAY,
            "last_day": MONDAY,
            "starts": time(8),
            "ends": time(18),
            "label": "Chez le réparateur",
        }
        db.session.add(Absence(resource_id=blue.resource_id, **away))
    found = looks(cast)
    assert found["lun-m"] == found["lun-a"] == "Chez le réparateur"
    assert found["mar-m"] == "Mise à jour"
    assert found["mer-m"] == "free"


def test_the_page_says_it_in_words_and_each_free_half_day_leads_to_a_reservation(client, cast):
    blue = kit("Bleue", turnaround_minutes=60)
    made = reserved(blue.id, morning(), host_of_school(cast).id, Wish(group_label="CM1"))
    sign_in(client, cast.mediator)
    page = client.get(THAT_WEEK).text
    ((name, days),) = cells(page).items()
    assert name == "Bleue 3 × tablette"
    assert days[0] == "Matin libre Après-midi libre"
    assert days[1] == f"{cast.school.name} Matin · CM1 Après-midi libre"
    assert f'href="/equipe/materiel/reserver?mallette={blue.id}&amp;jour=2026-03-16&amp;quand=matin"' in page
    assert f'href="/equipe/materiel/reservations/{made.id}"' in page
    assert f'href="/equipe/materiel/mallettes/{blue.id}"' in page
    address = re.search(r'href="(/equipe/materiel/reserver[^"]+apres-midi)"', page).group(1)
    assert "Vous avez choisi Bleue" in read(client, unescape(address))


def test_states_are_told_apart(client, cast):
    host = host_of_school(cast)
    reserved(kit("A", approval=Approval.MANAGER).id, morning(), host.id)
    gone = loan(cast, name="B")
    out(cast, gone)
    reserved(kit("C", turnaround_minutes=300).id, morning(), cast.ids["manager"])
    kit("D", units=12, broken=1)
    kit("E", units=2, broken=2, minimum_units=1)
    sign_in(client, cast.mediator)
    found = cells(client.get(THAT_WEEK).text)
    tuesday = {name[0]: days[1] for name, days in found.items()}
    assert "Matin · à confirmer" in tuesday["A"]
    assert "Matin · sortie" in tuesday["B"]
    assert "Après-midi remise en état jusqu’à 17 h 00" in tuesday["C"]
    assert "D 11 sur 12" in found
    assert found["E Bloquée : 0 sur 2"] == ["–"] * 6


def test_a_loan_of_the_whole_day_is_said_once(client, cast):
    day = hours(starts=time(8, 30), ends=time(16, 30))
    reserved(kit().id, day, cast.ids["manager"], Wish(school_id=cast.ids["school"]))
    sign_in(client, cast.mediator)
    (days,) = cells(client.get(THAT_WEEK).text).values()
    assert days[1] == f"{cast.school.name} Journée"


def test_a_kit_that_is_not_back_is_said_although_its_time_is_over(client, cast):
    made = loan(cast)
    out(cast, made)
    with time_machine.travel(DUE + timedelta(days=3), tick=False):
        sign_in(client, cast.mediator)
        page = client.get(THAT_WEEK).text
        assert "Pas encore rendue" in page
        assert f'<a class="tag absent" href="/equipe/materiel/reservations/{made.id}">' in page


def test_a_workshop_is_there_by_its_name(client, cast):
    kit()
    planned(cast, programme(cast), kits={"Tablettes": 1})
    sign_in(client, cast.mediator)
    assert "Club Scratch" in read(client, THAT_WEEK)


def test_from_week_to_week(client, cast):
    kit()
    sign_in(client, cast.mediator)
    page = client.get(THAT_WEEK).text
    assert 'rel="prev" href="/equipe/materiel/semaine?semaine=2026-03-09"' in page
    assert 'rel="next" href="/equipe/materiel/semaine?semaine=2026-03-23"' in page
    assert "Semaine du lundi 9 mars" in read(client, WEEK)
    assert "Semaine du lundi 16 mars" in read(client, f"{WEEK}?semaine=2026-03-22")


@pytest.mark.parametrize(
    "query", ["?semaine=hier", "?semaine=0001-01-01", "?semaine=9999-12-31", "?page=-1", "?lieu=x"]
)
def test_an_address_that_names_no_week_shows_this_one(client, cast, query):
    kit()
    sign_in(client, cast.mediator)
    assert "Semaine du lundi 9 mars" in read(client, f"{WEEK}{query}")


def test_on_a_sunday_the_week_that_comes_is_shown(client, cast):
    kit()
    with time_machine.travel(hours(date(2026, 3, 15)).start, tick=False):
        sign_in(client, cast.mediator)
        assert "Semaine du lundi 16 mars" in read(client, WEEK)


def test_by_kind_and_by_home(client, cast):
    kit("Bleue", home_venue_id=cast.ids["library"])
    kit("Verte", home_venue_id=cast.ids["workshop"])
    kit("Thymio", kind="Robots", home_venue_id=cast.ids["workshop"])
    sign_in(client, cast.mediator)

    def shown(query):
        return [name.split()[0] for name in cells(client.get(f"{THAT_WEEK}{query}").text)]

    assert shown("") == ["Bleue", "Thymio", "Verte"]
    assert shown("&genre=TABLETTES") == ["Bleue", "Verte"]
    assert shown(f"&lieu={cast.ids['workshop']}") == ["Thymio", "Verte"]
    assert shown(f"&genre=Robots&lieu={cast.ids['workshop']}") == ["Thymio"]
    words = read(client, f"{THAT_WEEK}&genre=Robots&lieu={cast.ids['library']}")
    assert "Aucune mallette de ce type n’est rangée là." in words
    assert "genre=Robots" in client.get(f"{THAT_WEEK}&genre=Robots").text


def test_without_any_kit_it_says_so(client, cast):
    sign_in(client, cast.mediator)
    assert "Il n’y a pas encore de mallette" in read(client, WEEK)


def test_another_structure_s_kits_are_not_there(client, cast):
    of(cast, "manager", "town")
    reserved(kit("Nôtre", structure_id=cast.ids["town"]).id, morning(), host_of_school(cast).id)
    kit("Commune")
    as_stranger(cast, client)
    assert [name.split()[0] for name in cells(client.get(THAT_WEEK).text)] == ["Commune"]


def test_many_kits_have_pages_of_which_each_asks_as_much(client, cast, monkeypatch):
    sign_in(client, cast.mediator)

    def cost(path=THAT_WEEK):
        client.get(path)
        with statements() as asked:
            client.get(path)
        return len(asked)

    reserved(kit("A").id, morning(), cast.ids["manager"])
    few = cost()
    for name in "BCDEF":
        more = kit(name, turnaround_minutes=30 * ord(name), home_venue_id=cast.ids["library"])
        for days in range(3):
            reserved(more.id, morning(days=7 * days), cast.ids["manager"])
    assert cost() == few
    monkeypatch.setattr("equipment.views.lending.week.PER_PAGE", 4)
    assert cost() == few
    page = client.get(THAT_WEEK).text
    assert len(cells(page)) == 4
    assert 'rel="next"' in page
    assert len(cells(client.get(f"{THAT_WEEK}&page=2").text)) == 2
    assert cost(f"{THAT_WEEK}&page=2") == few


def test_conditions_are_read_anew(client, cast):
    blue = kit("Bleue", units=2)
    sign_in(client, cast.mediator)
    assert "2 × tablette" in read(client, WEEK)
    with transaction():
        db.session.get_one(type(blue.items[0]), blue.items[0].id).condition = Condition.MISSING
    assert "1 sur 2" in read(client, WEEK)
