"""A recurring wish is answered as one: all its dates in one row, accepted or declined in one press."""

from __future__ import annotations

import pytest

from equipment.models import Approval, Handing, Reservation
from equipment.rules.kits import Lendable
from equipment.rules.lending import Wish
from equipment.rules.wishes import wishes, with_it
from equipment.service import lending
from foundation.db import db, in_transaction
from foundation.outbox.models import Message, MessageState
from tests.cast import NOW, sign_in
from tests.equipment.borrowing import HOME, as_teacher, reservations
from tests.equipment.given import by_rights, done, host_of_school, kit, ledger, morning, reserved
from tests.equipment.lent import read
from tests.equipment.test_borrowing_answer import WAITING, head
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
WANTED = Wish(group_label="CM1", units_wanted=3, head_count=24, outward=Handing.DELIVERED)


def series(cast, count=3, **changes):
    """A wish for several Tuesdays that the head teacher has to agree to."""
    blue = kit(approval=Approval.HEAD_TEACHER, **changes)
    host, periods = host_of_school(cast), [morning(n) for n in range(count)]
    return in_transaction(lambda: lending.reserve_series(blue.id, periods, WANTED, db.session.merge(host), now=NOW))


def states():
    return [one.state.value for one in reservations()]


def test_the_confirmation_says_how_many_dates_were_asked_for(client, cast):
    one = series(cast)[0]
    as_teacher(client, cast)
    assert "Votre demande est envoyée, pour 3 dates." in read(client, f"{HOME}/{one.code}?fait=1")
    single = reserved(kit("Seule", approval=Approval.HEAD_TEACHER).id, morning(), cast.ids["host"])
    assert "Votre demande est envoyée. La direction" in read(client, f"{HOME}/{single.code}?fait=1")


def test_a_wish_is_one_row_with_all_its_dates_and_what_is_wanted(client, cast):
    series(cast)
    head(cast, client)
    page = read(client, WAITING)
    assert page.count("Mallette bleue") == 1
    assert "3 dates" in page
    for day in ("mardi 17 mars, de 9 h 00", "mardi 24 mars, de 9 h 00", "mardi 31 mars, de 9 h 00"):
        assert day in page
    assert "3 appareils · 24 personnes · L’équipe l’apporte" in page


def test_a_kit_that_lost_devices_meanwhile_says_so_in_the_row(client, cast):
    series(cast, units=3, broken=1)
    head(cast, client)
    assert "2 des 3 appareils demandés fonctionnent actuellement." in read(client, WAITING)


def test_a_kit_that_does_not_go_out_any_more_says_so_in_the_row(client, cast):
    rows = series(cast, units=4)
    with_few = db.session.get(Reservation, rows[0].id).kit
    with_few.minimum_units = 5
    db.session.commit()
    head(cast, client)
    assert "La mallette ne sort pas actuellement." in read(client, WAITING)


def test_all_dates_are_agreed_to_in_one_press_that_leads_back_to_the_list(client, cast):
    one = series(cast)[0]
    head(cast, client)
    answer = client.post(f"{HOME}/{one.code}/accepter", data={"series": "1", "shown": "3"})
    assert answer.location == WAITING
    assert "3 dates sont réservées" in read(client, WAITING)
    assert states() == ["approved"] * 3
    assert ledger() == by_rights()


def test_one_date_by_itself_leaves_the_others_waiting(client, cast):
    rows = series(cast)
    head(cast, client)
    client.post(f"{HOME}/{rows[1].code}/accepter", data={})
    assert states() == ["requested", "approved", "requested"]
    assert "2 dates" in read(client, WAITING)


def test_a_date_that_was_cancelled_meanwhile_is_told_and_does_not_keep_the_others(client, cast):
    rows = series(cast)
    done(lending.cancel, rows[1].id, by=cast.ids["host"])
    head(cast, client)
    answer = client.post(f"{HOME}/{rows[0].code}/accepter", data={"series": "1", "shown": "3"})
    page = read(client, answer.location)
    assert "2 dates sont réservées" in page
    assert "1 date n’attendait plus de réponse." in page
    assert states() == ["approved", "cancelled", "approved"]


