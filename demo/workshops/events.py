"""What is open to whoever comes: the digital café, single mornings and afternoons, the connected weekend."""

from __future__ import annotations

from datetime import time

from activity.models import Theme
from demo.workshops.series import Rhythm, Series
from workshops.models import Enrolment, Level, Priority, ProgrammeAudience, ProgrammeKind

CAFE = Series(
    key="cafe", house="town", team=("awa",), site="croixverte", room=0,
    rhythm=Rhythm(past=3, ahead=4, hours=(time(14), time(16)), weekdays=(4,), in_term=False),
    details={
        "kind": ProgrammeKind.OPEN_EVENT, "audience": ProgrammeAudience.EVERYONE, "capacity": 15,
        "enrolment": Enrolment.DROP_IN, "title": "Café numérique de la Croix-Verte",
        "description": "Chaque vendredi, un café, une question, quelqu’un pour y répondre. Venez avec votre téléphone, "
                       "vos courriers, ou seulement votre curiosité.",
        "material": "Votre téléphone ou vos courriers", "themes": [Theme.DEVICE_START, Theme.DIGITAL_CULTURE],
    },
    around=0,
    translations={
        "en": {
            "title": "Digital café in La Croix-Verte",
            "description": "Every Friday: a coffee, a question, somebody to answer it. Bring your phone, your letters, "
                           "or just your curiosity.",
        },
        "ar": {
            "title": "المقهى الرقمي في لا كروا فيرت",
            "description": "كل يوم جمعة: قهوة وسؤال وشخص يجيبك. أحضر هاتفك أو رسائلك أو فضولك فقط.",
        },
    },
)  # fmt: skip

PHONES = Series(
    key="phones", house="town", team=("bruno",), site="hauts", room=0,
    rhythm=Rhythm(past=3, ahead=4, lead=2, hours=(time(10), time(12)), weekdays=(1, 2, 3)),
    details={
        "kind": ProgrammeKind.ADULT_COURSE, "audience": ProgrammeAudience.SENIORS, "age_min": 60, "capacity": 6,
        "level": Level.BEGINNER, "enrolment": Enrolment.SESSION, "people_per_helper": 6,
        "title": "Les matinées du téléphone",
        "description": "Une matinée, un sujet. Venez à celle qui vous intéresse, ou à toutes.",
        "material": "Votre téléphone et son chargeur\nVos lunettes", "themes": [Theme.DEVICE_START, Theme.HEALTH],
    },
    titles=(
        "Agrandir les lettres, monter le son", "Ranger ses photos", "Appeler en vidéo", "Prendre rendez-vous chez le "
        "médecin", "Les arnaques par message", "Préparer un voyage en train", "Écouter la radio et des livres",
    ),
)  # fmt: skip

TEENS = Series(
    key="teens", house="declic", team=("leila", "gael"), site="bellevue", room=0,
    rhythm=Rhythm(past=2, ahead=4, hours=(time(14), time(16, 30)), weekdays=(2,)),
    details={
        "kind": ProgrammeKind.OPEN_EVENT, "audience": ProgrammeAudience.TEENAGERS, "age_min": 12, "age_max": 17,
        "capacity": 10, "enrolment": Enrolment.SESSION, "people_per_helper": 5, "title": "Studio vidéo des ados",
        "description": "Écrire, filmer et monter un court reportage sur Bellevue. Caméras prêtées. Le film est projeté "
                       "au week-end connecté.",
        "themes": [Theme.CREATING, Theme.SOCIAL_NETWORKS],
    },
    titles=(
        "Trouver le sujet", "Cadrer, éclairer", "Tourner dans le quartier", "Poser de bonnes questions", "Monter",
        "Le son et les titres",
    ),
    kits={"Appareils photo": 1},
)  # fmt: skip

SEATS = {"phones": (5, 6, 4, 6, 4, 2, 0), "teens": (7, 8, 6, 5, 3, 1)}
"""How many register for each session of what one registers for by session."""

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
        "goals": "Trying things without fear of mistakes\nMeeting the people who help all year round",
    },
    "ar": {
        "title": "عطلة نهاية أسبوع رقمية في بيلفو",
        "description": "يومان في المركز الاجتماعي: ركن للتصليح، ألعاب فيديو قديمة وجديدة، واقع افتراضي، جدارية "
                       "مشتركة وركن بلا شاشات. الدخول حر، تعالوا متى شئتم.",
        "goals": "التجربة دون خوف من الخطأ\nلقاء الأشخاص الذين يساعدون طوال السنة",
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
