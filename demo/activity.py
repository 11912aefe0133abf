"""Some years of appointments and records, and the weeks to come, drawn shift by shift in the order of time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, TypeVar

from activity.models import ActivityKind, Aspect, Autonomy, Channel, Equipment, Procedure, Referral, Theme
from activity.rules.ages import age_band
from demo.offer import Offered
from demo.people import Resident, fresh_code
from foundation.period import Period
from mediation.models import Attendance, EventKind, Origin

NOTES = (
    "", "", "", "", "Revoir le rangement des photos.", "A bien progressé, plus à l’aise avec les menus.",
    "Dossier envoyé, attendre la réponse.", "Reviendra avec sa fille.", "Compte retrouvé ensemble.",
    "Imprimé l’attestation.", "À inscrire à l’atelier smartphone.", "Pièces manquantes, second rendez-vous pris.",
)  # fmt: skip
MINUTE, MEETING = timedelta(minutes=1), timedelta(hours=2)
Choice = TypeVar("Choice")
ORIGINS = ((Origin.RESIDENT, 34), (Origin.DESK, 34), (Origin.PRESCRIBER, 13), (Origin.WALK_IN, 19))
OUTCOMES = ((Attendance.SEEN, 78), (Attendance.NOSHOW, 9), (Attendance.EXCUSED, 9), (Attendance.REVOKED, 4))
PROCEDURES = (
    (Procedure.SOCIAL_HEALTH, 27), (Procedure.MONEY, 17), (Procedure.PAPERS, 14), (Procedure.WORK, 12),
    (Procedure.HOUSING, 10), (Procedure.FOREIGNERS, 7), (Procedure.FAMILY, 5), (Procedure.TRANSPORT, 4),
    (Procedure.JUSTICE, 2), (Procedure.ASSOCIATIONS, 1), (Procedure.LEISURE, 1),
)  # fmt: skip
REFERRALS = (
    (Referral.ADMINISTRATION, 30), (Referral.SOCIAL_AID, 24), (Referral.OPERATOR, 16), (Referral.EMPLOYMENT, 12),
    (Referral.MEDIATION_PLACE, 10), (Referral.PROCEDURES, 5), (Referral.OTHER, 3),
)  # fmt: skip
THEMES_OF_MEETINGS = (Theme.DEVICE_START, Theme.ONLINE_SAFETY, Theme.DIGITAL_CULTURE, Theme.PARENTING)
STEPS = tuple(Autonomy)
LEARNS, FORGETS = 0.16, 0.03
"""How likely somebody is a step more autonomous than the time before, or a step less."""
BY_PHONE = 0.09
"""Of what can be done by telephone."""
NEWLY, NEW = timedelta(days=60), 0.3
"""Whoever came to be known so little ago has this part of all visits: one comes often in the first weeks."""
STAYS = timedelta(days=730)
"""Whoever came to be known longer ago needs no help any more, or lives elsewhere."""
DEMAND, GROWTH = 0.7, 0.045
"""The part of a presence that is taken today, and by how much less of it a year before."""


@dataclass(frozen=True)
class Post:
    """One mediator's presence on one day, and what identifies it in the rows."""

    period: Period
    mediator_id: int
    resource_id: int
    structure_id: int | None
    venue_id: int | None
    venue_neighbourhood_id: int | None
    room_id: int | None
    room_resource_id: int | None
    channel: Channel
    services: tuple[tuple[int, Offered], ...]


def by_phone(post: Post) -> Post:
    """The same mediator at the telephone: no place and no room."""
    return replace(
        post, channel=Channel.PHONE, venue_id=None, venue_neighbourhood_id=None, room_id=None, room_resource_id=None
    )


@dataclass
class Rows:
    """What is to be inserted, table by table, ids given."""

    appointments: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    holds: list[dict[str, Any]] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    participants: list[dict[str, Any]] = field(default_factory=list)
    aspects: list[dict[str, Any]] = field(default_factory=list)
    met: dict[int, datetime] = field(default_factory=dict)
    last_contact: dict[int, datetime] = field(default_factory=dict)

    def meet(self, person_id: int, at: datetime) -> None:
        """Note that a person was known at an instant."""
        self.met[person_id] = min(at, self.met.get(person_id, at))


