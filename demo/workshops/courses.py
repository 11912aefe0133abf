"""Courses for adults, a training that vouchers will pay, and the connected weekend."""

from __future__ import annotations

from datetime import time

from activity.models import Theme
from demo.workshops.series import Rhythm, Series
from workshops.models import Enrolment, Level, Priority, ProgrammeAudience, ProgrammeKind

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

COURSE = Series(
    key="course", house="town", team=("camille",), site="mediatheque", room=0,
    rhythm=Rhythm(past=3, ahead=5, lead=1, hours=MORNING, in_term=False),
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

EVENT = {
    "kind": ProgrammeKind.OPEN_EVENT, "audience": ProgrammeAudience.FAMILIES,
    "themes": [Theme.DIGITAL_CULTURE, Theme.PARENTING], "people_per_helper": None,
}  # fmt: skip
OPEN_DOORS = EVENT | {
    "title": "Week-end connecté de Bellevue", "audience": ProgrammeAudience.EVERYONE, "capacity": 80,
    "enrolment": Enrolment.DROP_IN,
    "description": "Deux jours au centre social : coin réparation, jeux vidéo d’hier et d’aujourd’hui, casque de "
                   "réalité virtuelle, fresque collective, et un coin sans écran. Entrée libre, venez quand vous "
                   "voulez.",
    "goals": "Essayer sans se tromper\nRencontrer les personnes qui aident toute l’année",
}  # fmt: skip
FAMILY_WORKSHOPS = EVENT | {
    "title": "Week-end connecté : ateliers en famille", "capacity": 8, "enrolment": Enrolment.SESSION,
    "description": "Trois ateliers sur inscription pendant le week-end connecté. Un adulte vient avec un ou plusieurs "
                   "enfants.",
    "priorities": [Priority.PRIORITY_NEIGHBOURHOOD], "answer_hours": 72,
}  # fmt: skip
OPEN_DOORS_IN = {
    "en": {
        "title": "Connected weekend in Bellevue",
        "description": "Two days at the community centre: repair corner, video games old and new, virtual reality, a "
                       "shared mural, and a corner without screens. Free entry, come when you like.",
    },
    "ar": {
        "title": "عطلة نهاية أسبوع رقمية في بيلفو",
        "description": "يومان في المركز الاجتماعي: ركن للتصليح، ألعاب فيديو قديمة وجديدة، واقع افتراضي، جدارية "
                       "مشتركة وركن بلا شاشات. الدخول حر، تعالوا متى شئتم.",
    },
}  # fmt: skip
FAMILY_WORKSHOPS_IN = {
    "en": {
        "title": "Connected weekend: family workshops",
        "description": "Three workshops to register for. One adult comes with one or more children.",
    },
    "ar": {
        "title": "عطلة نهاية الأسبوع الرقمية: ورش للعائلات",
        "description": "ثلاث ورش بالتسجيل خلال عطلة نهاية الأسبوع. يأتي شخص بالغ مع طفل أو أكثر.",
    },
}
