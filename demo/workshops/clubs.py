"""The two Scratch clubs of Valbriac, and the class whose teacher asked for a workshop."""

from __future__ import annotations

from datetime import time

from activity.models import Theme
from demo.workshops.series import Rhythm, Series
from workshops.models import Level, Openness, Priority, ProgrammeAudience, ProgrammeKind
from workshops.rules.resources import Sheet

EVERY_CLUB = {
    "kind": ProgrammeKind.CODING_CLUB, "audience": ProgrammeAudience.CHILDREN, "age_min": 8, "age_max": 12,
    "level": Level.BEGINNER, "themes": [Theme.CREATING, Theme.DIGITAL_CULTURE], "people_per_helper": 6,
    "goals": "Comprendre ce qu’est un programme\nInventer une histoire et la raconter à l’écran\n"
             "Chercher ensemble pourquoi cela ne marche pas\nMontrer son jeu aux familles à la fin du cycle",
    "material": "Une gourde et un goûter\nUn cahier si l’enfant aime dessiner ses idées",
}  # fmt: skip
LESSONS = (
    "Découvrir Scratch : le chat et les blocs",
    "Faire bouger un personnage",
    "Dessiner son décor",
    "Les boucles : encore et encore",
    "Si… alors… : le jeu réagit",
    "Compter les points",
    "Sons et voix",
    "Deux joueurs, deux manettes",
    "Les clones : une pluie d’étoiles",
    "Chercher l’erreur",
    "Mon jeu à moi : l’idée",
    "Mon jeu à moi : les règles",
    "Mon jeu à moi : les niveaux",
    "Essayer le jeu des autres",
    "Fête du club avec les familles",
)

CLUB_DONE = Series(
    key="club_done", house="town", team=("yanis", "bruno"), site="croixverte", room=0,
    rhythm=Rhythm(past=15, last_school_year=True, weekdays=(2,)),
    details=EVERY_CLUB | {
        "title": "Club Scratch de la Croix-Verte", "capacity": 12,
        "description": "Chaque mercredi, les enfants inventent un jeu vidéo pas à pas, sur tablette, puis sur "
                       "ordinateur. Le matériel est prêté. Aucune connaissance n’est nécessaire.",
        "priorities": [Priority.PRIORITY_NEIGHBOURHOOD],
        "next_steps": "Proposer aux enfants qui le souhaitent le club de la médiathèque à la rentrée.",
    },
    titles=LESSONS, equipment="Câble du vidéoprojecteur, multiprises", kits={"Tablettes": 1},
    away={6: "Maison de quartier fermée : panne de chauffage."},
)  # fmt: skip

CARD = """Fiche 1 – Faire bouger le chat

1. Prends le bloc « quand le drapeau vert est cliqué ».
2. Accroche dessous « avancer de 10 pas ».
3. Clique sur le drapeau : que fait le chat ?
4. Change 10 en 50. Et s’il touche le bord ?
5. Défi : fais-lui traverser l’écran et revenir.
"""
SHEETS = (
    Sheet("Scratch dans le navigateur", "https://scratch.mit.edu/projects/editor/"),
    Sheet("Fiche 1 – Faire bouger le chat", file_name="fiche-1-le-chat.txt", content=CARD.encode()),
)

CLUB = Series(
    key="club", house="town", team=("camille", "solene"), site="mediatheque", room=0,
    rhythm=Rhythm(past=7, ahead=8, weekdays=(0, 1, 2, 3, 4, 5)),
    details=EVERY_CLUB | {
        "title": "Club Scratch de la médiathèque", "capacity": 12,
        "description": "Un rendez-vous par semaine pour créer son premier jeu vidéo, à son rythme et à plusieurs. "
                       "Le matériel est prêté. Les enfants doivent savoir lire.",
        "priorities": [Priority.FIRST_TIMER, Priority.PRIORITY_NEIGHBOURHOOD], "answer_hours": 72,
    },
    titles=LESSONS, sheets=SHEETS, equipment="Souris, rallonges", kits={"Ordinateurs portables": 1},
    away={3: "Personne de l’équipe malade ce jour-là."},
    moved={5: "Salle prise par le salon du livre : décalé d’un jour."},
    translations={
        "en": {
            "title": "Scratch club at the library",
            "description": "Once a week, children make their first video game, at their own pace and together. "
                           "Computers are lent. Children must be able to read.",
        },
        "ar": {
            "title": "نادي سكراتش في المكتبة",
            "description": "موعد كل أسبوع ليصنع الأطفال لعبتهم الأولى، على مهل ومع الآخرين. نعير الأجهزة. "
                           "يجب أن يعرف الأطفال القراءة.",
        },
    },
)  # fmt: skip

CLASS = Series(
    key="class", house="town", team=("yanis",), school="École élémentaire Jacqueline-Auriol",
    rhythm=Rhythm(past=2, ahead=2, lead=3, hours=(time(9), time(10, 30)), weekdays=(0, 1, 3, 4)),
    details={
        "kind": ProgrammeKind.CODING_CLUB, "audience": ProgrammeAudience.CHILDREN, "level": Level.BEGINNER,
        "title": "Programmer un robot en classe – CM1", "openness": Openness.STAFF, "capacity": 26,
        "people_per_helper": 13, "themes": [Theme.CREATING, Theme.SCHOOL],
        "description": "Quatre matinées en classe, avec l’enseignante, pour programmer un petit robot sur un plan de "
                       "la ville dessiné par les élèves.",
        "goals": "Se repérer sur un plan\nÉcrire une suite d’ordres\nCorriger ensemble",
    },
    titles=("Le robot, c’est nous", "Le plan du quartier", "Le robot livre le courrier", "Le grand parcours"),
    around=30, equipment="Tapis quadrillé, piles de rechange", kits={"Robots à programmer": 1},
)  # fmt: skip
