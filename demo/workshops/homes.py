"""The two series at care homes: one told to its end, one under way."""

from __future__ import annotations

from datetime import time

from activity.models import Theme
from demo.workshops.series import Rhythm, Series
from workshops.models import Level, Openness, ProgrammeAudience, ProgrammeKind

SERIES = {
    "kind": ProgrammeKind.CARE_HOME_SERIES, "audience": ProgrammeAudience.SENIORS, "level": Level.BEGINNER,
    "openness": Openness.STAFF, "capacity": 10, "people_per_helper": 3,
    "themes": [Theme.DEVICE_START, Theme.SOCIAL_NETWORKS],
}  # fmt: skip
TABLETS = "8 casques, enceinte ; borne 4G, pas de Wi-Fi dans la salle"

HOME_DONE = Series(
    key="home_done", house="town", team=("bruno",), home="EHPAD La Roseraie de Vère",
    rhythm=Rhythm(past=8, ended=20, hours=(time(14, 30), time(16)), weekdays=(0,)),
    details=SERIES | {
        "title": "Tablettes et souvenirs à La Roseraie",
        "description": "Huit après-midi pour apprivoiser la tablette à partir de ce que l’on aime : la musique, le "
                       "village d’enfance, les nouvelles des proches.",
        "goals": "Prendre la tablette en main sans crainte\nAppeler un proche en vidéo\n"
                 "Donner à l’équipe d’animation de quoi continuer seule",
        "framing_notes": "Visite avec l’animatrice. Salle à manger du rez-de-chaussée, de 14 h 30 à 16 h, après la "
                         "sieste. Huit à dix résidents, deux personnes de l’équipe présentes à chaque fois. Pas de "
                         "Wi-Fi : nous apportons la borne. Gros caractères et casques nécessaires.",
        "next_steps": "Deux tablettes restent à La Roseraie pour les appels du dimanche.\n"
                      "L’animatrice garde les fiches et reprend seule l’atelier musique, un lundi sur deux.\n"
                      "Proposer au printemps une série pour l’unité protégée, en plus petit groupe.",
    },
    titles=(
        "Faire connaissance avec la tablette", "Toucher, glisser, agrandir", "La chanson que j’aime",
        "Retrouver sa rue, vue du ciel", "Prendre une photo, la regarder ensemble", "Appeler un proche en vidéo",
        "Jeux de mémoire à deux", "Montrer ce que l’on a fait",
    ),
    around=30, equipment=TABLETS, kits={"Tablettes": 1},
)  # fmt: skip

HOME = Series(
    key="home", house="ccas", team=("odile",), home="EHPAD Les Tilleuls",
    rhythm=Rhythm(past=4, ahead=4, lead=1, hours=(time(14, 30), time(16)), in_term=False),
    details=SERIES | {
        "title": "Garder le lien aux Tilleuls",
        "description": "Une série pour voir et entendre ses proches plus souvent, et pour jouer ensemble.",
        "goals": "Répondre à un appel en vidéo\nRegarder les photos que la famille envoie\n"
                 "Former deux personnes de l’équipe",
        "framing_notes": "Visite avec la coordinatrice. Salon bleu, premier étage, ascenseur. Dix résidents au plus ; "
                         "la psychomotricienne et un agent présents. Wi-Fi de l’établissement, code donné sur place.",
    },
    titles=(
        "Se présenter, choisir son image", "La tablette écoute et parle", "Recevoir une photo de la famille",
        "Premier appel en vidéo", "Appeler à son tour", "La radio de son enfance", "Le loto sur grand écran",
        "Goûter avec les familles",
    ),
    around=30, equipment="Supports de table, casques", kits={"Tablettes": 1},
)  # fmt: skip

DONE = {
    "home_done": (
        "Présentation, prise en main, réglage de la taille des lettres et du son.",
        "Toucher, glisser, agrandir une photo. Beaucoup de rires avec le miroir.",
        "Chacun a demandé une chanson ; on l’a cherchée ensemble, puis chantée.",
        "Vue du ciel : la rue d’enfance, l’école, la ferme. On a beaucoup raconté.",
        "Portraits à deux, puis diaporama sur le grand écran.",
        "Quatre appels en vidéo aboutis ; les autres ont laissé un message.",
        "Jeux de mémoire par équipes, avec l’aide des soignantes.",
        "Exposition des photos devant les familles, remise des fiches à l’animatrice.",
    ),
    "home": (
        "Tour de table, choix d’une image d’accueil, réglage des casques.",
        "Commande à la voix : demander l’heure, la météo, une chanson.",
        "Trois familles ont envoyé des photos, regardées sur grand écran.",
        "Deux appels aboutis. À refaire avec ceux qui n’ont pas osé.",
    ),
}
"""What was done in each session that took place; it names nobody."""
