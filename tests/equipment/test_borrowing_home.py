"""A host's page of kits, their calendar of kits, and what their first page says of them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from equipment.models import (
    Approval,
    Condition,
    Direction,
    Handing,
    Handover,
    HandoverLine,
    Reservation,
    ReservationState,
    Supply,
)
from equipment.rules.lending import Wish
from equipment.service import lending
from foundation.db import db, transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.equipment.borrowing import ASK, HOME, as_teacher, reservations
from tests.equipment.given import TUESDAY, done, host_of_home, host_of_school, kit, morning, reserved
from tests.workshops.asking import host_of, stranger
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
WEEK = f"{HOME}/calendrier?semaine=2026-03-19"


def become(one, state):
    with transaction():
        db.session.get(Reservation, one.id).state = state


def test_with_nothing_reserved_the_page_says_what_to_do(client, cast):
    as_teacher(client, cast)
    page = client.get(HOME)
    assert "Aucune mallette n’est réservée. Dites ce qu’il vous faut" in main_of(page)
    assert f'href="{ASK}"' in page.get_data(as_text=True)
    assert "Prochaine remise" not in main_of(page)


def test_the_next_hand_over_comes_first_when_and_where(client, cast):
    host = as_teacher(client, cast)
    blue = kit(home_venue_id=cast.ids["library"])
    reserved(blue.id, morning(1), host.id, Wish(group_label="CE2"))
    reserved(blue.id, morning(), host.id, Wish(group_label="CM1"))
    page = main_of(client.get(HOME))
    assert page.index("Prochaine remise : Mallette bleue") < page.index("À venir")
    assert "mardi 17 mars à 9 h 00" in page
    assert "Vous venez la chercher : Médiathèque du Port, 2 quai des Lampes, 99100 Rives-sur-Aure." in page
    assert page.index("CM1") < page.index("CE2")


def test_what_is_delivered_says_so(client, cast):
    host = as_teacher(client, cast)
    reserved(kit().id, morning(), host.id, Wish(outward=Handing.DELIVERED))
    assert "Nous l’apportons : École des Peupliers." in main_of(client.get(HOME))


def test_a_kit_that_is_out_says_when_it_is_due_and_what_to_bring(client, cast):
    host = as_teacher(client, cast)
    blue = kit(units=12)
    with transaction():
        db.session.add(Supply(kit_id=blue.id, label="câbles USB-C", count=12))
    one = reserved(blue.id, morning(), host.id)
    become(one, ReservationState.HANDED_OVER)
    page = main_of(client.get(HOME))
    assert "Prochain retour : Mallette bleue" in page
    assert "À rapporter, chargé si possible : Tablette : 12 Câbles USB-C : 12" in page
    assert "retour le mardi 17 mars à 12 h 00" in page
    with time_machine.travel(morning().end + timedelta(days=1), tick=False):
        late = main_of(sign_in(client, host).get(HOME))
    assert "Mallette bleue devrait déjà être rendue" in late
    assert "à rendre depuis le mar. 17 mars" in late


def test_what_waits_and_what_was_have_lists_of_their_own(client, cast):
    host = as_teacher(client, cast)
    reserved(kit("Lente", approval=Approval.MANAGER).id, morning(), host.id)
    one = reserved(kit().id, morning(), host.id)
    become(one, ReservationState.CANCELLED)
    page = main_of(client.get(HOME))
    assert page.index("En attente d’une réponse") < page.index("Lente") < page.index("Historique")
    assert "Annulée" in page


def test_a_long_past_is_cut_and_counted(client, cast):
    host = as_teacher(client, cast)
    blue = kit(longest_loan_days=30)
    for n in range(22):
        reserved(blue.id, morning(n), host.id)
    with transaction():
        for one in db.session.query(Reservation):
            one.state = ReservationState.CANCELLED
    assert "et 2 autres depuis un an" in main_of(client.get(HOME))


def test_colleagues_are_named_and_other_schools_are_not_seen(client, cast):
    colleague = host_of("Luc Martin", school_id=cast.ids["school"])
    reserved(kit().id, morning(), colleague.id, Wish(group_label="CP"))
    reserved(kit("Rouge").id, morning(), stranger().id, Wish(group_label="Autre classe"))
    as_teacher(client, cast)
    page = main_of(client.get(HOME))
    assert "CP · Luc Martin" in page
    assert "Autre classe" not in page


def test_the_activity_sheet_is_linked(client, cast):
    host = as_teacher(client, cast)
    reserved(kit().id, morning(), host.id, Wish(sheet_url="https://example.org/fiche.pdf"))
    assert 'href="https://example.org/fiche.pdf" rel="noreferrer"' in client.get(HOME).get_data(as_text=True)


def test_the_first_page_of_a_host_leads_to_the_kits(client, cast):
    host = as_teacher(client, cast)
    page = client.get("/hote")
    assert f'href="{HOME}"' in page.get_data(as_text=True)
    assert f'href="{ASK}"' in page.get_data(as_text=True)
    one = reserved(kit().id, morning(), host.id)
    assert "mardi 17 mars à 9 h 00 · Prochaine remise : Mallette bleue" in main_of(client.get("/hote"))
    become(one, ReservationState.HANDED_OVER)
    assert "mardi 17 mars à 12 h 00 · Prochain retour : Mallette bleue" in main_of(client.get("/hote"))


def test_staff_do_not_find_the_pages_of_borrowers(client, cast):
    for role in (Role.MEDIATOR, Role.MANAGER, Role.PRESCRIBER, Role.PARTNER):
        sign_in(client, cast.account_of(role))
        for address in (HOME, ASK, f"{HOME}/calendrier"):
            assert client.get(address).status_code == 403


def test_a_week_of_kits_half_day_by_half_day(client, cast):
    host = as_teacher(client, cast)
    blue = kit(units=12, broken=1)
    kit("En panne", units=2, broken=2, minimum_units=2)
    reserved(blue.id, morning(), stranger().id, Wish(group_label="Autre classe"))
    reserved(blue.id, morning(days=2), host.id, Wish(group_label="CM1"))
    page = client.get(WEEK)
    text = main_of(page)
    assert "semaine du lundi 16 mars" in text
    assert "Tablette : 11 sur 12 fonctionnent" in text
    assert "Matin prise" in text
    assert "pas d’école" in text
    assert "en réparation" in text
    assert "Autre classe" not in text
    # On Thursday it is charged until two, when half an hour of the afternoon has gone.
    links = re.findall(rf'href="({ASK}\?mallette={blue.id}[^"]+)"', page.get_data(as_text=True))
    assert [one.replace("&amp;", "&").split("jour=")[1] for one in links] == [
        "2026-03-16&quand=matin", "2026-03-16&quand=apres-midi", "2026-03-18&quand=matin",
        "2026-03-20&quand=matin", "2026-03-20&quand=apres-midi",
    ]  # fmt: skip
    mine = [one for one in reservations() if one.school_id == cast.ids["school"]]
    assert f'href="{HOME}/{mine[0].code}"' in page.get_data(as_text=True)


def test_a_free_half_day_begins_a_reservation_of_that_kit(client, cast):
    blue, _red = kit(), kit("Mallette rouge")
    as_teacher(client, cast)
    page = client.get(f"{ASK}?mallette={blue.id}&jour={TUESDAY.isoformat()}&quand=apres-midi")
    assert "Vous avez choisi Mallette bleue." in main_of(page)
    text = page.get_data(as_text=True)
    assert 'value="2026-03-17"' in text
    assert re.search(r'<input checked[^>]*value="apres-midi"', text)
    sent = client.post(ASK, data=_half_day(blue))
    assert client.get(sent.location).location.startswith(f"{ASK}/conditions")


def _half_day(blue):
    return {"day": TUESDAY.isoformat(), "part": "apres-midi", "every": "0", "kind": "", "kit_id": str(blue.id)}


def test_a_half_day_taken_meanwhile_shows_the_kit_first_with_what_is_free(client, cast):
    blue, _red = kit(), kit("Mallette rouge")
    as_teacher(client, cast)
    sent = client.post(ASK, data=_half_day(blue) | {"part": "matin"})
    reserved(blue.id, morning(), cast.ids["mediator"])
    answer = client.get(sent.location)
    assert answer.status_code == 200
    assert "Mallette bleue votre choix" in main_of(answer)
    assert "Prendre Mallette rouge" in main_of(answer)


@pytest.mark.parametrize("week", ["", "demain", "1026-03-10", "2026-13-40", "2099-12-31"])
def test_any_week_of_an_address_is_a_page(client, cast, week):
    kit()
    as_teacher(client, cast)
    assert client.get(f"{HOME}/calendrier?semaine={week}").status_code == 200


@pytest.mark.parametrize("query", ["mallette=x", "jour=hier", "quand=minuit", "mallette=9999999999", "comme=x&d=y"])
def test_an_odd_address_is_an_empty_form(client, cast, query):
    kit()
    as_teacher(client, cast)
    assert client.get(f"{ASK}?{query}").status_code == 200


def test_a_care_home_has_its_own_words_and_afternoons(client, cast):
    kit()
    host_of_school(cast)
    sign_in(client, host_of_home(cast))
    text = main_of(client.get(WEEK))
    assert "pas d’école" not in text
    assert "Résidence des Tilleuls" in main_of(client.get(HOME))


def test_when_the_kit_is_late_elsewhere_the_next_borrower_sees_it_and_others_that_are_free(client, cast):
    blue, red = kit(), kit("Mallette rouge")
    host = as_teacher(client, cast)
    one = reserved(blue.id, morning(days=1), host.id)
    become(reserved(blue.id, morning(), stranger().id), ReservationState.HANDED_OVER)
    address = f'href="{HOME}/{one.code}/autre-mallette"'
    assert address not in client.get(HOME).get_data(as_text=True)
    with time_machine.travel(morning().end + timedelta(hours=3), tick=False):
        page = sign_in(client, host).get(HOME)
        assert "Mallette bleue n’est pas revenue du prêt précédent" in main_of(page)
        assert address in page.get_data(as_text=True)
        client.post(f"{HOME}/{one.code}/autre-mallette", data={"kit_id": red.id})
    assert db.session.get(Reservation, one.id, populate_existing=True).kit_id == red.id


def test_when_a_part_came_back_the_rest_is_told_by_its_labels(client, cast):
    host = as_teacher(client, cast)
    blue = kit(units=3)
    one = reserved(blue.id, morning(), host.id)
    ids = [item.id for item in blue.items]
    become(one, ReservationState.HANDED_OVER)
    with transaction():
        for direction, given in ((Direction.OUT, ids), (Direction.BACK, ids[:2])):
            lines = [HandoverLine(item_id=item_id, condition=Condition.WORKING) for item_id in given]
            db.session.add(
                Handover(
                    reservation_id=one.id, request_key=direction.value, direction=direction, at=NOW,
                    by_id=cast.ids["mediator"], signed_name="B. Lacaze", lines=lines,
                )
            )  # fmt: skip
    page = main_of(client.get(HOME))
    assert f"{blue.items[2].code} · tablette" in page
    assert "Tablette : 3" not in page


def test_many_loans_to_come_are_folded_after_the_first_ones(client, cast):
    host = as_teacher(client, cast)
    blue = kit()
    for n in range(10):
        reserved(blue.id, morning(n), host.id)
    page = main_of(client.get(HOME))
    assert "2 prêts plus tard" in page
    assert page.index("mar. 5 mai") < page.index("2 prêts plus tard") < page.index("mar. 12 mai")


def test_the_feeds_of_calendars_are_linked(client, cast):
    as_teacher(client, cast)
    assert "Suivre les prêts dans votre agenda" in main_of(client.get(HOME))


def test_the_week_of_one_kind_alone(client, cast):
    kit()
    kit("Thymio", kind="Robots")
    as_teacher(client, cast)
    page = client.get(f"{WEEK}&type=Robots")
    assert "Thymio" in main_of(page)
    assert "Mallette bleue" not in main_of(page)
    assert "type=Robots" in page.get_data(as_text=True)
    for other in ("", "Drones"):
        text = main_of(client.get(f"{WEEK}&type={other}"))
        assert "Thymio" in text
        assert "Mallette bleue" in text


def test_warnings_about_one_kit_are_one_with_all_its_dates(client, cast):
    host = as_teacher(client, cast)
    short, single = kit("Courte", units=3, broken=1), kit("Autre", units=3, broken=1)
    codes = [reserved(short.id, morning(n), host.id, Wish(units_wanted=3)).code for n in range(3)]
    reserved(single.id, morning(), host.id, Wish(units_wanted=3))
    page = client.get(HOME)
    words = main_of(page)
    assert words.count("Courte ne contient plus") == 1
    assert "Courte ne contient plus tout ce qu’il vous faut, à 3 dates" in words
    assert "Autre ne contient plus tout ce qu’il vous faut le mardi 17 mars" in words
    for code in codes:
        assert f'href="{HOME}/{code}/autre-mallette"' in page.text


def refused(cast, kit_id, weeks=0, *, now=NOW, **wish):
    """What the teacher asked for, and the head teacher refused."""
    one = reserved(kit_id, morning(weeks), host_of_school(cast).id, Wish(**wish), now=now)
    done(lending.refuse, one.id, "Le CM2 en a besoin ce jour-là.", by=cast.ids["manager"], now=now)
    return one


def test_a_refusal_stands_at_the_top_with_its_reason_until_something_else_is_reserved(client, cast):
    green = kit("Mallette verte", approval=Approval.MANAGER)
    one = refused(cast, green.id)
    host = as_teacher(client, cast)
    page = client.get(HOME)
    words = main_of(page)
    told = "Réservation refusée : Mallette verte, mardi 17 mars à 9 h 00. Le CM2 en a besoin ce jour-là."
    assert words.index(told) < words.index("À venir")
    assert f'href="{HOME}/{one.code}"' in page.get_data(as_text=True)
    reserved(kit().id, morning(), host.id)
    assert "refusée :" not in main_of(client.get(HOME))


def test_a_refusal_is_told_to_who_asked_for_two_weeks(client, cast):
    refused(cast, kit("Mallette verte", approval=Approval.MANAGER).id, 8)
    for days, told in ((13, True), (15, False)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            as_teacher(client, cast)
            assert ("refusée :" in main_of(client.get(HOME))) is told
    with transaction():
        for row in db.session.query(Reservation):
            row.asked_by_id = cast.ids["manager"]
    as_teacher(client, cast)
    assert "refusée :" not in main_of(client.get(HOME))


def test_what_was_cancelled_can_be_asked_for_anew_with_the_same_answers(client, cast):
    host = as_teacher(client, cast)
    one = reserved(kit().id, morning(), host.id, Wish(group_label="CM1"))
    become(one, ReservationState.CANCELLED)
    page = main_of(client.get(f"{HOME}/{one.code}"))
    assert "Choisir une autre mallette avec les mêmes réponses" in page
