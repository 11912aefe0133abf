"""Courses for adults, and a training that vouchers will pay."""

from __future__ import annotations

from datetime import time

from activity.models import Theme
from demo.workshops.series import Rhythm, Series
from workshops.models import Level, ProgrammeAudience, ProgrammeKind
from workshops.rules.resources import Sheet
from workshops.rules.skills import Wording

ADULTS = {
    "kind": ProgrammeKind.ADULT_COURSE, "audience": ProgrammeAudience.ADULTS, "age_min": 18, "level": Level.BEGINNER,
    "capacity": 8, "people_per_helper": 8,
}  # fmt: skip
MORNING = (time(9, 30), time(11, 30))

COURSE_DONE = Series(
    key="course_done", house="declic", team=("ines",), site="gare", room=0,
    rhythm=Rhythm(past=6, ended=3, hours=(time(14), time(16)), weekdays=(2,)),
    details=ADULTS | {
        "title": "Mon téléphone, pas à pas",
        "description": "Six séances en petit groupe pour téléphoner, écrire un message, prendre une photo et ne plus "
                       "craindre d’appuyer.",
        "goals": "Régler son téléphone\nÉcrire à ses proches\nReconnaître un message piégé",
        "material": "Votre téléphone et son chargeur", "themes": [Theme.DEVICE_START, Theme.ONLINE_SAFETY],
    },
    titles=(
        "Régler le son, l’écran, les lettres", "Les contacts", "Écrire un message", "Les photos",
        "Installer une application", "Les messages pièges",
    ),
)  # fmt: skip

PHONE_QUESTIONS = (
    Wording("Régler le son et la taille des lettres", "touch"),
    Wording("Écrire un message et l’envoyer", "mail"),
    Wording("Prendre une photo et la retrouver", "camera"),
    Wording("Reconnaître un message piégé", "lock"),
)
"""What the usual questions of a course do not ask: those are about a computer."""

OUTLINE = """L’ordinateur sans peur – déroulé pour l’équipe

1. Accueil, tour de table, questions d’avant. Clavier et souris.
2. Écrire et enregistrer : la lettre au voisin.
3. Ranger : un dossier, des sous-dossiers.
4. Chercher : trois questions, trois sources.
5. Vrai ou faux : le jeu des titres.
6. La messagerie : lire, répondre, jeter.
7. La pièce jointe : envoyer sa lettre.
8. Questions d’après, suites possibles, goûter.
"""

COURSE = Series(
    key="course", house="town", team=("camille",), site="mediatheque", room=0,
    rhythm=Rhythm(past=3, ahead=5, lead=2, hours=MORNING, in_term=False),
    details=ADULTS | {
        "title": "L’ordinateur sans peur",
        "description": "Huit matinées pour se servir d’un ordinateur : écrire, ranger, chercher, envoyer. On avance "
                       "ensemble, personne n’est laissé de côté.",
        "goals": "Écrire et garder un document\nChercher sur internet et juger ce que l’on trouve\n"
                 "Envoyer un courriel avec une pièce jointe",
        "material": "Rien : les ordinateurs sont prêtés\nVos lunettes",
        "themes": [Theme.DEVICE_START, Theme.WEB, Theme.EMAIL],
    },
    titles=(
        "Clavier et souris", "Écrire et enregistrer", "Ranger ses documents", "Chercher sur internet",
        "Vrai ou faux ?", "Ouvrir sa messagerie", "Envoyer une pièce jointe", "Et après ?",
    ),
    sheets=(
        Sheet("Les Bons Clics : exercices pour la souris et le clavier", "https://www.lesbonsclics.fr"),
        Sheet("Déroulé des huit matinées", file_name="deroule.txt", content=OUTLINE.encode(), team_only=True),
    ),
    translations={
        "en": {
            "title": "Computers without fear",
            "description": "Eight mornings to learn how to use a computer: writing, keeping, searching, sending. "
                           "We move on together and nobody is left behind.",
        },
        "ar": {
            "title": "الحاسوب بلا خوف",
            "description": "ثماني صباحات لتعلّم استعمال الحاسوب: الكتابة والترتيب والبحث والإرسال. نتقدّم معًا ولا "
                           "نترك أحدًا.",
        },
    },
)  # fmt: skip

TRAINING = Series(
    key="training", house="declic", team=("thomas",), site="gare", room=0,
    rhythm=Rhythm(ahead=4, lead=35, hours=(time(9, 30), time(12, 30)), weekdays=(5,)),
    details={
        "kind": ProgrammeKind.PAID_TRAINING, "audience": ProgrammeAudience.ADULTS, "age_min": 18, "capacity": 10,
        "people_per_helper": 10, "title": "Passeport bureautique", "training_units": 2,
        "description": "Douze heures, le samedi, pour celles et ceux qui cherchent un emploi : textes, tableaux, "
                       "courriels. Payé par les chèques culture numérique.",
        "goals": "Mettre en forme une lettre et un CV\nFaire un tableau simple\nPréparer la certification",
        "themes": [Theme.OFFICE, Theme.FINDING_WORK],
    },
    titles=("La lettre et le CV", "Les tableaux", "La messagerie au travail", "Révision et évaluation"),
)  # fmt: skip
