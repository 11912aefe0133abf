"""Somebody answers whether it helped on a small phone without JavaScript; a mediator notes what came of a referral."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from activity.models import Helped, Outcome, Referral, ReferralOutcome, Satisfaction
from foundation.codes import free_code
from foundation.db import db, in_transaction
from mediation.models import Appointment, Attendance
from mediation.service import records
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.measures import faults_of, overflow_of
from tests.mediation.days import TEN, appointment, draft, planned
from tests.mediation.residents import own

AGO = TEN - timedelta(days=20)


def kept(model, column):
    db.session.rollback()
    return list(db.session.scalars(select(column).select_from(model)))


@pytest.fixture
def referred(site):
    """The id of an appointment of twenty days ago, whose record sent somebody on."""
    cast = site.cast
    id_ = planned(cast, AGO, attendance=Attendance.SEEN, code=free_code(Appointment.code))
    wanted = draft(cast, appointment_id=id_, started_at=AGO, referrals=frozenset({Referral.SOCIAL_AID}))
    author = cast.mediator
    in_transaction(lambda: records.write(wanted, now=AGO + timedelta(hours=1), actor=author))
    return id_


@pytest.mark.parametrize(("language", "yes", "no"), [
    ("fr", "Oui, tout à fait", "Je préfère ne pas répondre"), ("ar", "نعم، تمامًا", "أفضّل ألا أجيب"),
], ids=["fr", "ar"])  # fmt: skip
def test_one_press_answers_and_another_takes_it_back(visit, referred, language, yes, no):
    page = visit(own(appointment(referred)), size=PHONE, javascript=False, language=language)
    page.get_by_role("button", name=yes).click()
    assert page.locator(".flash").count() == 1
    assert kept(Satisfaction, Satisfaction.answer) == [Helped.FULLY]
    page.get_by_role("button", name=no).click()
    assert kept(Satisfaction, Satisfaction.answer) == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_its_pages_are_clean_and_fit(visit, referred, site, size):
    mediator = site.cast.mediator
    page = visit(own(appointment(referred)), size=size)
    assert (faults_of(page), overflow_of(page)) == ([], [])
    page = visit("/equipe/comptes-rendus/orientations", size=size, account=mediator)
    assert (faults_of(page), overflow_of(page)) == ([], [])
    page.locator("ol.agenda .who a").click()
    assert (faults_of(page), overflow_of(page)) == ([], [])


def test_the_list_is_worked_off_with_one_press_each(visit, referred, site):
    page = visit("/equipe/comptes-rendus/orientations", javascript=False, account=site.cast.mediator)
    page.get_by_role("button", name="N’a pas donné suite").click()
    assert "Rien n’attend" in page.locator("main").inner_text()
    assert kept(ReferralOutcome, ReferralOutcome.outcome) == [Outcome.DID_NOT_GO]
