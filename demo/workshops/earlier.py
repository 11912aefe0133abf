"""What took place in the school year before the last one: without it the yearly report would tell of no workshop."""

from __future__ import annotations

from dataclasses import replace

from demo.workshops.clubs import CLUB_DONE
from demo.workshops.courses import COURSE_DONE
from demo.workshops.homes import DONE, HOME_DONE
from demo.workshops.series import Rhythm
from workshops.models import Openness
from workshops.rules.enrolling import Group

A_YEAR = 52
CHILDREN = Group(
    "Centre de loisirs des Tanneurs", 11, "Amandine Roche, animatrice", "+33261910152", "loisirs@valbriac.example"
)
RESIDENTS = Group(
    "Résidents de Sainte-Odile", 8, "Paul Weber, animateur", "+33261910153", "sainte-odile@valbriac.example"
)

CLUB_EARLIER = replace(
    CLUB_DONE, key="club_earlier", team=("camille", "solene"), site="mediatheque", away={}, kits={},
    rhythm=Rhythm(past=12, last_school_year=True, earlier=A_YEAR, weekdays=(2,)),
    details=dict(CLUB_DONE.details) | {"title": "Scratch avec le centre de loisirs", "openness": Openness.STAFF},
)  # fmt: skip
COURSE_EARLIER = replace(
    COURSE_DONE, key="course_earlier", team=("leila",), site="bellevue",
    rhythm=replace(COURSE_DONE.rhythm, ended=0, last_school_year=True, earlier=A_YEAR + 8),
    details=dict(COURSE_DONE.details) | {"title": "Mon téléphone, pas à pas – Bellevue"},
)  # fmt: skip
HOME_EARLIER = replace(
    HOME_DONE, key="home_earlier", home="EHPAD Sainte-Odile", kits={},
    rhythm=replace(HOME_DONE.rhythm, ended=0, last_school_year=True, earlier=A_YEAR + 3),
    details=dict(HOME_DONE.details) | {
        "title": "Tablettes et souvenirs à Sainte-Odile", "next_steps": "L’animateur reprend seul l’atelier musique.",
        "framing_notes": "Visite avec l’animateur. Salle d’activités, huit résidents, une personne de l’équipe.",
    },
)  # fmt: skip
EARLIER = (CLUB_EARLIER, COURSE_EARLIER, HOME_EARLIER)
DONE_EARLIER = {HOME_EARLIER.key: DONE[HOME_DONE.key]}