def test_a_date_answered_between_reading_and_locking_does_not_keep_the_others(client, cast, monkeypatch):
    rows = series(cast)
    done(lending.cancel, rows[2].id, by=cast.ids["host"])
    ids = [one.id for one in rows]
    monkeypatch.setattr("equipment.views.borrowing.answering.with_it", lambda *_: ids)
    head(cast, client)
    client.post(f"{HOME}/{rows[0].code}/accepter", data={"series": "1", "shown": "3"})
    assert states() == ["approved", "approved", "cancelled"]


def test_pressed_when_nothing_waits_any_more_nothing_changes(client, cast):
    one = series(cast)[0]
    head(cast, client)
    for _press in range(2):
        assert client.post(f"{HOME}/{one.code}/accepter", data={"series": "1", "shown": "x"}).status_code == 303
    assert states() == ["approved"] * 3


def test_all_dates_are_declined_with_one_reason(client, cast):
    one = series(cast)[0]
    head(cast, client)
    refused = client.post(f"{HOME}/{one.code}/refuser", data={"series": "1", "reason": " "})
    assert refused.status_code == 422
    answer = client.post(f"{HOME}/{one.code}/refuser", data={"series": "1", "reason": "Classe verte"})
    assert answer.location == WAITING
    assert "3 dates sont refusées" in read(client, WAITING)
    assert (states(), ledger()) == (["refused"] * 3, set())


def test_refuse_in_the_list_leads_to_the_open_field_for_the_reason(client, cast):
    one = series(cast)[0]
    head(cast, client)
    target = f"{HOME}/{one.code}?refuser=1"
    assert f'href="{target}#reason"' in client.get(WAITING).text
    page = client.get(target).text
    assert "<details open><summary>Refuser</summary>" in page
    assert 'id="reason"' in page
    assert "<details open>" not in client.get(f"{HOME}/{one.code}").text


def test_whoever_does_not_answer_can_not_answer_a_whole_wish_either(client, cast):
    one = series(cast)[0]
    as_teacher(client, cast)
    for act, data in (("accepter", {}), ("refuser", {"reason": "Non"})):
        assert client.post(f"{HOME}/{one.code}/{act}", data={"series": "1"} | data).status_code == 403
    assert "Refuser" not in main_of(client.get(f"{HOME}/{one.code}?refuser=1"))
    assert states() == ["requested"] * 3


def test_the_teacher_gets_one_message_about_all_dates(client, cast):
    one = series(cast)[0]
    head(cast, client)
    client.post(f"{HOME}/{one.code}/accepter", data={"series": "1", "shown": "3"})
    db.session.rollback()
    queued = db.session.query(Message).filter_by(state=MessageState.QUEUED).all()
    assert [message.subject.startswith("Réponse à vos réservations") for message in queued] == [True]
    sign_in(client, cast.host)
    assert "Réservée" in read(client, f"{HOME}/{one.code}")


def rows(*facts):
    return [Reservation(id=id_, series=series, kit_id=kit_id) for id_, series, kit_id in facts]


def test_dates_of_a_wish_are_together_unless_they_have_another_kit():
    waiting = rows((3, "A", 1), (1, "", 1), (2, "A", 1), (4, "A", 2), (5, "", 1))
    found = wishes(waiting, {})
    assert [[one.id for one in wish.dates] for wish in found] == [[3, 2], [1], [4], [5]]
    assert with_it(waiting[0], waiting) == [2, 3]
    assert with_it(waiting[1], waiting) == [1]
    assert with_it(waiting[3], []) == [4]


@pytest.mark.parametrize(
    ("working", "minimum", "wanted", "short"),
    [(3, 0, 3, False), (2, 0, 3, True), (2, 3, 0, True), (0, 0, 0, False)],
)
def test_a_kit_falls_short_when_fewer_work_than_are_wanted_or_it_stays(working, minimum, wanted, short):
    facts = dict.fromkeys(Lendable._fields, 0) | {"id": 1, "working": working, "minimum_units": minimum}
    (wish,) = wishes([Reservation(id=1, series="", kit_id=1, units_wanted=wanted)], {1: Lendable(**facts)})
    assert wish.falls_short is short
    (gone,) = wishes([Reservation(id=1, series="", kit_id=1, units_wanted=0)], {})
    assert gone.falls_short