class Drawing:
    """Draws the rows of all posts; `now` parts what happened from what is to come.

    `known` are ends of the weights of the residents in the order in which they arrive: whoever is at hand at an instant
    is a stretch of it.
    """

    def __init__(self, draw: Random, residents: list[Resident], prescribers: list[int], now: datetime) -> None:
        self.draw = draw
        self.residents = sorted(residents, key=lambda one: (one.arrives, one.id))
        self.arrivals = [one.arrives for one in self.residents]
        self.known = list(accumulate((one.keenness for one in self.residents), initial=0.0))
        self.steps: dict[int, int] = {}
        self.prescribers = prescribers
        self.now = now
        self.rows = Rows()
        self.codes: set[str] = set()

    def remember(self, post: Post, who: Resident) -> None:
        """A visit from before appointments were booked here: a record alone, so that whoever comes back is known."""
        self._visit(post, None, self._weighted([(one, one[1].weight) for one in post.services]), who, post.period.start)

    def fill(self, post: Post) -> None:
        """Appointments one after the other, with gaps, until the post ends."""
        at = post.period.start
        while True:
            service_id, service = self._weighted([(one, one[1].weight) for one in post.services])
            until = at + timedelta(minutes=service.minutes + service.after)
            if until > post.period.end:
                return
            if self.draw.random() < self._demand(at):
                self._appointment(post, service_id, service, at)
            at = until

    def meeting(self, post: Post) -> Post:
        """A group of people whom nobody named: a head-count stays a head-count. Returns what is left of the post."""
        count = self.draw.randint(4, 12)
        told = count - self.draw.choice((0, 0, 0, 1, 2))
        women = round(told * self.draw.uniform(0.45, 0.75))
        theme = self.draw.choice(THEMES_OF_MEETINGS)
        record = self._record(post, post.period.start, MEETING // MINUTE) | {
            "kind": ActivityKind.GROUP, "anonymous_count": count, "anonymous_feminine": women,
            "anonymous_masculine": told - women, "label": "Atelier collectif",
        }  # fmt: skip
        self.rows.records.append(record)
        self._aspect(record["id"], Aspect.THEME, theme)
        self._aspect(record["id"], Aspect.EQUIPMENT, Equipment.TABLET)
        return replace(post, period=Period(post.period.start + MEETING, post.period.end))

    def _demand(self, at: datetime) -> float:
        """How likely a stretch is taken: the past was busy, the days to come fill up slowly."""
        days_ahead = (at - self.now).days
        if days_ahead < 0:
            return DEMAND + GROWTH * days_ahead / 365
        return max(0.08, 0.74 - 0.035 * days_ahead)

    def _appointment(self, post: Post, service_id: int, service: Offered, at: datetime) -> None:
        number = len(self.rows.appointments) + 1
        if Channel.PHONE in service.channels and post.venue_id and self.draw.random() < BY_PHONE:
            post = by_phone(post)
        resident = self._somebody(service, at)
        origin = self._weighted(ORIGINS) if at < self.now else self._weighted(ORIGINS[:3])
        attendance = self._outcome(at, origin)
        ends = at + timedelta(minutes=service.minutes)
        held_until = ends + timedelta(minutes=service.after)
        booked = at if origin is Origin.WALK_IN else min(at, self.now) - timedelta(hours=self.draw.randint(20, 300))
        booker = {Origin.PRESCRIBER: self.draw.choice(self.prescribers), Origin.RESIDENT: None}
        self.rows.appointments.append({
            "id": number, "code": fresh_code(self.draw, self.codes), "person_id": resident.id,
            "service_id": service_id, "service_label": service.label, "structure_id": post.structure_id,
            "mediator_id": post.mediator_id, "channel": post.channel, "venue_id": post.venue_id,
            "room_id": post.room_id, "home_address": "", "starts_at": at, "ends_at": ends, "held_from": at,
            "held_until": held_until, "attendance": attendance, "arrived_at": None,
            "companions": 1 if self.draw.random() < 0.12 else 0, "remark": "", "locale": resident.locale,
            "origin": origin, "booked_by_id": booker.get(origin, post.mediator_id), "created_at": booked,
        })  # fmt: skip
        self.rows.meet(resident.id, booked)
        self._event(number, EventKind.BOOKED, booked, booker.get(origin, post.mediator_id), to_start=at)
        if attendance.holds_time:
            self._hold(post, number, service.label, at, held_until)
        if attendance is not Attendance.EXPECTED:
            self._event(number, EventKind.MARKED, min(ends, self.now), post.mediator_id, attendance=attendance)
        if attendance is Attendance.SEEN and self._was_written(at):
            self._visit(post, number, (service_id, service), resident, at)

    def _was_written(self, at: datetime) -> bool:
        """Records of long ago are all written; of the last two days some are still to do."""
        return at < self.now - timedelta(days=2) or self.draw.random() < 0.7

    def _outcome(self, at: datetime, origin: Origin) -> Attendance:
        if at >= self.now:
            return Attendance.EXPECTED
        if origin is Origin.WALK_IN:
            return Attendance.SEEN
        if at > self.now - timedelta(hours=20) and self.draw.random() < 0.25:
            return Attendance.EXPECTED
        return self._weighted(OUTCOMES)

    def _somebody(self, service: Offered, at: datetime) -> Resident:
        """A resident of an age for this service; after six tries, whoever came last."""
        first, last = service.age
        resident = self._at_hand(at)
        for _try in range(5):
            if resident.birth_year is None or first <= at.year - resident.birth_year <= last:
                break
            resident = self._at_hand(at)
        return resident

    def _at_hand(self, at: datetime) -> Resident:
        """Anybody who had arrived at that instant, the keen more often, and newcomers more often still."""
        last = bisect_right(self.arrivals, min(at, self.now))
        first = bisect_left(self.arrivals, at - (NEWLY if self.draw.random() < NEW else STAYS))
        weight = self.draw.uniform(self.known[min(first, last - 1)], self.known[last])
        return self.residents[min(bisect_right(self.known, weight), last) - 1]

    def _visit(
        self, post: Post, appointment_id: int | None, asked: tuple[int, Offered], who: Resident, at: datetime
    ) -> None:
        service_id, service = asked
        record = self._record(post, at, service.minutes) | {
            "reference": f"appointment:{appointment_id}" if appointment_id else None, "service_id": service_id,
            "label": service.label, "autonomy": self._autonomy(service, who), "note": self.draw.choice(NOTES),
        }  # fmt: skip
        self.rows.records.append(record)
        self.rows.participants.append({
            "id": len(self.rows.participants) + 1, "record_id": record["id"], "person_id": who.id,
            "age_band": age_band(who.birth_year, at.date()), "gender": who.gender, "status": who.status,
            "residence": who.residence, "neighbourhood_id": who.neighbourhood_id,
            "first_time": who.id not in self.rows.last_contact,
        })  # fmt: skip
        self.rows.meet(who.id, at)
        self.rows.last_contact[who.id] = at
        for aspect, value in self._aspects(service):
            self._aspect(record["id"], aspect, value)

    def _autonomy(self, service: Offered, who: Resident) -> Autonomy:
        """At first what the service is for, then what becomes of it: most stay where they are, some learn."""
        start = STEPS.index(service.autonomy) if service.autonomy else self.draw.choice((0, 0, 0, 1, 1, 2))
        chance = self.draw.random()
        step = self.steps.get(who.id)
        if step is None:
            step = start
        elif chance < LEARNS:
            step = min(step + 1, len(STEPS) - 1)
        elif chance > 1 - FORGETS:
            step = max(step - 1, 0)
        self.steps[who.id] = step
        return STEPS[step]

    def _aspects(self, service: Offered) -> Iterator[tuple[Aspect, str]]:
        for theme in service.themes:
            yield Aspect.THEME, theme
        if Theme.PROCEDURES in service.themes:
            yield Aspect.PROCEDURE, self._weighted(PROCEDURES)
        yield Aspect.EQUIPMENT, self.draw.choice((Equipment.COMPUTER, Equipment.COMPUTER, Equipment.PHONE))
        if self.draw.random() < 0.09:
            yield Aspect.REFERRAL, self._weighted(REFERRALS)

    def _record(self, post: Post, at: datetime, minutes: int) -> dict[str, Any]:
        return {
            "id": len(self.rows.records) + 1, "kind": ActivityKind.INDIVIDUAL, "reference": None,
            "mediator_id": post.mediator_id, "structure_id": post.structure_id, "service_id": None,
            "label": "", "started_at": at, "duration_minutes": minutes, "channel": post.channel,
            "venue_id": post.venue_id, "venue_neighbourhood_id": post.venue_neighbourhood_id, "autonomy": None,
            "note": "", "anonymous_count": 0, "anonymous_feminine": 0, "anonymous_masculine": 0,
            "created_at": at + timedelta(minutes=minutes), "updated_at": at + timedelta(minutes=minutes),
        }  # fmt: skip

    def _aspect(self, record_id: int, aspect: Aspect, value: str) -> None:
        self.rows.aspects.append({"record_id": record_id, "aspect": aspect, "value": str(value)})

    def _hold(self, post: Post, number: int, label: str, start: datetime, end: datetime) -> None:
        for resource_id in filter(None, (post.resource_id, post.room_resource_id)):
            self.rows.holds.append({
                "resource_id": resource_id, "starts_at": start, "ends_at": end, "label": label,
                "reference": f"appointment:{number}",
            })  # fmt: skip

    def _event(
        self,
        number: int,
        kind: EventKind,
        at: datetime,
        actor_id: int | None,
        *,
        attendance: Attendance | None = None,
        to_start: datetime | None = None,
    ) -> None:
        self.rows.events.append({
            "appointment_id": number, "kind": kind, "at": at, "actor_id": actor_id, "attendance": attendance,
            "from_start": None, "to_start": to_start, "reason": "",
        })  # fmt: skip

    def _weighted(self, table: Sequence[tuple[Choice, int]]) -> Choice:
        return self.draw.choices([value for value, _weight in table], [weight for _value, weight in table])[0]
