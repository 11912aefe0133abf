"""What hosts ask for: two requests that became a programme, and others that wait or were declined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.workshops.series import Series
from demo.workshops.stage import MANAGER, Stage
from workshops.models import Programme, ProgrammeKind
from workshops.rules.requests import Asked
from workshops.service import requests

TEACHER, COORDINATOR = "sandrine", "mireille"
THOUGHT_OVER = timedelta(days=6)
"""A manager answers so long after."""
ACCEPTED = {
    "class": (TEACHER, Asked(
        ProgrammeKind.CODING_CLUB, "Faire découvrir la programmation à ma classe avec des robots, en lien avec notre "
        "travail sur le plan du quartier.", 25, 4, "Le matin, sauf le mercredi. Pas la semaine des évaluations.", "CM1",
        "+33261910153",
    )),
    "home": (COORDINATOR, Asked(
        ProgrammeKind.CARE_HOME_SERIES, "Beaucoup de nos résidents ne voient plus leur famille qu’en vidéo. Nous "
        "voudrions qu’ils sachent répondre seuls, et que l’équipe sache les aider.", 10, 8,
        "L’après-midi à partir de 14 h 30, plutôt en début de semaine.", "Résidents des Tilleuls", "+33261910152",
    )),
}  # fmt: skip
"""By the key of the series that a request became."""


@dataclass(frozen=True)
class Other:
    """A request that did not become a programme: who asked, how long ago, and the reason if it was declined."""

    asker: str
    asked: Asked
    ago: timedelta
    reason: str = ""


OTHERS = (
    Other(TEACHER, Asked(
        ProgrammeKind.CODING_CLUB, "Une journée entière de jeux vidéo pour toute l’école, le dernier jour avant les "
        "vacances.", 180, 1, "Le dernier vendredi avant les vacances.", "Toute l’école",
    ), timedelta(days=75), "Nous n’avons pas assez de matériel ni de monde pour 180 enfants le même jour. Nous vous "
        "proposons plutôt une série pour une ou deux classes."),
    Other(TEACHER, Asked(
        ProgrammeKind.OPEN_EVENT, "Un défi d’une semaine « moins d’écrans à la maison » avec les familles de l’école, "
        "et une soirée de lancement.", 60, 2, "Au printemps, un jeudi soir vers 18 h pour le lancement.",
        "Familles de l’école", "+33261910153",
    ), timedelta(days=4)),
    Other(COORDINATOR, Asked(
        ProgrammeKind.OPEN_EVENT, "Un après-midi où les petits-enfants montrent leurs jeux aux résidents.", 30, 1,
        "Un mercredi après-midi, hors vacances scolaires.", "Résidents et familles",
    ), timedelta(days=2)),
)  # fmt: skip


def accepted(stage: Stage, series: Series, at: datetime) -> Programme | None:
    """The draft that a request became, answered `at`; None when nobody asked for this series."""
    if series.key not in ACCEPTED:
        return None
    asker, asked = ACCEPTED[series.key]
    request = requests.ask(asked, stage.account(asker), now=at - THOUGHT_OVER)
    title, house = series.details["title"], stage.ground.houses[series.house]
    return requests.accept(request.id, title, house, stage.account(MANAGER), now=at)


def ask(stage: Stage) -> None:
    """Requests that wait for an answer, and one that was declined."""
    for other in OTHERS:
        asked = stage.almanac.office_hours(stage.now - other.ago)
        request = requests.ask(other.asked, stage.account(other.asker), now=asked)
        if other.reason:
            requests.decline(request.id, other.reason, stage.account(MANAGER), now=asked + THOUGHT_OVER)
