"""What pages of the register read: filters, what is next and what is out, devices, labels that are taken, the past."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Condition, Destination, Maintenance, Reservation, ReservationState
from equipment.queries import items as item_queries
from equipment.queries import kept, kit_past, photos, register, scanned
from equipment.queries.items import Shelf
from equipment.queries.register import Asked
from equipment.rules.details import Leaving
from equipment.rules.lending import Wish
from equipment.rules.photos import Photo
from equipment.rules.refusals import NoSuchKit
from equipment.service import items, kits, lending, reshaping
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from tests.cast import NOW
from tests.counting import statements
from tests.equipment.given import done, host_of_home, host_of_school, kit, morning, reserved
from tests.equipment.shelves import act, added, by, item
from tests.mediation.planning import account_in

pytestmark = pytest.mark.usefixtures("stopped_clock")


def become(reservation_id: int, state: ReservationState, **changes) -> None:
    with transaction():
        row = db.session.get_one(Reservation, reservation_id)
        row.state = state
        for name, value in changes.items():
            setattr(row, name, value)


def row_of(cast, kit_id: int) -> register.Row:
    every = register.within_reach(by(cast.ids["manager"]))
    return next(row for row in register.rows(every, NOW) if row.kit.id == kit_id)


def lent(cast, kit_id: int, weeks: int = 0) -> int:
    wish = Wish(school_id=cast.ids["school"])
    return reserved(kit_id, morning(weeks), cast.ids["mediator"], wish).id


class TestTheList:
    def test_a_structure_s_team_finds_its_own_kits_and_the_shared_ones(self, cast):
        shared, own = kit("A").id, kit("B", structure_id=cast.ids["association"]).id
        kit("C", structure_id=cast.ids["town"])
        viewer = account_in(cast, "association", Role.MEDIATOR)
        assert [one.id for one in register.within_reach(viewer)] == [shared, own]
        assert len(register.within_reach(by(cast.ids["manager"]))) == 3
        assert register.within_reach(by(cast.ids["host"])) == []

    def test_words_are_looked_for_wherever_they_stand(self, cast):
        case = kit("Mallette bleue", units=0, home_venue_id=cast.ids["library"], unit_kind="liseuse", code="MAL-07")
        every = register.within_reach(by(cast.ids["manager"]))
        for words in ("BLEUE", "mal-07", "tablettes", "liseuse", "médiathèque", "bleue port", ""):
            assert [one.id for one in register.found(every, Asked(words=words))] == [case.id], words
        assert register.found(every, Asked(words="bleue moulins")) == []

    def test_kinds_are_the_same_in_any_spelling(self, cast):
        case = kit(kind="Réalité virtuelle")
        every = register.within_reach(by(cast.ids["manager"]))
        assert [one.id for one in register.found(every, Asked(kind=" réalité  VIRTUELLE "))] == [case.id]

    def test_what_is_out_of_use_is_asked_for_by_name(self, cast):
        stays, gone = kit("A").id, kit("B", units=0).id
        act(kits.retire, gone, Leaving(), who=cast.ids["manager"])
        every = register.within_reach(by(cast.ids["manager"]))
        assert [one.id for one in register.found(every, Asked())] == [stays]
        assert [one.id for one in register.found(every, Asked(retired=True))] == [gone]
        assert row_of(cast, gone).lendable is None

    def test_the_next_loan_is_the_soonest_that_still_counts(self, cast):
        case = kit().id
        assert row_of(cast, case).coming is None
        later, soonest, refused = (lent(cast, case, weeks) for weeks in (3, 2, 1))
        become(refused, ReservationState.REFUSED, answer="Non.")
        assert row_of(cast, case).coming.id == soonest
        done(lending.cancel, soonest, by=cast.ids["mediator"])
        assert row_of(cast, case).coming.id == later

    def test_a_loan_that_is_out_is_told_even_when_it_is_late(self, cast):
        case = kit().id
        loan = lent(cast, case)
        become(loan, ReservationState.HANDED_OVER, starts_at=NOW - timedelta(days=9), ends_at=NOW - timedelta(days=8))
        found = row_of(cast, case)
        assert (found.out.id, found.coming) == (loan, None)

    def test_incidents_that_are_not_settled_are_counted(self, cast):
        case = kit(units=0).id
        for code in ("TAB-01", "TAB-02"):
            made = added(cast, case, code)
            act(reshaping.found, made.id, Condition.DAMAGED, who=cast.ids["mediator"])
        assert row_of(cast, case).faults == 2
        act(reshaping.retire, item("TAB-01").id, Destination.PARTS, "", who=cast.ids["manager"])
        assert row_of(cast, case).faults == 1


class TestAKit:
    def test_it_is_there_for_whoever_sees_it_in_use_or_not(self, cast):
        case = kit(units=0, structure_id=cast.ids["town"]).id
        act(kits.retire, case, Leaving(), who=cast.ids["manager"])
        assert kept.seen(case, by(cast.ids["mediator"])).id == case
        for viewer in (account_in(cast, "association", Role.MANAGER), by(cast.ids["host"])):
            with pytest.raises(NoSuchKit):
                kept.seen(case, viewer)
        with pytest.raises(NoSuchKit):
            kept.seen(999_999, by(cast.ids["manager"]))

    def test_it_is_found_by_its_label(self, cast):
        case = kit(units=0, code="MAL-07")
        assert kept.by_code("MAL-07").id == case.id
        assert kept.by_code("MAL-08") is None

    def test_what_it_is_still_wanted_for_stands_in_order_of_time(self, cast):
        case = kit().id
        loans = [lent(cast, case, weeks) for weeks in (3, 1)]
        with transaction():
            for weeks, gone in ((2, None), (4, NOW)):
                whole = morning(weeks)
                db.session.add(
                    Maintenance(
                        kit_id=case, label="Mises à jour", starts_at=whole.start, ends_at=whole.end,
                        planned_by_id=cast.ids["manager"], called_off_at=gone,
                    )
                )  # fmt: skip
        found = kept.still_wanted(case, NOW)
        assert [one.reservation.id if one.reservation else one.upkeep.label for one in found] == [
            loans[1], "Mises à jour", loans[0],
        ]  # fmt: skip
        assert [one.period for one in found] == [morning(weeks) for weeks in (1, 2, 3)]

    @pytest.mark.parametrize(
        ("state", "wanted"),
        [
            (ReservationState.REQUESTED, True),
            (ReservationState.APPROVED, True),
            (ReservationState.HANDED_OVER, True),
            (ReservationState.RETURNED, False),
            (ReservationState.CANCELLED, False),
            (ReservationState.REFUSED, False),
        ],
    )
    def test_only_what_may_still_happen_stands_in_the_way(self, cast, state, wanted):
        case = kit().id
        become(lent(cast, case), state, answer="Non.")
        assert bool(kept.still_wanted(case, NOW)) is wanted

    def test_what_nobody_collected_does_not(self, cast):
        case = kit().id
        lent(cast, case)
        assert kept.still_wanted(case, morning().end) == []

    def test_its_last_loans_are_those_that_came_back_latest_first(self, cast):
        case = kit().id
        loans = [lent(cast, case, weeks) for weeks in range(kit_past.LOANS + 2)]
        for one in loans[:-1]:
            become(one, ReservationState.RETURNED)
        found = [one.id for one in kit_past.loans_of(case)]
        assert found == loans[-2:0:-1]

    def test_what_was_noted_of_its_devices_is_told_with_names(self, cast):
        case = kit(units=0).id
        made = added(cast, case)
        act(items.measure_battery, made.id, 70, who=cast.ids["mediator"])
        with transaction():
            items.set_condition(made.id, Condition.MISSING, None, now=NOW)
        said = [(one.event.kind.value, one.code, one.name) for one in kit_past.events_of(case)]
        assert said == [
            ("condition", "TAB-01", ""), ("battery", "TAB-01", "Salima Benali"), ("added", "TAB-01", "Claire Vasseur"),
        ]  # fmt: skip

    def test_no_page_but_one_reads_the_photo(self, cast):
        case = kit(units=0).id
        in_transaction(lambda: kits.set_photo(case, Photo(b"x", "image/jpeg"), "", by(cast.ids["manager"])))
        db.session.expire_all()
        with statements() as sent:
            register.rows(register.within_reach(by(cast.ids["manager"])), NOW)
            kept.seen(case, by(cast.ids["manager"]))
        assert not [one for one in sent if "kit.photo," in one or "kit.photo " in one]
        assert photos.photo_of(case).content == b"x"
        assert photos.photo_of(999_999) is None


class TestDevices:
    def test_each_list_has_its_own(self, cast):
        case = kit(units=0).id
        added(cast, case, "A-1")
        added(cast, None, "A-2")
        act(items.retire, added(cast, None, "A-3").id, Destination.LOST, "", who=cast.ids["manager"])
        viewer = by(cast.ids["mediator"])
        found = {shelf: [one.code for one in item_queries.listed(viewer, shelf)] for shelf in Shelf}
        assert found == {Shelf.IN_USE: ["A-1", "A-2"], Shelf.RESERVE: ["A-2"], Shelf.GONE: ["A-3"]}
        assert [one.code for one in item_queries.reserve_of(viewer)] == ["A-2"]

    def test_a_structure_s_team_reads_its_own_and_the_shared_ones(self, cast):
        for code, owner in (("A-1", None), ("A-2", "town"), ("A-3", "association")):
            added(cast, None, code, structure_id=owner and cast.ids[owner])
        viewer = account_in(cast, "association", Role.MEDIATOR)
        assert [one.code for one in item_queries.listed(viewer, Shelf.RESERVE)] == ["A-1", "A-3"]

    def test_signs_that_databases_read_otherwise_are_plain_letters(self, cast):
        added(cast, None, "A-1", label="100 % neuf")
        added(cast, None, "A-2", label="100 neuf")
        viewer = by(cast.ids["manager"])
        assert [one.code for one in item_queries.listed(viewer, Shelf.IN_USE, "%")] == ["A-1"]
        assert item_queries.listed(viewer, Shelf.IN_USE, "_") == []

    def test_a_part_of_a_long_list(self, cast):
        for number in range(5):
            added(cast, None, f"A-{number}")
        viewer = by(cast.ids["manager"])
        assert [one.code for one in item_queries.listed(viewer, Shelf.IN_USE, offset=1, limit=2)] == ["A-1", "A-2"]

    def test_labels_are_taken_by_devices_and_kits_alike_however_many_are_asked(self, cast):
        kit(units=0, code="MAL-01")
        added(cast, None, "TAB-01")
        asked = [f"X-{number}" for number in range(1200)] + ["TAB-01", "MAL-01"]
        assert item_queries.codes_taken(asked) == {"TAB-01", "MAL-01"}
        assert item_queries.codes_taken([]) == set()

    def test_labels_under_a_stem(self, cast):
        for code in ("MAL-1-01", "MAL-10-01", "MAL-1-02"):
            added(cast, None, code)
        assert sorted(item_queries.codes_under("MAL-1-")) == ["MAL-1-01", "MAL-1-02"]

    def test_kinds_are_told_once(self, cast):
        for code, kind in (("A-1", "robot"), ("A-2", "tablette"), ("A-3", "robot")):
            added(cast, None, code, kind=kind)
        assert list(item_queries.kinds_known()) == ["robot", "tablette"]

    def test_its_past_is_told_with_the_names_of_who_noted_it(self, cast):
        made = added(cast)
        act(items.measure_battery, made.id, 70, who=cast.ids["mediator"])
        said = [(one.event.kind.value, one.name) for one in item_queries.past_of(made.id)]
        assert said == [("battery", "Salima Benali"), ("added", "Claire Vasseur")]


class TestInHand:
    def test_a_host_has_what_their_place_was_handed(self, cast):
        case, school = kit().id, host_of_school(cast)
        loan = lent(cast, case)
        assert scanned.borrowed_by(school, case) is None
        become(loan, ReservationState.HANDED_OVER)
        assert scanned.borrowed_by(host_of_school(cast), case).id == loan
        assert scanned.borrowed_by(host_of_home(cast), case) is None
        assert scanned.borrowed_by(by(cast.ids["mediator"]), case) is None

    @pytest.mark.parametrize(("hours", "at_hand"), [(13, False), (12, True), (0, True), (-3, False)])
    def test_a_kit_is_at_hand_from_half_a_day_before_its_loan(self, cast, hours, at_hand):
        case = kit().id
        loan = lent(cast, case)
        found = scanned.at_hand(case, morning().start - timedelta(hours=hours))
        assert (found.id if found else None) == (loan if at_hand else None)

    def test_what_is_out_stays_at_hand_until_it_is_back(self, cast):
        case = kit().id
        loan = lent(cast, case)
        become(loan, ReservationState.HANDED_OVER)
        assert scanned.at_hand(case, morning(8).start).id == loan
        become(loan, ReservationState.RETURNED)
        assert scanned.at_hand(case, morning().start) is None
