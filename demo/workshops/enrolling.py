"""Registers the people of the demonstration through the verbs, one after another, at the time at which they did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from random import Random

from demo.people import Resident
from demo.workshops.dates import SUMMER
from demo.workshops.families import LEVELS, NUMBERS, STUDIO, Family
from demo.workshops.planning import Planned, place_of
from demo.workshops.stage import Stage
from people.models import Residence
from people.service import Details
from workshops.models import Origin, Registration
from workshops.rules.enrolling import Child, Emergency, Enrolling, Group
from workshops.service import registering

GROUP = Group(
    "Résidents de La Roseraie", 9, "Isabelle Faucher, animatrice", "+33261910151", "animation@valbriac.example"
)
"""The home whose series is over has no account."""


class Enrolment:
    """Registers people and remembers the number that comes next."""

    def __init__(self, stage: Stage, draw: Random, residents: Sequence[Resident]) -> None:
        self.stage = stage
        self.draw = draw
        self.known = [one for one in residents if one.phone and one.birth_year]
        self.phones: dict[str, str] = {}
        self.numbers = count(NUMBERS)

    def families(self, planned: Planned, found: Sequence[Family], at: datetime) -> list[Registration]:
        """Register children for the whole series, each family some time after the one before."""
        registered = []
        for family in found:
            wish = self._family(planned, family)
            registered.append(registering.register(wish, now=at))
            at = self._later(at)
        return registered

    def visitors(self, planned: Planned, session: int, found: Sequence[Family], at: datetime) -> list[Registration]:
        """Register children with the adult who comes along, for one session."""
        registered = []
        for family in found:
            wish = self._family(planned, family, planned.session_ids[session])
            registered.append(registering.register(wish, now=at))
            at = self._later(at)
        return registered

    def residents(self, planned: Planned, how_many: int, session: int | None = None) -> None:
        """Register residents of an age that suits; the second one through a prescriber, the third one at the desk.

        Args:
            session: which one of the series, from 0; None: all of it.
        """
        at, session_id = planned.opened_at, None if session is None else planned.session_ids[session]
        for number, who in enumerate(self.draw.sample(self._suiting(planned), how_many)):
            origin = {1: Origin.PRESCRIBER, 2: Origin.DESK}.get(number, Origin.RESIDENT)
            booker = {Origin.PRESCRIBER: "nadia", Origin.DESK: planned.series.team[0]}.get(origin)
            wish = Enrolling(planned.programme_id, origin, session_id, person_id=who.id, locale=who.locale)
            actor_id = self.stage.account(booker).id if booker else None
            registering.register(wish, now=self.stage.almanac.office_hours(at) if booker else at, actor_id=actor_id)
            at = self._later(at)

    def teens(self, planned: Planned, how_many: int, session: int) -> None:
        """Register some of those who come to the studio for one session, not always the same."""
        at, session_id = planned.opened_at, planned.session_ids[session]
        for family in self.draw.sample(STUDIO, how_many):
            registering.register(replace(self._family(planned, family, session_id), comes_too=False), now=at)
            at = self._later(at)

    def _suiting(self, planned: Planned) -> list[Resident]:
        """Who is of the ages of a programme in its first year; a course for all adults is for the older."""
        youngest = max(planned.series.details["age_min"], 55)
        return [one for one in self.known if one.birth_year and one.birth_year < planned.first.year - youngest]

    def group(self, planned: Planned, group: Group) -> None:
        """Register people whom nobody names, as the mediator who leads the series wrote them down."""
        leader, home = self.stage.account(planned.series.team[0]), place_of(self.stage, planned.series)
        group = replace(group, care_home_id=home.care_home_id)
        wish = Enrolling(planned.programme_id, Origin.DESK, group=group)
        registering.register(wish, now=planned.opened_at, actor_id=leader.id)

    def _family(self, planned: Planned, family: Family, session_id: int | None = None) -> Enrolling:
        """The wish of a guardian; who comes for one session comes along."""
        year, school_year = self.stage.almanac.today.year, planned.first.year - (planned.first.month < SUMMER)
        children = tuple(
            Child(
                name, family.family_name, year - age, LEVELS[school_year - (year - age)], family.alone and age >= 10,
                family.images,
            )
            for name, age in family.children
        )  # fmt: skip
        emergency = Emergency(family.emergency, self._number(family.emergency), family.collectors)
        return Enrolling(
            planned.programme_id, Origin.RESIDENT, session_id, newcomer=self._guardian(family), children=children,
            comes_too=session_id is not None, emergency=emergency, locale=family.locale,
        )  # fmt: skip

    def _guardian(self, family: Family) -> Details:
        return Details(
            family.family_name, family.given_name, phone=self._number(f"{family.given_name} {family.family_name}"),
            contact_means=family.means, locale=family.locale, residence=Residence.INSIDE,
            neighbourhood_id=self.stage.ground.quarters[family.quarter],
        )  # fmt: skip

    def _number(self, name: str) -> str:
        """The telephone of somebody, the same each time."""
        if name not in self.phones:
            self.phones[name] = f"+33639{next(self.numbers):06}"
        return self.phones[name]

    def _later(self, at: datetime) -> datetime:
        return at + timedelta(minutes=self.draw.randint(40, 1900))
