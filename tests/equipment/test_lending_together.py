"""Two colleagues at once: of their answers one counts, a kit is given once, and the ledger stays right."""

from __future__ import annotations

import pytest

from accounts.models import Account
from equipment.models import Approval, ReservationState
from equipment.service import lending
from foundation.db import db, in_transaction
from foundation.errors import Refused
from tests.cast import NOW
from tests.equipment.given import by_rights, host_of_school, kit, ledger, morning, reserved
from tests.equipment.lent import reservations
from tests.moments import together
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")


def press(cast, verb, reservation_id, *rest, **more):
    """A press of a manager, on their own connection."""
    manager_id = cast.ids["manager"]

    def act():
        actor = db.session.get_one(Account, manager_id)
        return verb(reservation_id, *rest, actor, now=NOW, **more).id

    return lambda: in_transaction(act)


def outcomes(found):
    """How many went through; what did not was refused, and broke nothing."""
    assert all(one is None or isinstance(one, Refused) for one in found), found
    return sum(one is None for one in found)


def test_of_a_yes_and_a_no_one_counts(app, cast):
    made = reserved(kit(approval=Approval.MANAGER).id, morning(), host_of_school(cast).id)
    found = together(app, [press(cast, lending.approve, made.id), press(cast, lending.refuse, made.id, "Sortie")])
    assert outcomes(found) == 1
    state = reread(made).state
    assert state in {ReservationState.APPROVED, ReservationState.REFUSED}
    assert bool(ledger()) is (state is ReservationState.APPROVED)
    assert ledger() == by_rights()


def test_the_same_answer_twice_is_one_answer(app, cast):
    made = reserved(kit(approval=Approval.MANAGER).id, morning(), host_of_school(cast).id)
    assert outcomes(together(app, [press(cast, lending.approve, made.id) for _ in range(2)])) == 2
    assert [event.kind.value for event in reread(made).events] == ["requested", "approved"]


def test_what_is_moved_while_it_is_called_off_holds_nothing_or_is_refused(app, cast):
    made = reserved(kit(approval=Approval.MANAGER).id, morning(), host_of_school(cast).id)
    other = kit("Verte").id
    acts = [press(cast, lending.move, made.id, morning(1), kit_id=other), press(cast, lending.cancel, made.id)]
    assert outcomes(together(app, acts)) >= 1
    assert reread(made).state is ReservationState.CANCELLED
    assert ledger() == by_rights() == set()


def test_two_reservations_given_the_same_kit_at_once_get_it_once(app, cast):
    first, second = (reserved(kit(name).id, morning(), cast.ids["manager"]) for name in ("A", "B"))
    wanted = kit("C").id
    found = together(app, [press(cast, lending.move, one.id, morning(), kit_id=wanted) for one in (first, second)])
    assert outcomes(found) == 1
    assert [one.kit_id for one in reservations()].count(wanted) == 1
    assert ledger() == by_rights()
