"""What each kind of programme usually is: the form of a new one begins with it, and everything can be changed."""

from __future__ import annotations

from datetime import time
from typing import Any

from activity.models import Theme
from people.rules.names import plain
from workshops.models import Enrolment, Level, Openness, ProgrammeAudience, ProgrammeKind

USUAL: dict[ProgrammeKind, dict[str, Any]] = {
    ProgrammeKind.CODING_CLUB: {
        "audience": ProgrammeAudience.CHILDREN, "age_min": 8, "age_max": 12, "level": Level.BEGINNER, "capacity": 12,
        "people_per_helper": 6, "themes": [Theme.CREATING], "enrolment": Enrolment.CYCLE, "openness": Openness.EVERYONE,
    },
    ProgrammeKind.CARE_HOME_SERIES: {
        "audience": ProgrammeAudience.SENIORS, "level": Level.BEGINNER, "capacity": 8, "people_per_helper": 3,
        "themes": [Theme.DEVICE_START],
        "enrolment": Enrolment.CYCLE, "openness": Openness.STAFF,
    },
    ProgrammeKind.ADULT_COURSE: {
        "audience": ProgrammeAudience.ADULTS, "age_min": 18, "level": Level.BEGINNER, "capacity": 8,
        "people_per_helper": 8, "enrolment": Enrolment.CYCLE, "openness": Openness.EVERYONE,
    },
    ProgrammeKind.OPEN_EVENT: {
        "audience": ProgrammeAudience.EVERYONE, "capacity": 60, "themes": [Theme.DIGITAL_CULTURE],
        "enrolment": Enrolment.DROP_IN, "openness": Openness.EVERYONE,
    },
    ProgrammeKind.PAID_TRAINING: {
        "audience": ProgrammeAudience.ADULTS, "age_min": 18, "capacity": 10, "people_per_helper": 10,
        "training_units": 1, "enrolment": Enrolment.CYCLE, "openness": Openness.EVERYONE,
    },
}  # fmt: skip
"""By name of the programme's column."""

HOURS: dict[ProgrammeKind, tuple[time, time]] = {
    ProgrammeKind.CODING_CLUB: (time(16, 45), time(18, 0)),
    ProgrammeKind.CARE_HOME_SERIES: (time(14, 30), time(16, 0)),
    ProgrammeKind.ADULT_COURSE: (time(9, 30), time(11, 30)),
    ProgrammeKind.OPEN_EVENT: (time(14, 0), time(18, 0)),
    ProgrammeKind.PAID_TRAINING: (time(9, 0), time(12, 0)),
}
"""When a session usually begins and ends: after school, after the rest."""


OF_THE_DAY = {
    "matin": (time(9, 30), time(11, 30)),
    "apres midi": (time(14, 0), time(16, 0)),
    "soir": (time(18, 0), time(19, 30)),
}
"""Words of a request, without accents → hours to begin with."""


def usual_hours(kind: ProgrammeKind, when_possible: str | None) -> tuple[time | None, time | None]:
    """What the hours of new sessions begin with.

    Args:
        when_possible: what a request says, if the programme was asked for: the part of the day that it names. When it
            names none, or several, nobody can tell, and the hours are left to whoever plans.
    """
    if when_possible is None:
        return HOURS[kind]
    said = plain(when_possible)
    named = [hours for words, hours in OF_THE_DAY.items() if words in said]
    return named[0] if len(named) == 1 else (None, None)


def usual(kind: ProgrammeKind) -> dict[str, Any]:
    """What a new programme of `kind` begins with; one it does not say is left empty."""
    return {"kind": kind, **USUAL[kind]}
