"""What happened in the sessions that are over: who came, how many whom nobody names, the record, what people learnt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from accounts.models import Account
from activity.models import Equipment, Theme
from demo.people import Resident
from demo.workshops.courses import PHONE_QUESTIONS
from demo.workshops.earlier import DONE_EARLIER
from demo.workshops.homes import DONE
from demo.workshops.planning import Planned, end
from demo.workshops.stage import Stage
from foundation.db import db
from workshops.models import Enrolment, Presence, ProgrammeKind, SessionState, SkillMoment, WorkshopSession
from workshops.queries import attendance as roster
from workshops.queries import skills as learnt
from workshops.rules.attendance import Counted, Press, Told
from workshops.service import attendance, held, questions, skills

AFTERWARDS = timedelta(minutes=10)
TO_WRITE = timedelta(hours=20)
"""Sessions that ended so little ago wait for their team."""
PRESENCES = ((Presence.PRESENT, 88), (Presence.ABSENT_EXCUSED, 8), (Presence.ABSENT, 4))
ASKED = ("club_done", "course_done", "course_earlier", "club", "course")
"""The programmes of which people say what they can do."""
ON_PHONES = ("course_done", "course_earlier")
"""Those that have questions of their own."""
STILL_TO_WRITE = "course"
"""Everybody is marked in its latest session, and its record is not written: something to do for its mediator."""
WALKED_IN = {"course_done": 2}
"""Session (from 1) to which somebody came without being registered."""
VISITORS = ((143, 80, 55, 6), (96, 52, 41, 4))
"""Of last year's weekend, a day each: people, women, men, helpers."""
IN_GROUPS = {
    "class": "Par groupes de quatre autour des robots, avec l’enseignante.",
    "club_earlier": "À deux par ordinateur, avec l’animatrice du centre de loisirs.",
}
"""What was done with groups whom nobody counts one by one."""
NOTES = {
    "club_done": {1: "Groupe calme, deux enfants n’avaient jamais tenu de souris.", 15: "Vingt-deux parents venus."},
    "club": {2: "Prévoir une rallonge de plus."},
    "course_done": {4: "Deux personnes veulent apprendre à trier leurs photos."},
}


class Life:
    """Writes what took place, session by session, as each team did when it was over."""

    def __init__(self, stage: Stage, draw: Random, residents: Sequence[Resident]) -> None:
        self.stage = stage
        self.draw = draw
        self.residents = residents

    def live(self, planned: Planned) -> None:
        """All sessions of a programme that are over, what was learnt, and its end if nothing is to come."""
        key, leader = planned.series.key, self.stage.account(planned.series.team[0])
        if key in ASKED:
            self._ask(planned, leader)
            self._answer(planned, SkillMoment.BEFORE, planned.first)
        sessions = [db.session.get_one(WorkshopSession, id_) for id_ in planned.session_ids]
        over = [one for one in sessions if self._is_over(one)]
        for session in over:
            self._take_place(planned, session, leader)
            if not (key == STILL_TO_WRITE and session is over[-1]):
                self._close(planned, session, leader)
        if key in ASKED and over == [one for one in sessions if one.state is not SessionState.CANCELLED]:
            self._answer(planned, SkillMoment.AFTER, over[-1].ends_at)
        end(self.stage, planned)

    def _ask(self, planned: Planned, leader: Account) -> None:
        """The questions that suit the kind of programme, or its own."""
        if planned.series.key not in ON_PHONES:
            questions.suggest(planned.programme_id, leader)
            return
        for wording in PHONE_QUESTIONS:
            questions.add(planned.programme_id, wording, leader)

    def _is_over(self, session: WorkshopSession) -> bool:
        return session.state is SessionState.PLANNED and session.ends_at < self.stage.now - TO_WRITE

    def _take_place(self, planned: Planned, session: WorkshopSession, leader: Account) -> None:
        """Mark everybody by name, or count those whom nobody names."""
        at, number = session.ends_at, session.number
        if WALKED_IN.get(planned.series.key) == number:
            wish = attendance.WalkIn(person_id=self.draw.choice(self.residents).id, beyond=True)
            attendance.walk_in(session.id, wish, now=session.starts_at, actor=leader)
        found = roster.roster(session)
        for line in found.marked(None):
            presence = self.draw.choices([one for one, _ in PRESENCES], [often for _, often in PRESENCES])[0]
            press = Press(line.participant.id, presence, 0, f"{session.reference}:{line.participant.id}")
            attendance.press(session.id, press, now=at, actor=leader)
        if not found.lines:
            attendance.count(session.id, self._counted(planned, session, found.people), now=at, actor=leader)

    def _counted(self, planned: Planned, session: WorkshopSession, expected: int) -> Counted:
        key, number = planned.series.key, session.number
        if key == "weekend_done":
            people, feminine, masculine, helpers = VISITORS[number - 1]
            return Counted(people, feminine, masculine, helpers)
        if session.programme.enrolment is Enrolment.DROP_IN:
            people = self.draw.randint(5, 12)
            return Counted(people, people - people // 3, people // 3)
        people = expected - self.draw.randint(0, 2)
        if done := (DONE | DONE_EARLIER).get(key):
            return Counted(people, people - people // 3, people // 3, self.draw.randint(2, 3), done[number - 1])
        return Counted(people, helpers=1, done=IN_GROUPS.get(key, ""))

    def _close(self, planned: Planned, session: WorkshopSession, leader: Account) -> None:
        """Write the record of a session, a few minutes after its end."""
        programme, minutes = session.programme, (session.ends_at - session.starts_at) // timedelta(minutes=1)
        with_tablets = programme.kind is ProgrammeKind.CARE_HOME_SERIES
        told = Told(
            frozenset(map(Theme, programme.themes)), minutes,
            frozenset({Equipment.TABLET if with_tablets else Equipment.COMPUTER}),
            NOTES.get(planned.series.key, {}).get(session.number, ""),
        )  # fmt: skip
        held.close(session.id, told, now=session.ends_at + AFTERWARDS, actor=leader)

    def _answer(self, planned: Planned, moment: SkillMoment, at: datetime) -> None:
        """Most people say what they can do; afterwards it is a step more, as a rule."""
        more = int(moment is SkillMoment.AFTER)
        given = {
            learner.participant_id: {
                question.id: min(4, self.draw.choice((1, 1, 2, 2, 3)) + more + self.draw.randint(0, more))
                for question in learnt.questions_of(planned.programme_id)
            }
            for learner in learnt.learners(planned.programme_id)
            if self.draw.random() < 0.9
        }
        skills.answer(planned.programme_id, moment, given, now=at, actor_id=None)
