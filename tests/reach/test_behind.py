"""Lists behind figures: each makes its figure again, whatever the scope, the filters and the side."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import AgeBand, Channel, Procedure, Referral, Theme
from foundation.db import db
from mediation.models import Attendance
from people.models import Residence
from reach.queries.behind.found import PER_PAGE
from reach.queries.board import VALUES, board
from reach.queries.topics import topics
from reach.rules import periods
from reach.rules.filters import Priority, Side
from reach.rules.indicators import INDICATORS
from reach.rules.scope import TERRITORY, Scope
from reach.views.dashboard.listed import ABOUT, AGAINST_INHABITANTS, LISTS, about
from tests.counting import statements
from tests.mediation.booking_wishes import TEN
from tests.mediation.days import planned
from tests.reach.asking import asked, of
from tests.reach.behind import lines, made
from tests.reach.came import came
from tests.reach.dashboards import met, two_structures
from tests.vouchers.given import DEVICE, TRAINING, campaign, handed, lesson, paid, partner, person
from vouchers.models import PartnerKind

NOT_LISTED = {"autonomy", "satisfaction"}
"""Decisions 86 and 87: comparisons and answers of named people are counted, and never shown one by one."""


def a_month(cast):
    """Something behind most figures, by two mediators of two structures."""
    two_structures(cast)
    came(cast, 3, area="mills", back=1, heads=4)
    came(cast, 2, residence=Residence.UNKNOWN, age=AgeBand.UNDER_12)
    for number, became in enumerate([*Attendance, Attendance.SEEN]):
        planned(cast, TEN + timedelta(hours=number), attendance=became)
    handed(cast, campaign(cast, DEVICE).id)
    voucher = handed(cast, campaign(cast, TRAINING).id)
    till = partner(cast, PartnerKind.TRAINING)
    paid(voucher.code, till, lesson(2))


def test_each_figure_has_a_list_or_a_reason_to_have_none():
    assert set(VALUES) == set(LISTS) | AGAINST_INHABITANTS | NOT_LISTED
    assert set(INDICATORS) == set(VALUES) | set(ABOUT)
    assert len({one.name for one in LISTS.values()}) == len(LISTS)


VIEWS = (
    {}, {"channel": Channel.VENUE}, {"age_band": AgeBand.FROM_70}, {"priority": Priority.YES},
    {"side": Side.PLACE, "priority": Priority.NO}, {"span": periods.month(2026, 2)}, {"span": periods.year(2027)},
)  # fmt: skip


def test_each_list_makes_its_figure_in_every_scope(cast):
    a_month(cast)
    scopes = [TERRITORY, Scope(structure_id=cast.ids["town"]), Scope(mediator_id=cast.ids["other_mediator"])]
    for scope, chosen in [*((scope, {}) for scope in scopes), *((TERRITORY, chosen) for chosen in VIEWS[1:])]:
        found = asked(board, scope, **chosen)
        for key in LISTS:
            figure = found.value(key)[0]
            if key == "not_located":
                figure = round((figure or 0) * found.now.contacts.total.people)
            assert made(key, scope, **chosen) == (figure if figure is None else pytest.approx(figure)), (key, chosen)


def test_filters_by_ids_hold_for_lists_too(cast):
    a_month(cast)
    for chosen in (
        {"mediator_id": cast.ids["other_mediator"]}, {"structure_id": cast.ids["town"]},
        {"venue_id": cast.ids["library"]}, {"neighbourhood_id": cast.ids["mills"]}, {"neighbourhood_id": 999},
    ):  # fmt: skip
        found = asked(board, **chosen)
        for key in ("people", "first_timers", "returning", "contacts", "hours", "kept", "noshow", "device_vouchers"):
            assert made(key, **chosen) == pytest.approx(found.value(key)[0]), (key, chosen)


def test_no_filter_of_a_list_widens_its_scope(cast):
    a_month(cast)
    for scope, foreign in (
        (Scope(structure_id=cast.ids["town"]), {"structure_id": cast.ids["association"]}),
        (Scope(mediator_id=cast.ids["mediator"]), {"mediator_id": cast.ids["other_mediator"]}),
    ):
        assert {key: lines(one, scope, **foreign) for key, one in LISTS.items() if lines(one, scope, **foreign)} == {}


def test_what_could_not_be_obeyed_is_the_same_as_for_the_figure(cast):
    filters = of(age_band=AgeBand.FROM_70, channel=Channel.PHONE, priority=Priority.YES)
    found = board(filters, TERRITORY).now
    wanted = {
        "people": frozenset(), "kept": found.appointments.unapplied, "waiting": found.appointments.unapplied,
        "fill": found.sessions.unapplied, "children": found.sessions.unapplied, "pupils": found.kits.unapplied,
        "kit_hours": found.kits.unapplied, "euros": found.vouchers.unapplied, "still_used": found.vouchers.unapplied,
        "device_vouchers": found.vouchers.unapplied, "progress": found.progress.unapplied,
    }  # fmt: skip
    assert {key: LISTS[key].find(filters, TERRITORY, 1).unapplied for key in wanted} == wanted


def test_the_records_of_a_theme_are_as_many_as_its_figure_says(cast):
    met(cast, themes=frozenset({Theme.PROCEDURES, Theme.EMAIL}), procedures=frozenset({Procedure.HOUSING}))
    met(cast, 1, themes=frozenset({Theme.EMAIL}), referrals=frozenset({Referral.SOCIAL_AID}))
    met(cast, 20, themes=frozenset({Theme.WEB}))
    met(cast, 2, "other_mediator", themes=frozenset({Theme.EMAIL}))
    values = {"themes": Theme, "procedures": Procedure, "referrals": Referral}
    for scope in (TERRITORY, Scope(mediator_id=cast.ids["mediator"])):
        found = asked(topics, scope)
        for key, kinds in values.items():
            told = getattr(found, key)
            for one in kinds:
                listed = lines(about(key, one.value), scope)
                assert len(listed) == (told[one].records if one in told else 0), one
                assert sum(sum(line.numbers[:2]) for line in listed) == (told[one].contacts if one in told else 0)


def test_who_waited_longest_stands_first_and_people_stand_by_name(cast):
    for number, asked_before in enumerate((1, 9, 4)):
        planned(
            cast, TEN + timedelta(hours=number), attendance=Attendance.SEEN, person_id=person(),
            created_at=TEN - timedelta(days=asked_before),
        )  # fmt: skip
    assert [line.numbers[0] for line in lines(LISTS["waiting"])] == [9, 4, 1]
    two_structures(cast)
    assert [line.name for line in lines(LISTS["people"])] == ["Farid Haddad", "Jeanne Le Goff"]


def test_a_page_is_as_many_statements_however_long_the_list(cast):
    came(cast, 2)
    counts = []
    for more in (0, PER_PAGE):
        came(cast, more)
        db.session.rollback()
        with statements() as sent:
            for one in LISTS.values():
                one.find(of(), TERRITORY, 1)
        counts.append(len(sent))
    assert counts[0] == counts[1]
