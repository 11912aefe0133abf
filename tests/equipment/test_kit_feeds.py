"""Calendars by a secret address: of a kit for the team, of a school or a home for its own people, until renewed."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from icalendar import Calendar

from accounts.models import Account
from equipment.models import Approval, Handing, KitFeed, ReservationState
from equipment.rules.feeds import NoSuchFeed, Subject, classes_in, subject_of
from equipment.rules.lending import Wish
from equipment.service import feeds, lending
from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.feeds import hash_of
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import PARIS, done, host_of_home, host_of_school, kit, morning, reserved
from tests.equipment.lent import as_stranger, read
from tests.equipment.test_maintenance import planned as kept_back
from tests.workshops.given import planned, programme

pytestmark = pytest.mark.usefixtures("stopped_clock")
PAGE = "/equipe/materiel/agendas"
NOT_THERE = "Cette adresse d’agenda n’ouvre plus rien"


def renewed(subject, account_id):
    """The secret of a new address."""
    return in_transaction(lambda: feeds.renew(subject, db.session.get_one(Account, account_id)))


def events(client, token):
    """What a calendar program reads, by start."""
    answer = client.get(f"/agenda/mallettes/{token}.ics")
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.get_data(as_text=True)).walk("VEVENT")
    return sorted(found, key=lambda one: one.start)


def said(event):
    return str(event["SUMMARY"]), str(event.get("LOCATION", "")), event.start.astimezone(PARIS), event.end


def address_on(page):
    return re.search(r"<textarea[^>]*>([^<]+)</textarea>", page).group(1)


def change(account_id, **columns):
    with transaction():
        account = db.session.get_one(Account, account_id)
        for name, value in columns.items():
            setattr(account, name, value)


def test_a_school_reads_its_loans_and_nobody_else_s(client, cast):
    blue = kit("Bleue", home_venue_id=cast.ids["library"])
    host = host_of_school(cast)
    mine = reserved(blue.id, morning(), host.id, Wish(group_label="CM1 de Mme Roux", contact_phone="+33298000000"))
    delivered = reserved(blue.id, morning(1), host.id, Wish(outward=Handing.DELIVERED))
    done(lending.cancel, reserved(blue.id, morning(2), host.id).id, by=host.id)
    reserved(blue.id, morning(3), cast.ids["manager"], Wish(care_home_id=cast.ids["care_home"]))
    token = renewed(Subject(school_id=cast.ids["school"]), host.id)
    first, second = events(client, token)
    assert said(first) == (
        "Bleue, CM1",
        f"À retirer : {cast.library.name}".replace(" :", "\xa0:"),
        mine.starts_at,
        mine.ends_at,
    )
    assert said(second)[1] == cast.school.name
    assert second.start == delivered.starts_at


def test_a_care_home_reads_its_own(client, cast):
    host = host_of_home(cast)
    reserved(kit("Bleue").id, morning(), host.id)
    token = renewed(Subject(care_home_id=cast.ids["care_home"]), host.id)
    (only,) = events(client, token)
    assert said(only)[:2] == ("Bleue", cast.care_home.name)


def test_a_kit_tells_who_has_it_without_turnaround_and_when_it_is_kept_back(client, cast):
    blue = kit("Bleue", turnaround_minutes=120, home_venue_id=cast.ids["library"])
    made = reserved(blue.id, morning(), host_of_school(cast).id, Wish(group_label="CM1"))
    kept_back(blue.id, cast.ids["manager"], morning(1), label="Changement des batteries")
    planned(cast, programme(cast), kits={"Tablettes": 1})
    token = renewed(Subject(kit_id=blue.id), cast.ids["mediator"])
    found = events(client, token)
    assert [said(one)[0] for one in found if one.start == made.starts_at] == [cast.school.name]
    assert {str(one["SUMMARY"]) for one in found} == {cast.school.name, "Changement des batteries", "Club Scratch"}
    (loan,) = [one for one in found if one.start == made.starts_at]
    assert loan.end == made.ends_at < made.held_until
    assert str(loan["LOCATION"]) == cast.library.name


@pytest.mark.parametrize("of", ["kit", "school"])
def test_the_file_names_no_person_no_activity_and_no_number(client, cast, of):
    blue, host = kit("Bleue"), host_of_school(cast)
    wish = Wish(group_label="CM1 de Mme Roux", activity="Avec Léo", contact_phone="+33298000000")
    made = reserved(blue.id, morning(), host.id, wish)
    subject = Subject(kit_id=blue.id) if of == "kit" else Subject(school_id=cast.ids["school"])
    token = renewed(subject, cast.ids["mediator"])
    text = client.get(f"/agenda/mallettes/{token}.ics").get_data(as_text=True)
    for word in ("Roux", "Léo", "298000000", cast.host.name, cast.mediator.name, made.code):
        assert word not in text, word
    assert "CLASS:PRIVATE" in text


@pytest.mark.parametrize("of", ["kit", "school"])
def test_what_nobody_has_agreed_to_yet_is_tentative_in_every_calendar(client, cast, of):
    slow, host = kit("Lente", approval=Approval.MANAGER), host_of_school(cast)
    asked = reserved(slow.id, morning(), host.id, Wish(group_label="CP"))
    subject = Subject(kit_id=slow.id) if of == "kit" else Subject(school_id=cast.ids["school"])
    token = renewed(subject, cast.ids["mediator"])
    (before,) = events(client, token)
    name = cast.school.name if of == "kit" else "Lente, CP"
    assert (before["STATUS"], before["SUMMARY"]) == ("TENTATIVE", f"{name} (en attente)")
    done(lending.approve, asked.id, by=cast.ids["manager"])
    (after,) = events(client, token)
    assert (after["STATUS"], after["SUMMARY"], after["UID"]) == ("CONFIRMED", name, before["UID"])


def test_two_classes_of_a_school_can_be_told_apart(client, cast):
    host = host_of_school(cast)
    for label in ("Le CM1 A de Mme Roux", "CM1 B", "Groupe de Léo"):
        reserved(kit("Bleue").id, morning(), host.id, Wish(group_label=label))
    token = renewed(Subject(school_id=cast.ids["school"]), host.id)
    assert sorted(said(one)[0] for one in events(client, token)) == ["Bleue", "Bleue, CM1 A", "Bleue, CM1 B"]


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("CM1", "CM1"), ("CE1-CE2 de M. Petit", "CE1-CE2"), ("6e B, salle 3", "6e B"), ("ULIS", "ULIS"),
        ("Mme Roux", ""), ("", ""), ("CM1 Amélie", "CM1"), ("Cécile", ""), ("GS et CP", "GS-CP"),
    ],
)  # fmt: skip
def test_of_a_group_the_level_alone_is_told(label, found):
    assert classes_in(label) == found


def test_a_loan_that_moves_is_the_same_event_at_another_time(client, cast):
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    token = renewed(Subject(kit_id=made.kit_id), cast.ids["mediator"])
    (before,) = events(client, token)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        done(lending.move, made.id, morning(1), by=cast.ids["manager"], now=NOW + timedelta(hours=1))
        (after,) = events(client, token)
    assert before["UID"] == after["UID"]
    assert after.start == morning(1).start
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_a_program_that_comes_again_is_told_that_nothing_changed(client, cast):
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    token = renewed(Subject(kit_id=made.kit_id), cast.ids["mediator"])
    first = client.get(f"/agenda/mallettes/{token}.ics")
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["X-Robots-Tag"] == "noindex"
    assert "private" in first.headers["Cache-Control"]
    again = client.get(f"/agenda/mallettes/{token}.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    done(lending.cancel, made.id, by=cast.ids["manager"])
    changed = client.get(f"/agenda/mallettes/{token}.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_reading_is_noted_once_an_hour(client, cast):
    token = renewed(Subject(kit_id=kit().id), cast.ids["mediator"])

    def noted():
        db.session.rollback()
        return db.session.query(KitFeed).one().last_read_at

    for minutes, expected in ((0, NOW), (30, NOW), (61, NOW + timedelta(minutes=61))):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            events(client, token)
        assert noted() == expected


def test_a_new_address_closes_the_one_before_and_no_other(client, cast):
    blue = kit()
    colleague = renewed(Subject(kit_id=blue.id), cast.ids["manager"])
    first = renewed(Subject(kit_id=blue.id), cast.ids["mediator"])
    second = renewed(Subject(kit_id=blue.id), cast.ids["mediator"])
    gone = client.get(f"/agenda/mallettes/{first}.ics")
    assert gone.status_code == 404
    assert NOT_THERE in unescape(gone.text)
    for token in (second, colleague):
        assert events(client, token) == []
    assert db.session.query(KitFeed).count() == 2


def test_the_secret_itself_is_kept_nowhere(cast):
    token = renewed(Subject(kit_id=kit().id), cast.ids["mediator"])
    feed = db.session.query(KitFeed).one()
    assert feed.token_hash == hash_of(token)
    assert token not in str(vars(feed))
    assert [(entry.action, token in str(entry.details)) for entry in audit.history(f"kit_feed:{feed.id}")] == [
        ("kit_feed.created", False)
    ]


@pytest.mark.parametrize("token", ["x", "a" * 80, "..%2f", "é"])
def test_an_address_that_nobody_was_given_opens_nothing(client, cast, token):
    assert client.get(f"/agenda/mallettes/{token}.ics").status_code == 404


@pytest.mark.parametrize(
    ("who", "change_of"),
    [
        ("host", {"school_id": None}),
        ("host", {"active": False}),
        ("mediator", {"active": False}),
    ],
)
def test_it_opens_nothing_for_somebody_who_left_or_changed_places(client, cast, who, change_of):
    host_of_school(cast)
    token = renewed(Subject(school_id=cast.ids["school"]), cast.ids[who])
    assert events(client, token) == []
    change(cast.ids[who], **change_of)
    assert client.get(f"/agenda/mallettes/{token}.ics").status_code == 404


def test_a_colleague_who_goes_to_another_structure_reads_its_kits_no_more(client, cast):
    own = kit("Nôtre", structure_id=cast.ids["town"])
    change(cast.ids["mediator"], structure_id=cast.ids["town"])
    token = renewed(Subject(kit_id=own.id), cast.ids["mediator"])
    assert events(client, token) == []
    change(cast.ids["mediator"], structure_id=cast.ids["association"])
    assert client.get(f"/agenda/mallettes/{token}.ics").status_code == 404


def test_hosts_have_the_address_of_their_own_place_alone(cast):
    host_of_school(cast)
    for subject in (
        Subject(kit_id=kit().id),
        Subject(care_home_id=cast.ids["care_home"]),
        Subject(school_id=999_999),
    ):
        with pytest.raises(NoSuchFeed):
            renewed(subject, cast.ids["host"])
    assert db.session.query(KitFeed).count() == 0


def test_a_kit_of_another_structure_or_one_that_left_has_no_address(cast):
    change(cast.ids["mediator"], structure_id=cast.ids["association"])
    for subject in (Subject(kit_id=kit(structure_id=cast.ids["town"]).id), Subject(kit_id=kit(retired_at=NOW).id)):
        with pytest.raises(NoSuchFeed):
            renewed(subject, cast.ids["mediator"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mallette-3", Subject(kit_id=3)),
        ("ecole-1", Subject(school_id=1)),
        ("ehpad-2", Subject(care_home_id=2)),
        ("", None),
        ("mallette-", None),
        ("mallette-x", None),
        ("mallette-3-4", None),
        ("ecole-٣", None),
        ("ecole-99999999999", None),
        ("lune-1", None),
    ],
)
def test_what_a_form_may_ask_for(text, found):
    if found:
        assert subject_of(text) == found
        return
    with pytest.raises(NoSuchFeed):
        subject_of(text)


def test_on_its_page_an_address_is_shown_once_renewed_and_closed(client, cast):
    blue = kit("Bleue")
    reserved(blue.id, morning(), host_of_school(cast).id)
    sign_in(client, cast.mediator)
    assert "Aucune adresse pour l’instant" in read(client, PAGE)
    sent = {"de": f"mallette-{blue.id}"}
    assert client.post(PAGE, data=sent).location == f"{PAGE}#new"
    page = client.get(PAGE).text
    first = address_on(page)
    assert client.get(first[first.index("/agenda") :]).status_code == 200
    assert "<textarea" not in client.get(PAGE).text
    assert "Bleue lue mardi 10 mars" in read(client, PAGE)
    client.post(PAGE, data=sent)
    second = address_on(client.get(PAGE).text)
    assert second != first
    assert client.get(first[first.index("/agenda") :]).status_code == 404
    feed_id = db.session.query(KitFeed).one().id
    assert client.post(f"{PAGE}/{feed_id}/fermer").status_code == 303
    assert client.get(second[second.index("/agenda") :]).status_code == 404
    assert "Aucune adresse pour l’instant" in read(client, PAGE)


def test_a_host_is_offered_their_own_place_and_nothing_else(client, cast):
    kit("Bleue")
    sign_in(client, host_of_school(cast))
    page = client.get(PAGE).text
    assert re.findall(r'<option value="([^"]+)"', page) == [f"ecole-{cast.ids['school']}"]
    assert client.post(PAGE, data={"de": f"ecole-{cast.ids['school']}"}).status_code == 303
    assert client.post(PAGE, data={"de": f"ehpad-{cast.ids['care_home']}"}).status_code == 404


def test_a_host_who_belongs_nowhere_is_told_whom_to_ask(client, cast):
    change(cast.ids["host"], school_id=None, care_home_id=None)
    sign_in(client, cast.host)
    assert client.get(PAGE).status_code == 403


def test_the_team_is_offered_kits_within_reach_schools_and_homes(client, cast):
    own, common = kit("Nôtre", structure_id=cast.ids["town"]), kit("Commune")
    as_stranger(cast, client)
    offered = re.findall(r'<option value="([^"]+)"', client.get(f"{PAGE}?de=mallette-{common.id}").text)
    assert f"mallette-{common.id}" in offered
    assert f"mallette-{own.id}" not in offered
    assert {f"ecole-{cast.ids['school']}", f"ehpad-{cast.ids['care_home']}"} <= set(offered)


def test_nobody_closes_the_address_of_somebody_else(client, cast):
    token = renewed(Subject(kit_id=kit().id), cast.ids["mediator"])
    feed_id = db.session.query(KitFeed).one().id
    sign_in(client, cast.manager)
    assert client.post(f"{PAGE}/{feed_id}/fermer").status_code == 404
    assert events(client, token) == []


def test_many_loans_are_read_in_as_many_statements_as_few(client, cast):
    blue, host = kit(), host_of_school(cast)
    reserved(blue.id, morning(), host.id)
    tokens = [
        renewed(subject, cast.ids["mediator"])
        for subject in (Subject(kit_id=blue.id), Subject(school_id=cast.ids["school"]))
    ]

    def cost():
        for token in tokens:
            events(client, token)
        with statements() as sent:
            found = [events(client, token) for token in tokens]
        return len(sent), [len(one) for one in found]

    few, counts = cost()
    assert counts == [1, 1]
    for week in range(1, 6):
        made = reserved(blue.id, morning(week), host.id)
        assert made.state is ReservationState.APPROVED
    many, counts = cost()
    assert (many, counts) == (few, [6, 6])
