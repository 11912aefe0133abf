"""All workshops of the demonstration: planned and filled before the appointments are drawn, and lived after them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from demo.people import Resident
from demo.workshops import families
from demo.workshops.asking import ask
from demo.workshops.clubs import CLASS, CLUB, CLUB_DONE
from demo.workshops.courses import COURSE, COURSE_DONE, TRAINING
from demo.workshops.earlier import CHILDREN, EARLIER, RESIDENTS
from demo.workshops.enrolling import GROUP, Enrolment
from demo.workshops.events import CAFE, PHONES, SEATS, TEENS
from demo.workshops.homes import HOME, HOME_DONE
from demo.workshops.lived import Life
from demo.workshops.planning import Planned, disturb, plan
from demo.workshops.stage import Stage
from demo.workshops.weekend import plan_weekends
from workshops.service import registering
from workshops.service.retention import erase_child_sheets

SERIES = (*EARLIER, CLUB_DONE, HOME_DONE, COURSE_DONE, CLUB, COURSE, HOME, CLASS, CAFE, PHONES, TEENS, TRAINING)
FREED = timedelta(hours=3)
"""A family gave its seats back so long before the loading: the desk has somebody to call."""
SINCE = timedelta(days=6)
"""Registration for the workshops of the weekend began so long before the loading."""


def prepare(stage: Stage, draw: Random, residents: Sequence[Resident]) -> dict[str, Planned]:
    """Plan everything and register everybody; the time of mediators and rooms is held from now on."""
    planned = [plan(stage, series) for series in SERIES] + plan_weekends(stage)
    by_key = {one.series.key: one for one in planned}
    _enrol(by_key, Enrolment(stage, draw, residents), stage)
    for one in planned:
        disturb(stage, one)
    ask(stage)
    return by_key


def live(stage: Stage, draw: Random, residents: Sequence[Resident], planned: dict[str, Planned]) -> None:
    """Tell what happened in the sessions that are over. The records of appointments are written before."""
    life = Life(stage, draw, residents)
    for one in planned.values():
        life.live(one)
    erase_child_sheets(stage.now)


def _enrol(planned: dict[str, Planned], enrolment: Enrolment, stage: Stage) -> None:
    done, club = planned["club_done"], planned["club"]
    enrolment.families(done, families.CLUB_DONE, done.opened_at)
    enrolment.families(club, families.CLUB, club.opened_at)
    enrolment.families(club, families.CLUB_WAITS, club.opened_at + timedelta(days=25))
    enrolment.residents(planned["course_done"], 8)
    enrolment.residents(planned["course"], 6)
    for session, seats in enumerate(SEATS["phones"]):
        enrolment.residents(planned["phones"], seats, session)
    for session, seats in enumerate(SEATS["teens"]):
        enrolment.teens(planned["teens"], seats, session)
    enrolment.group(planned["home_done"], GROUP)
    enrolment.group(planned["home_earlier"], RESIDENTS)
    enrolment.group(planned["club_earlier"], CHILDREN)
    enrolment.residents(planned["course_earlier"], 7)
    _weekend(planned["families"], enrolment, stage)


def _weekend(planned: Planned, enrolment: Enrolment, stage: Stage) -> None:
    """One workshop is full, people wait, and a family has just given its seats back."""
    at = stage.now - SINCE
    enrolment.visitors(planned, 0, families.WEEKEND[2:], at)
    coming = enrolment.visitors(planned, 1, families.WEEKEND, at)
    enrolment.visitors(planned, 2, families.WEEKEND[:1], at)
    enrolment.visitors(planned, 1, families.WEEKEND_WAITS, stage.now - timedelta(days=1))
    registering.cancel(coming[1].id, now=stage.now - FREED, by_resident=True)
