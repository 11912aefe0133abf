"""Who is told what of a loan, and once: borrowers, those who say yes, the colleagues who reserved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Approval, ReservationState
from equipment.rules.lending import Wish
from equipment.service import lending, notices
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Channel
from foundation.outbox.service import is_still_wanted
from tests.cast import NOW, sign_in
from tests.equipment.given import done, host_of_home, host_of_school, kit, morning, reserved
from tests.equipment.told import breaks, head_teacher, leaving, mails, told

pytestmark = pytest.mark.usefixtures("stopped_clock")
HOST, MANAGER = "bruno@rives.example", "claire@rives.example"
HEAD = "denise@rives.example"


def series(kit_id, actor_id, weeks=3):
    periods = [morning(number) for number in range(weeks)]
    return in_transaction(lambda: lending.reserve_series(kit_id, periods, Wish(), _account(actor_id), now=NOW))


def _account(account_id):
    return db.session.get(lending.Account, account_id)


def test_a_host_is_told_that_the_kit_is_theirs(cast):
    made = reserved(kit().id, morning(), host_of_school(cast).id, Wish(group_label="CM1"))
    assert told(made) == [("reserved", HOST)]
    (mail,) = mails()
    assert mail.subject.startswith("Mallette réservée")
    assert "mardi 17 mars, 9\u202fh\u202f00 – 12\u202fh\u202f00" in mail.body
    assert f"/hote/mallettes/{made.code}" in mail.body
    assert (mail.channel, mail.not_before, mail.expires_at) == (Channel.EMAIL, NOW, made.ends_at)


def test_colleagues_who_reserve_for_themselves_are_not_written_to(cast):
    reserved(kit().id, morning(), cast.ids["mediator"], Wish(activity="Stand de la fête"))
    assert mails() == []


def test_what_colleagues_reserve_for_a_school_is_told_to_the_school(cast):
    host_of_school(cast)
    made = reserved(kit().id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    assert told(made) == [("reserved", HOST)]


def test_the_head_teacher_hears_of_it_where_there_is_one(cast):
    host_of_school(cast)
    head_teacher(cast)
    made = reserved(kit().id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    assert told(made) == [("reserved", HEAD)]


def test_a_school_without_account_is_written_to_by_text_message(cast):
    host_of_home(cast)
    wish = Wish(school_id=cast.ids["school"], contact_phone="+33612345678")
    made = reserved(kit().id, morning(), cast.ids["mediator"], wish)
    (message,) = mails(made.reference)
    assert (message.channel, message.recipient, message.subject) == (Channel.SMS, "+33612345678", "")
    assert message.body.startswith("Mallette réservée : Mallette bleue, mar. 17 mars à 9h00")
    assert len(message.body) <= 160


def test_nobody_is_written_to_where_nothing_is_known(cast):
    host_of_home(cast)
    made = reserved(kit().id, morning(), cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    assert told(made) == []


def test_managers_are_asked_for_their_yes(cast):
    made = reserved(kit(approval=Approval.MANAGER).id, morning(), host_of_school(cast).id, Wish(activity="Scratch"))
    assert told(made) == [("asked", HOST), ("to_answer", MANAGER)]
    asked, to_answer = mails()
    assert "acceptée" in asked.body
    assert f"/equipe/materiel/reservations/{made.id}" in to_answer.body
    assert "Scratch" in to_answer.body


def test_the_head_teacher_is_asked_where_the_kit_says_so(cast):
    head_teacher(cast)
    made = reserved(kit(approval=Approval.HEAD_TEACHER).id, morning(), host_of_school(cast).id)
    assert told(made) == [("asked", HOST), ("to_answer", HEAD)]
    assert f"/hote/mallettes/{made.code}" in mails()[1].body


def test_without_head_teacher_the_managers_are_asked(cast):
    made = reserved(kit(approval=Approval.HEAD_TEACHER).id, morning(), host_of_school(cast).id)
    assert ("to_answer", MANAGER) in told(made)


def test_the_yes_and_the_no_are_told_once(cast):
    blue = kit(approval=Approval.MANAGER)
    yes, no = (reserved(blue.id, morning(week), host_of_school(cast).id) for week in (0, 1))
    for _press in range(2):
        done(lending.approve, yes.id, by=cast.ids["manager"])
        done(lending.refuse, no.id, "Elle est révisée ce jour-là.", by=cast.ids["manager"])
    assert told(yes) == [("approved", HOST)]
    assert told(no) == [("refused", HOST)]
    assert "Elle est révisée ce jour-là." in mails(no.reference)[-1].body
    assert f"/hote/mallettes/{no.code}\n" in mails(no.reference)[-1].body  # the page that offers the same answers again


def test_the_dates_of_a_series_are_one_message(cast):
    made = series(kit().id, host_of_school(cast).id)
    (mail,) = mails()
    assert mail.reference == f"kit_series:{made[0].series}"
    assert [day in mail.body for day in ("17 mars", "24 mars", "31 mars")] == [True] * 3
    assert is_still_wanted(mail)


def test_a_series_is_answered_date_by_date_in_one_message_that_leaves(cast):
    made = series(kit(approval=Approval.MANAGER).id, host_of_school(cast).id)
    done(lending.refuse, made[1].id, "Sortie de la mallette.", by=cast.ids["manager"])
    for one in (made[0], made[2]):
        done(lending.approve, one.id, by=cast.ids["manager"])
    wanted = [one for one in mails() if one.state.value == "queued" and is_still_wanted(one)]
    assert [one.key.split(":")[2] for one in wanted] == ["answered"]
    assert wanted[0].recipient == HOST
    assert "Sortie de la mallette." in wanted[0].body


def test_a_move_tells_the_new_time_and_what_was_written_of_the_old_one_stays(cast):
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    done(lending.move, made.id, morning(1), by=cast.ids["mediator"], reason="Panne de voiture.")
    assert told(made) == [("moved", HOST)]
    body = mails(made.reference)[-1].body
    assert "17 mars" in body
    assert "24 mars" in body
    assert "Panne de voiture." in body


def test_two_moves_are_told_both_and_only_the_last_leaves(cast):
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    for week in (1, 0, 1):
        done(lending.move, made.id, morning(week), by=cast.ids["mediator"])
    assert leaving(made) == ["moved"]


def test_what_needed_a_yes_is_asked_again_after_a_move(cast):
    host = host_of_school(cast)
    made = reserved(kit(approval=Approval.MANAGER).id, morning(), host.id)
    done(lending.approve, made.id, by=cast.ids["manager"])
    done(lending.move, made.id, morning(1), by=host.id)
    assert told(made) == [("moved", HOST), ("to_answer", MANAGER)]
    done(lending.approve, made.id, by=cast.ids["manager"])
    assert told(made)[-1] == ("approved", HOST)
    assert leaving(made) == ["approved"]


def test_giving_back_is_confirmed_and_says_by_whom(cast):
    host, head = host_of_school(cast), head_teacher(cast)
    blue = kit()
    words = {}
    for week, who in enumerate((host.id, head.id, cast.ids["manager"])):
        made = reserved(blue.id, morning(week), host.id)
        done(lending.cancel, made.id, by=who, reason="Grève.")
        assert told(made) == [("cancelled", HOST)]
        words[who] = mails(made.reference)[-1].body
    assert "vous avez annulé" in words[host.id]
    assert "de votre établissement" in words[head.id]
    assert "Grève." in words[cast.ids["manager"]]


def test_a_message_that_waits_is_not_sent_once_the_loan_is_off(cast):
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    (mail,) = mails()
    with transaction():
        db.session.get_one(type(made), made.id).state = ReservationState.CANCELLED
    assert not is_still_wanted(mail)


def out(cast, **more):
    """A loan that has gone out, told by nobody yet."""
    made = reserved(kit(**more).id, morning(), host_of_school(cast).id)
    with transaction():
        db.session.get_one(type(made), made.id).state = ReservationState.HANDED_OVER
    return db.session.get_one(type(made), made.id)


@pytest.mark.parametrize(("verb", "kind"), [(notices.tell_return_soon, "return_soon"), (notices.tell_late, "late")])
def test_the_return_is_reminded_of_once_and_not_after_it(cast, verb, kind):
    made = out(cast)
    for _time in range(2):
        with transaction():
            verb(db.session.get_one(type(made), made.id))
    assert (kind, HOST) in told(made)[1:]
    assert leaving(made)[-1] == kind
    with transaction():
        db.session.get_one(type(made), made.id).state = ReservationState.RETURNED
    assert leaving(made) == []


def test_managers_hear_of_a_late_kit_with_the_number_to_call(cast):
    host_of_home(cast)
    wish = Wish(school_id=cast.ids["school"], group_label="CM2", contact_phone="+33612345678")
    made = reserved(kit().id, morning(), cast.ids["mediator"], wish)
    with transaction():
        db.session.get_one(type(made), made.id).state = ReservationState.HANDED_OVER
        notices.tell_late(db.session.get_one(type(made), made.id))
    (mail,) = [one for one in mails(made.reference) if one.recipient == MANAGER]
    assert mail.subject.startswith("Mallette pas revenue")
    assert "06 12 34 56 78" in mail.body
    assert "CM2" in mail.body
    assert f"/equipe/materiel/reservations/{made.id}" in mail.body


def test_the_next_borrower_is_offered_another_kit_while_the_first_is_out(cast):
    made = out(cast)
    green = kit("Mallette verte", units=4)
    following = reserved(made.kit_id, morning(1), host_of_school(cast).id)
    with transaction():
        notices.tell_next_is_late(db.session.merge(following), db.session.merge(made))
    body = mails(following.reference)[-1].body
    assert f"{green.name} (4 × tablette)" in body
    assert f"/hote/mallettes/{following.code}/autre" in body
    assert leaving(following) == ["reserved", "next_is_late"]
    with transaction():
        db.session.get_one(type(made), made.id).state = ReservationState.RETURNED
    assert leaving(following) == ["reserved"]


def test_a_kit_that_came_back_late_may_not_be_charged(cast):
    made = out(cast)
    with transaction():
        db.session.get_one(type(made), made.id).state = ReservationState.RETURNED
    following = reserved(made.kit_id, morning(1), host_of_school(cast).id)
    with transaction():
        notices.tell_next_is_late(db.session.merge(following), db.session.merge(made))
    assert leaving(following) == ["reserved", "not_ready"]


def test_messages_are_in_the_language_of_whoever_reads_them(cast):
    host = host_of_school(cast, locale="en")
    made = reserved(kit().id, morning(), host.id)
    (mail,) = mails(made.reference)
    assert (mail.locale, mail.subject) == ("en", "Kit reserved: Mallette bleue, Tue 17 Mar, 9:00")
    assert "Hello Bruno Lacaze," in mail.body


def test_whoever_reads_can_open_the_page_that_is_named(client, cast):
    host = host_of_school(cast)
    green = kit("Mallette verte")
    made = reserved(kit(approval=Approval.MANAGER, minimum_units=3).id, morning(), host.id)
    breaks(made.kit_id, 1)
    for one in mails():
        path = next(line for line in one.body.splitlines() if "://" in line).partition("parvis.test")[2]
        sign_in(client, cast.host if one.recipient == HOST else cast.manager)
        assert client.get(path).status_code == 200, path
    (short,) = [one for one in mails(made.reference) if ":short:" in one.key]
    assert green.name in short.body
    assert "/autre-mallette" in short.body


def test_an_account_that_was_closed_is_not_written_to(cast):
    host = host_of_school(cast)
    made = reserved(kit().id, morning(), host.id)
    host_of_school(cast, active=False)
    done(lending.cancel, made.id, by=cast.ids["manager"])
    assert told(made) == []


def test_nothing_is_told_of_what_was_refused(cast):
    host = host_of_school(cast)
    blue = kit()
    reserved(blue.id, morning(), host.id)
    before = len(mails())
    with pytest.raises(lending.KitTaken):
        reserved(blue.id, morning(), host.id)
    assert len(mails()) == before


def test_reminders_wait_for_the_morning_and_answers_do_not(cast, monkeypatch):
    made = out(cast)
    night = NOW + timedelta(hours=15)
    monkeypatch.setattr("equipment.service.delivering.clock.now", lambda: night)
    with transaction():
        notices.tell_late(db.session.get_one(type(made), made.id))
    assert mails(made.reference)[-1].not_before > night
