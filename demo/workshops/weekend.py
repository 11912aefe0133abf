"""The connected weekend in a priority neighbourhood: open doors, workshops to register for, and last year's."""

from __future__ import annotations

from datetime import date, time, timedelta

from demo.workshops.dates import DAY, period, weekend_ahead, weekend_of_last_year
from demo.workshops.events import FAMILY_WORKSHOPS, FAMILY_WORKSHOPS_IN, OPEN_DOORS, OPEN_DOORS_IN
from demo.workshops.planning import Planned, write
from demo.workshops.series import Rhythm, Series
from demo.workshops.stage import Stage
from workshops.rules.planning import Place, SessionPlan

SITE = "bellevue"
TEAM = ("leila", "ines", "gael")
WORKSHOPS = (
    (0, time(10), time(11, 30), 0, "leila", "Notre premier jeu vidéo, à deux"),
    (0, time(15), time(16, 30), 0, "leila", "Raconter son quartier en photos"),
    (1, time(14, 30), time(16), 0, "leila", "Les écrans à la maison : le grand quiz"),
)
"""Day, from, until, room, who leads it, what it is about."""
OPEN_HOURS = (
    (0, time(10), time(18), "Samedi : portes ouvertes"),
    (1, time(11), time(17), "Dimanche : portes ouvertes et goûter"),
)

OPEN = Series("weekend", "declic", ("ines", "gael"), Rhythm(), OPEN_DOORS, SITE, translations=OPEN_DOORS_IN)
OPEN_DONE = Series("weekend_done", "declic", ("ines", "gael"), Rhythm(), OPEN_DOORS, SITE)
FAMILIES = Series("families", "declic", ("leila",), Rhythm(), FAMILY_WORKSHOPS, SITE, translations=FAMILY_WORKSHOPS_IN)


def plan_weekends(stage: Stage) -> list[Planned]:
    """Last year's weekend, and the one ahead with its workshops."""
    away = stage.away(TEAM)
    ahead = weekend_ahead(stage.almanac, away)
    before = weekend_of_last_year(stage.almanac, ahead, away)
    return [
        write(stage, OPEN_DONE, _open_doors(stage, OPEN_DONE, before)),
        write(stage, OPEN, _open_doors(stage, OPEN, ahead)),
        write(stage, FAMILIES, _workshops(stage, ahead)),
    ]


def _open_doors(stage: Stage, series: Series, saturday: date) -> list[SessionPlan]:
    venue, team = Place(stage.ground.venues[SITE].id), [stage.account(name).id for name in series.team]
    return [
        SessionPlan(
            period(saturday + day * DAY, starts, ends, stage.almanac.zone),
            venue,
            team,
            title=title,
            before=timedelta(hours=1),
            after=timedelta(hours=1),
        )
        for day, starts, ends, title in OPEN_HOURS
    ]


def _workshops(stage: Stage, saturday: date) -> list[SessionPlan]:
    venue, rooms = stage.ground.venues[SITE].id, stage.ground.rooms[SITE]
    return [
        SessionPlan(
            period(saturday + day * DAY, starts, ends, stage.almanac.zone),
            Place(venue, rooms[room].id),
            [stage.account(leader).id],
            title=title,
            before=timedelta(minutes=15),
        )
        for day, starts, ends, room, leader, title in WORKSHOPS
    ]
