"""What messages about loans say: every kind in both languages, in one text message, with what to do next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Approval, Borrowers, Handing, Reservation
from equipment.queries.kits import lendable
from equipment.rules.lending import Wish
from equipment.rules.news import News
from equipment.rules.notices import NoticeKind
from equipment.service.wording import borrower_words, offer_words, written
from foundation.db import db
from foundation.i18n import in_language
from foundation.outbox.models import Channel
from foundation.period import Period
from tests.equipment.given import NINE, TUESDAY, host_of_school, hours, kit, morning, reserved

pytestmark = pytest.mark.usefixtures("stopped_clock")
LONG = "Tablettes renforcées de la maison de quartier de la Croix-Verte, avec borne, casques, stylets et valise n° 12"
ALL_KINDS = [kind for kind in NoticeKind if kind is not NoticeKind.ANSWERED]


def loan(cast, name="Mallette bleue", **wish):
    made = reserved(kit(name, minimum_units=2).id, morning(), host_of_school(cast).id, Wish(**wish))
    return db.session.get_one(Reservation, made.id)


def text(reservation, kind, channel=Channel.EMAIL, locale="fr", **more):
    reader = reservation.asked_by
    with in_language(locale):
        return written(reservation, News(kind, **more), channel, reader)


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_each_says_what_when_and_where_to_go_on(cast, kind, locale):
    made = loan(cast, group_label="CM1")
    said = text(made, kind, locale=locale, kit=lendable(made.kit_id))
    assert "Mallette bleue" in said.subject
    assert ("mar. 17 mars" if locale == "fr" else "17 Mar") in said.subject
    assert made.kit.code in said.body
    assert "CM1" in said.body
    assert "http://parvis.test/hote/mallettes" in said.body
    assert "06 39 98 00 01" in said.body
    assert len(said.body) < 1200


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_text_message_fits_even_for_the_longest_name(cast, kind, locale):
    made = loan(cast, LONG)
    said = text(made, kind, Channel.SMS, locale, kit=lendable(made.kit_id))
    assert said.subject == ""
    assert len(said.body) <= 160
    assert "Tablettes" in said.body
    assert len(text(made, kind, locale=locale, kit=lendable(made.kit_id)).subject) <= 200


@pytest.mark.parametrize(
    ("outward", "words"), [(Handing.COLLECTED, "vous venez la chercher"), (Handing.DELIVERED, "nous vous l’apportons")]
)
def test_a_confirmation_says_how_the_kit_gets_there(cast, outward, words):
    assert words in text(loan(cast, outward=outward), NoticeKind.RESERVED).body


@pytest.mark.parametrize(
    ("homeward", "words"),
    [(Handing.COLLECTED, "vous la rapportez"), (Handing.DELIVERED, "venons la chercher chez vous")],
)
def test_a_reminder_says_how_it_comes_back(cast, homeward, words):
    assert words in text(loan(cast, homeward=homeward), NoticeKind.RETURN_SOON).body


def test_the_place_to_collect_it_is_named(cast):
    made = reserved(kit(home_venue_id=cast.ids["library"]).id, morning(), host_of_school(cast).id)
    body = text(db.session.get_one(Reservation, made.id), NoticeKind.RESERVED).body
    assert cast.library.name in body


def test_several_days_are_told_from_when_until_when(cast):
    period = Period(hours(TUESDAY).start, hours(TUESDAY + timedelta(days=2)).end)
    made = reserved(kit().id, period, host_of_school(cast).id)
    body = text(db.session.get_one(Reservation, made.id), NoticeKind.RESERVED).body
    assert "du mardi 17 mars à 9\u202fh\u202f00 au jeudi 19 mars à 12\u202fh\u202f00" in body


def test_blocked_and_merely_fewer_are_two_sentences(cast):
    whole, short = loan(cast, units_wanted=3), kit("Petite", units=3, broken=1)
    blocked = kit("Vide", units=3, broken=2, minimum_units=2)
    fewer = text(whole, NoticeKind.SHORT, kit=lendable(short.id)).body
    stays = text(whole, NoticeKind.SHORT, kit=lendable(blocked.id)).body
    assert "vous en aviez demandé 3" in fewer
    assert "reste chez nous" in stays


def test_other_kits_are_named_with_what_works_of_them(cast):
    assert offer_words(lendable(kit("Mallette verte", units=4, broken=1).id)) == "Mallette verte (3 × tablette)"
    assert offer_words(lendable(kit("Mallette rouge", unit_kind="").id)) == "Mallette rouge"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"group_label": "CM1"}, "École des Peupliers, CM1"),
        ({}, "École des Peupliers"),
    ],
)
def test_colleagues_read_who_borrows(cast, wish, words):
    assert borrower_words(loan(cast, **wish)) == words


def test_what_the_team_takes_is_called_by_its_purpose(cast):
    made = reserved(kit().id, morning(), cast.ids["mediator"], Wish(activity="Stand de la fête"))
    assert borrower_words(db.session.get_one(Reservation, made.id)) == "Stand de la fête"


def test_a_team_reads_its_own_pages(cast):
    made = reserved(
        kit(approval=Approval.MANAGER, borrowers=Borrowers.STAFF).id, morning(), cast.ids["mediator"],
        Wish(activity="Stand"),
    )  # fmt: skip
    said = text(db.session.get_one(Reservation, made.id), NoticeKind.MOVED)
    assert f"/equipe/materiel/reservations/{made.id}" in said.body
    assert str(NINE.hour) in said.body
