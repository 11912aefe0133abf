"""Head-count, group, phone, sheet and the like are corrected; the kit, its time and the yes it had stay."""

from __future__ import annotations

import pytest

from accounts.models import Account
from equipment.models import Approval, Reservation, ReservationEvent, ReservationEventKind, ReservationState
from equipment.rules.lending import Wish
from equipment.rules.refusals import NoSuchReservation, NotToChange
from equipment.service import lending
from equipment.service.changing import DETAILS, change_details
from foundation import audit
from foundation.db import db, transaction
from tests.cast import sign_in
from tests.equipment.borrowing import HOME, as_teacher, reservations
from tests.equipment.given import by_rights, done, host_of_school, kit, ledger, morning, reserved
from tests.equipment.lent import read
from tests.workshops.asking import stranger

pytestmark = pytest.mark.usefixtures("stopped_clock")
BEFORE = Wish(group_label="CM1", activity="Scratch", units_wanted=3, head_count=24)
AFTER = {
    "units_wanted": "2", "group_label": "CM2", "head_count": "26", "activity": "Photos",
    "contact_phone": "06 39 98 00 55", "sheet_url": "https://example.org/fiche.pdf",
}  # fmt: skip


def agreed(cast):
    """What a manager has agreed to."""
    made = reserved(kit(approval=Approval.MANAGER).id, morning(), host_of_school(cast).id, BEFORE)
    return done(lending.approve, made.id, by=cast.ids["manager"])


def events(one):
    db.session.rollback()
    rows = db.session.query(ReservationEvent).filter_by(reservation_id=one.id, kind=ReservationEventKind.CHANGED)
    return rows.all()


def details(one):
    return tuple(getattr(one, name) for name in DETAILS)


def test_all_details_are_corrected_and_what_was_agreed_to_stays_so(client, cast):
    one = agreed(cast)
    held = ledger()
    as_teacher(client, cast)
    address = f"{HOME}/{one.code}/changer"
    assert f'href="{address}"' in client.get(f"{HOME}/{one.code}").text
    form = client.get(address).text
    for typed in ('value="CM1"', 'value="Scratch"', 'value="24"', 'value="3"'):
        assert typed in form
    page = read(client, client.post(address, data=AFTER).location)
    assert "Les précisions sont modifiées." in page
    assert "École des Peupliers, CM2" in page
    (now,) = reservations()
    assert details(now) == ("CM2", "Photos", "https://example.org/fiche.pdf", 2, 26, "+33639980055")
    assert (now.state, now.period, now.kit_id) == (ReservationState.APPROVED, one.period, one.kit_id)
    assert ledger() == held == by_rights()


def test_it_is_noted_once_with_who_did_it_and_which_fields(client, cast):
    one = agreed(cast)
    as_teacher(client, cast)
    for _press in range(2):
        client.post(f"{HOME}/{one.code}/changer", data=AFTER | {"contact_phone": "", "sheet_url": ""})
    (event,) = events(one)
    assert event.actor_id == cast.ids["host"]
    (entry,) = [entry for entry in audit.history(one.reference) if entry.action == "reservation.changed"]
    assert entry.details["fields"] == "activity, group_label, head_count, units_wanted"
    assert "Réservation modifiée" in read(client, f"{HOME}/{one.code}")


def test_what_is_left_empty_is_empty(client, cast):
    one = agreed(cast)
    as_teacher(client, cast)
    assert client.post(f"{HOME}/{one.code}/changer", data=dict.fromkeys(AFTER, "")).status_code == 303
    assert details(reservations()[0]) == ("", "", "", 0, 0, "")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("head_count", "501"), ("head_count", "x"), ("units_wanted", "-1"), ("group_label", "é" * 121),
        ("activity", "2 69 05 49 588 157 80"), ("sheet_url", "javascript:alert(1)"), ("contact_phone", "12"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_said_beside_its_field_and_nothing_is_written(client, cast, field, wrong):
    one = agreed(cast)
    as_teacher(client, cast)
    response = client.post(f"{HOME}/{one.code}/changer", data=AFTER | {field: wrong})
    assert response.status_code == 422
    assert f'href="#{field}"' in response.text
    assert details(reservations()[0]) == details(one)
    assert events(one) == []


@pytest.mark.parametrize("state", [ReservationState.HANDED_OVER, ReservationState.CANCELLED, ReservationState.RETURNED])
def test_what_has_gone_out_or_is_over_is_not_corrected(client, cast, state):
    one = agreed(cast)
    with transaction():
        db.session.get(Reservation, one.id).state = state
    as_teacher(client, cast)
    assert "/changer" not in client.get(f"{HOME}/{one.code}").text
    assert client.get(f"{HOME}/{one.code}/changer").status_code == 409
    assert client.post(f"{HOME}/{one.code}/changer", data=AFTER).status_code == 409
    with pytest.raises(NotToChange):
        done(change_details, one.id, BEFORE, by=cast.ids["host"])


def test_nobody_else_corrects_it(client, cast):
    one = agreed(cast)
    other = stranger()
    sign_in(client, other)
    assert client.get(f"{HOME}/{one.code}/changer").status_code == 404
    assert client.post(f"{HOME}/{one.code}/changer", data=AFTER).status_code == 404
    with pytest.raises(NoSuchReservation):
        done(change_details, one.id, Wish(), by=db.session.merge(other).id)
    assert db.session.get(Account, cast.ids["host"]).name in read(sign_in(client, cast.host), f"{HOME}/{one.code}")
