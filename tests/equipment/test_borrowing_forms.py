"""What the pages of borrowers send: kept in a cookie and read again without loss; what they mean."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest
from werkzeug.datastructures import MultiDict

from equipment.forms.borrowing import DetailsForm, NeedForm
from equipment.forms.borrowing_acts import FOUND, PROBLEMS, MoveForm, Problem, ProblemForm, ReasonForm
from equipment.forms.borrowing_answers import as_typed, kept, of_period, when_of, wish_of
from equipment.models import Condition, Handing
from equipment.rules.asking import HoursMissing, RepeatsWithinADay, UntilMissing, When
from equipment.rules.refusals import LoanInThePast, NoDates, TooManyDates
from equipment.rules.school_day import EXACT, PARTS, NoSchoolThen
from foundation.period import Period
from tests.equipment.borrowing import details, need
from tests.equipment.given import TUESDAY, hours
from tests.test_routes_access import ONE_ENGINE

pytestmark = ONE_ENGINE


@pytest.fixture(autouse=True)
def posting(app):
    """A request of the town, without forgery tokens: only the shape is looked at."""
    before, app.config["WTF_CSRF_ENABLED"] = app.config["WTF_CSRF_ENABLED"], False
    with app.test_request_context("/", method="POST"):
        yield
    app.config["WTF_CSRF_ENABLED"] = before


def need_form(at_school=True, **changes):
    form = NeedForm(["Robots", "Tablettes"], at_school, formdata=MultiDict(need(**changes)))
    form.validate()
    return form


def kept_and_read(answers):
    """Through the cookie, which leaves empty answers out."""
    return as_typed(json.loads(json.dumps({name: value for name, value in answers.items() if value})))


@pytest.mark.parametrize(
    ("changes", "when"),
    [
        ({}, When(TUESDAY, "matin")),
        ({"part": "a2"}, When(TUESDAY, "a2")),
        ({"part": EXACT, "starts": "09:05", "ends": "10:40"}, When(TUESDAY, EXACT, time(9, 5), time(10, 40))),
        ({"last_day": "2026-03-19"}, When(TUESDAY, "matin", last_day=date(2026, 3, 19))),
        ({"every": "2", "until": "2026-06-30"}, When(TUESDAY, "matin", every=2, until=date(2026, 6, 30))),
        (
            {"every": "1", "until": "2026-06-30", "in_holidays": "y"},
            When(TUESDAY, "matin", every=1, until=date(2026, 6, 30), in_holidays=True),
        ),
    ],
)
def test_a_time_means_the_same_before_and_after_the_cookie(changes, when):
    form = need_form(**changes)
    assert form.errors == {}
    assert form.when() == when
    assert when_of(kept_and_read(form.answers())) == when


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts": "09:00", "ends": "10:00"}, "starts"),
        ({"starts": "09:00"}, "starts"),
        ({"ends": "10:00"}, "ends"),
        ({"starts": "08:30", "ends": "10:00"}, "ends"),
        ({"part": "journee", "starts": "08:30", "ends": "11:30"}, "ends"),
        ({"until": "2026-05-05"}, "until"),
        ({"part": ""}, "part"),
    ],
)
def test_what_contradicts_itself_or_was_not_said_is_asked_again_once(changes, field):
    form = need_form(**changes)
    assert {name: len(said) for name, said in form.errors.items()} == {field: 1}


def test_hours_alone_mean_other_hours_and_nothing_is_ticked_beforehand():
    typed = need(starts="09:05", ends="10:40")
    del typed["part"]
    form = NeedForm([], at_school=True, formdata=MultiDict(typed))
    assert form.validate(), form.errors
    assert form.when() == When(TUESDAY, EXACT, time(9, 5), time(10, 40))
    assert "checked" not in NeedForm([], at_school=True, formdata=None).part()


def test_hours_that_are_those_of_the_part_say_the_same_twice():
    assert need_form(starts="08:30", ends="11:30").errors == {}


def test_left_out_dates_stay_with_the_answers():
    answers = need_form(every="1", until="2026-06-30").answers() | {"left_out": ["2026-03-24", "2026-03-31"]}
    assert when_of(kept_and_read(answers)).left_out == {date(2026, 3, 24), date(2026, 3, 31)}


def test_what_was_typed_is_drawn_again_from_the_cookie():
    typed = need_form(part=EXACT, starts="09:05", ends="10:40", every="1", until="2026-06-30", kind="Robots")
    again = NeedForm(["Robots", "Tablettes"], at_school=True, formdata=None, data=kept_and_read(typed.answers()))
    for name in ("day", "part", "starts", "ends", "every", "until", "kind", "units_wanted", "group_label", "activity"):
        assert again[name].data == typed[name].data, name


def test_a_kind_that_is_gone_does_not_break_the_page_again():
    again = NeedForm(
        ["Tablettes"], at_school=True, formdata=None, data=kept_and_read(need_form(kind="Robots").answers())
    )
    assert "Tablettes" in again.kind()


def test_words_are_kept_without_the_spaces_around_them():
    form = need_form(group_label="  CM1 ", activity=" Scratch  ")
    assert (form.group_label.data, form.activity.data) == ("CM1", "Scratch")


def test_numbers_may_be_left_empty():
    form = need_form(units_wanted="", head_count="")
    assert form.errors == {}
    wish = wish_of(kept_and_read(form.answers()), 3, None)
    assert (wish.units_wanted, wish.head_count) == (0, 0)


def test_the_wish_is_for_the_place_of_the_host_and_all_that_was_typed():
    typed = details(outward="delivered", contact_phone="06 39 98 00 55", sheet_url=" https://x.fr ")
    form = DetailsForm("Charger", formdata=MultiDict(typed))
    assert form.validate()
    answers = kept_and_read(need_form().answers() | form.answers())
    wish = wish_of(answers, 3, None)
    assert (wish.school_id, wish.care_home_id) == (3, None)
    assert (wish.group_label, wish.activity, wish.units_wanted, wish.head_count) == ("CM1", "Scratch", 3, 24)
    assert (wish.outward, wish.homeward) == (Handing.DELIVERED, Handing.DELIVERED)
    assert (wish.contact_phone, wish.sheet_url) == ("+33639980055", "https://x.fr")


def test_a_wish_without_details_is_collected_and_brought_back():
    wish = wish_of({}, None, 7)
    assert (wish.outward, wish.homeward, wish.care_home_id) == (Handing.COLLECTED, Handing.COLLECTED, 7)


@pytest.mark.parametrize("conditions", ["", "  \n "])
def test_conditions_are_accepted_only_where_there_are_any(conditions):
    assert "accepted" not in DetailsForm(conditions, formdata=MultiDict(details()))
    assert "accepted" in DetailsForm("Compter", formdata=MultiDict(details()))


@pytest.mark.parametrize("part", PARTS, ids=[one.key for one in PARTS])
def test_a_loan_of_a_part_of_the_day_is_shown_as_that_part(part):
    shown = of_period(hours(TUESDAY, part.starts, part.ends))
    assert (shown["day"], shown["part"], shown["last_day"]) == (TUESDAY, part.key, None)


def test_other_loans_are_shown_by_their_hours_and_mean_the_same_again():
    shown = of_period(hours(TUESDAY, time(9), time(12)))
    assert (shown["part"], shown["starts"], shown["ends"]) == (EXACT, time(9), time(12))
    days = Period(hours(TUESDAY).start, hours(TUESDAY + timedelta(days=2)).end)
    shown = of_period(days)
    assert (shown["part"], shown["last_day"]) == (EXACT, TUESDAY + timedelta(days=2))
    assert when_of(kept_and_read(kept(shown))) == When(TUESDAY, EXACT, time(9), time(12), TUESDAY + timedelta(days=2))


def test_days_and_hours_are_kept_as_words_and_numbers_as_they_are():
    assert kept({"day": TUESDAY, "starts": time(9, 5), "every": 2, "kind": "", "in_holidays": True}) == {
        "day": "2026-03-17", "starts": "09:05", "every": 2, "kind": "", "in_holidays": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("refused", "field"),
    [
        (LoanInThePast(), "day"),
        (NoDates(), "day"),
        (TooManyDates(), "day"),
        (HoursMissing("starts"), "starts"),
        (HoursMissing("ends"), "ends"),
        (UntilMissing(), "until"),
        (RepeatsWithinADay(), "last_day"),
        (NoSchoolThen(), "part"),
    ],
)
def test_a_refusal_stands_beside_what_has_to_be_changed(refused, field):
    form = need_form()
    form.refuse(refused)
    ((named, sentence),) = form.faults()
    assert (named.name, sentence) == (field, str(refused))


def test_a_care_home_chooses_among_half_days_a_school_among_lessons_too():
    assert len(need_form(at_school=False).part.choices) == 4
    assert len(need_form(at_school=True).part.choices) == len(PARTS) + 1
    assert need_form(at_school=False, part="m1").errors.keys() == {"part"}


def test_another_kit_is_one_of_those_that_are_offered():
    typed = {"day": "2026-03-17", "part": "matin", "kit_id": "2"}
    for kits, fits in (([(1, "Bleue"), (2, "Rouge")], True), ([(1, "Bleue")], False)):
        form = MoveForm(kits, at_school=True, formdata=MultiDict(typed))
        assert form.validate() is fits


def test_every_problem_has_words_and_a_condition_that_serves_nobody():
    assert set(PROBLEMS) == set(FOUND) == set(Problem)
    assert not any(condition.serves for condition in FOUND.values())
    assert Condition.RETIRED not in FOUND.values()


def test_a_device_and_a_word_are_both_left_to_the_teacher():
    assert ProblemForm([(4, "T-4")], formdata=MultiDict({})).validate()
    form = ProblemForm([(4, "T-4")], formdata=MultiDict({"item_id": "4", "note": " Écran noir "}))
    assert form.validate()
    assert (form.item_id.data, form.note.data) == (4, "Écran noir")
    assert not ProblemForm([(4, "T-4")], formdata=MultiDict({"item_id": "5"})).validate()


def test_a_reason_is_at_most_as_long_as_it_can_be_kept():
    assert ReasonForm(formdata=MultiDict({"reason": "é" * 300})).validate()
    assert not ReasonForm(formdata=MultiDict({"reason": "é" * 301})).validate()
