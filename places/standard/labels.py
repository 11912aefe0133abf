"""Closed lists of the standard, and what the labels of older dialects mean in them.

The standard publishes no table of equivalences: these follow the wording of both lists. A phrase that has no
equal today is known here all the same, so that the report names it.
"""

from __future__ import annotations

ADMINISTRATIVE = "Aide aux démarches administratives"
EVERYDAY = "Maîtrise des outils numériques du quotidien"
EMPLOYMENT = "Insertion professionnelle via le numérique"
SAFETY = "Utilisation sécurisée du numérique"
PARENTING = "Parentalité et éducation avec le numérique"
CREATION = "Loisirs et créations numériques"
UNDERSTANDING = "Compréhension du monde numérique"
INTERNET = "Accès internet et matériel informatique"
DEVICES = "Acquisition de matériel informatique à prix solidaire"

LISTS: dict[str, tuple[str, ...]] = {
    "services": (
        ADMINISTRATIVE, EVERYDAY, EMPLOYMENT, SAFETY, PARENTING, CREATION, UNDERSTANDING, INTERNET, DEVICES,
    ),
    "audiences": ("Jeunes", "Étudiants", "Familles et/ou enfants", "Seniors", "Femmes"),
    "special_support": (
        "Surdité",
        "Handicaps moteurs",
        "Handicaps mentaux",
        "Illettrisme",
        "Langues étrangères (anglais)",
        "Langues étrangères (autres)",
        "Déficience visuelle",
    ),
    "fees": ("Gratuit", "Gratuit sous condition", "Payant"),
    "programmes": (
        "Aidants Connect",
        "Bibliothèques numérique de référence",
        "Certification PIX",
        "Conseillers numériques",
        "Emmaüs Connect",
        "France Services",
        "Grande école du numérique",
        "La Croix Rouge",
        "Point d'accès numérique CAF",
        "Promeneurs du net",
        "Relais numérique (Emmaüs Connect)",
    ),
    "labels": (
        "Formé à « Mon Espace Santé »",
        "Formé à « DUPLEX » (illettrisme)",
        "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
        "Collectif ressources et acteurs réemploi (Normandie)",
        "Étapes numériques(La Poste)",
        "Fabriques de Territoire",
        "Les Éclaireurs du numérique (Drôme)",
        "Mes Papiers (Métropole de Lyon)",
        "ORDI 3.0",
        "SUD LABS (PACA)",
    ),
    "access_modes": (
        "Se présenter",
        "Téléphoner",
        "Contacter par mail",
        "Prendre un RDV en ligne",
        "Ce lieu n'accueille pas de public",
        "Envoyer un mail avec une fiche de prescription",
    ),
    "support_modes": ("En autonomie", "Accompagnement individuel", "Dans un atelier collectif", "À distance"),
    "itinerance": ("Itinérant", "Fixe"),
}  # fmt: skip

# Phrases of older or town-made lists, accent-blind, → (column, label) pairs; none: known, without equal.
Meaning = tuple[tuple[str, str], ...]
PHRASES: dict[str, dict[str, Meaning]] = {
    "services": {
        "devenir autonome dans les demarches": (("services", ADMINISTRATIVE),),
        "realiser des demarches administratives": (("services", ADMINISTRATIVE),),
        "demarches de sante": (("services", ADMINISTRATIVE),),
        "aide pour les demarches": (("services", ADMINISTRATIVE),),
        "demarches dematerialisees": (("services", ADMINISTRATIVE),),
        "prendre en main": (("services", EVERYDAY),),
        "utiliser le numerique au quotidien": (("services", EVERYDAY),),
        "initiation aux outils": (("services", EVERYDAY),),
        "perfectionnement aux outils": (("services", EVERYDAY),),
        "culture numerique": (("services", UNDERSTANDING),),
        "citoyennete numerique": (("services", UNDERSTANDING),),
        "avis eclaire": (("services", UNDERSTANDING),),
        "mon insertion professionnelle": (("services", EMPLOYMENT),),
        "developper mon entreprise": (("services", EMPLOYMENT),),
        "acceder a une connexion": (("services", INTERNET),),
        "acceder a du materiel": (("services", INTERNET),),
        "utilisation ordinateur": (("services", INTERNET),),
        "acces wifi": (("services", INTERNET),),
        "imprimante": (("services", INTERNET),),
        "scanner": (("services", INTERNET),),
        "pret de materiel": (("services", INTERNET),),
        "s equiper en materiel": (("services", DEVICES),),
        "creer avec le numerique": (("services", CREATION),),
        "soutenir la parentalite": (("services", PARENTING),),
        "risques d internet": (("services", SAFETY),),
        "reparation de materiel": (),
    },
    "audiences": {
        "senior": (("audiences", "Seniors"),),
        "famille": (("audiences", "Familles et/ou enfants"),),
        "enfant": (("audiences", "Familles et/ou enfants"),),
        "jeune": (("audiences", "Jeunes"),),
        "etudiant": (("audiences", "Étudiants"),),
        "femmes": (("audiences", "Femmes"),),
        "langues etrangeres": (("special_support", "Langues étrangères (autres)"),),
        "surdite": (("special_support", "Surdité"),),
        "deficience visuelle": (("special_support", "Déficience visuelle"),),
        "deficiance visuelle": (("special_support", "Déficience visuelle"),),
        "handicaps mentaux": (("special_support", "Handicaps mentaux"),),
        "handicaps psychiques": (("special_support", "Handicaps mentaux"),),
        "handicaps moteurs": (("special_support", "Handicaps moteurs"),),
        "illettrisme": (("special_support", "Illettrisme"),),
        "adultes": (),
        "tout public": (),
    },
    "fees": {
        "gratuit sous condition": (("fees", "Gratuit sous condition"),),
        "je peux acceder gratuitement": (("fees", "Gratuit"),),
        "adhesion": (("fees", "Gratuit sous condition"),),
        "est payant": (("fees", "Payant"),),
        "pass numerique": (),
    },
    "programmes": {
        "cnfs": (("programmes", "Conseillers numériques"),),
        "france service": (("programmes", "France Services"),),
        "croix rouge": (("programmes", "La Croix Rouge"),),
    },
    "support_modes": {
        "seul j ai acces": (("support_modes", "En autonomie"),),
        "je suis accompagne": (("support_modes", "Accompagnement individuel"),),
        "a ma place": (("support_modes", "Accompagnement individuel"),),
        "dans un atelier": (("support_modes", "Dans un atelier collectif"),),
        "a distance": (("support_modes", "À distance"),),
    },
}

# Codes of `typologie`, an open list: what towns write → what the national map uses.
KINDS = {
    "association": "ASSO",
    "bibliotheque": "BIB",
    "bibliotheque universitaire": "BIB",
    "mediatheque": "BIB",
    "relais lecture": "BIB",
    "centre social associatif": "CS",
    "centre social": "CS",
    "espace de coworking": "TIERS_LIEUX",
    "espace de cowworking": "TIERS_LIEUX",
    "hotel de ville": "MUNI",
    "mairie": "MUNI",
    "mairie annexe": "MUNI",
    "maison municipale": "MUNI",
    "maison de quartier": "MQ",
    "mission locale": "ML",
    "bij": "PIJ_BIJ",
    "pij": "PIJ_BIJ",
    "sous prefecture": "PREF",
}
