"""What La Coop calls the values of records: its words, in French whoever reads, for programs go by them.

Source: inclusion-numerique/coop-mediation-numerique, apps/web/src/features, its version of 30 June 2026 (46aa33b):
`activites/use-cases/cra/fields/{thematique,materiel,type-activite,type-lieu}.ts`,
`activites/use-cases/cra/individuel/fields/{autonomie,structures-redirection}.ts`,
`activites/use-cases/cra/collectif/fields/niveau-atelier.ts`,
`beneficiaire/domain/{genre,tranche-age,statut-social}.ts`.
"""

from __future__ import annotations

from activity.models import ActivityKind, AgeBand, Autonomy, Channel, Equipment, Procedure, Referral, Theme
from people.models import Gender, Status
from workshops.models import Level

KINDS = {
    ActivityKind.INDIVIDUAL: "Accompagnement individuel",
    ActivityKind.GROUP: "Atelier collectif",
}
AT_A_VENUE, ELSEWHERE = "Lieu d’activité", "Autre lieu"
CHANNELS = {
    Channel.VENUE: AT_A_VENUE,
    Channel.HOME: "À domicile",
    Channel.PHONE: "À distance",
    Channel.VIDEO: "À distance",
}
EQUIPMENT = {
    Equipment.COMPUTER: "Ordinateur",
    Equipment.PHONE: "Téléphone",
    Equipment.TABLET: "Tablette",
    Equipment.OTHER: "Autre",
    Equipment.NONE: "Pas de matériel",
}
THEMES = {
    Theme.DIGITAL_DIAGNOSIS: "Diagnostic numérique",
    Theme.DEVICE_START: "Prendre en main du matériel",
    Theme.DEVICE_UPKEEP: "Maintenance de matériel",
    Theme.FILES: "Gérer ses contenus numériques",
    Theme.WEB: "Navigation sur internet",
    Theme.EMAIL: "E-mail",
    Theme.OFFICE: "Bureautique",
    Theme.SOCIAL_NETWORKS: "Réseaux sociaux communication",
    Theme.HEALTH: "Santé",
    Theme.BANKING_SHOPPING: "Banque et achats en ligne",
    Theme.PROFESSIONAL_SUPPORT: "Accompagner un professionnel",
    Theme.FINDING_WORK: "Insertion professionnelle",
    Theme.ONLINE_SAFETY: "Prévention en sécurité numérique",
    Theme.PARENTING: "Parentalité",
    Theme.SCHOOL: "Scolarité et numérique",
    Theme.CREATING: "Créer avec le numérique",
    Theme.DIGITAL_CULTURE: "Culture numérique",
    Theme.ARTIFICIAL_INTELLIGENCE: "Intelligence artificielle (IA)",
    Theme.PROCEDURES: "Aide aux démarches administratives",
}
PROCEDURES = {
    Procedure.PAPERS: "Papiers - Élections - Citoyenneté",
    Procedure.FAMILY: "Famille - Scolarité",
    Procedure.SOCIAL_HEALTH: "Social - Santé",
    Procedure.WORK: "Travail - Formation - Entreprise",
    Procedure.HOUSING: "Logement",
    Procedure.TRANSPORT: "Transports - Mobilité",
    Procedure.MONEY: "Argent - Impôts",
    Procedure.JUSTICE: "Justice",
    Procedure.FOREIGNERS: "Étrangers - Europe",
    Procedure.LEISURE: "Loisirs - Sports - Culture",
    Procedure.ASSOCIATIONS: "Associations",
}
"""La Coop keeps them among its themes, after the one that opens them."""
REFERRALS = {
    Referral.ADMINISTRATION: "Administration (mairie, préfecture…)",
    Referral.MEDIATION_PLACE: "Autre structure de médiation numérique",
    Referral.OPERATOR: "Opérateur ou organisme en charge de la démarche administrative",
    Referral.SOCIAL_AID: "Structure d’aide sociale (maison des solidarités, centre social…)",
    Referral.EMPLOYMENT: (
        "Structure d’insertion professionnelle (France Travail, mission locale, chambre de commerce…)"
    ),
    Referral.PROCEDURES: "Structure d’aide aux démarches administratives (France Services…)",
    Referral.OTHER: "Autre",
}
AUTONOMIES = {Autonomy.FULLY_GUIDED: 1, Autonomy.PARTLY_AUTONOMOUS: 2, Autonomy.AUTONOMOUS: 3}
"""In stars, out of as many as there are."""
LEVELS = {Level.BEGINNER: 1, Level.INTERMEDIATE: 2, Level.ADVANCED: 3}
GENDERS = {
    Gender.FEMININE: "Féminin",
    Gender.MASCULINE: "Masculin",
    Gender.NOT_COMMUNICATED: "Non communiqué",
}
AGE_BANDS = {
    AgeBand.UNDER_12: "Moins de 12 ans",
    AgeBand.FROM_12_TO_17: "12 - 17 ans",
    AgeBand.FROM_18_TO_24: "18 - 24 ans",
    AgeBand.FROM_25_TO_39: "25 - 39 ans",
    AgeBand.FROM_40_TO_59: "40 - 59 ans",
    AgeBand.FROM_60_TO_69: "60 - 69 ans",
    AgeBand.FROM_70: "70 ans et plus",
    AgeBand.NOT_COMMUNICATED: "Non communiqué",
}
STATUSES = {
    Status.SCHOOLING: "Scolarisé",
    Status.JOB_SEEKING: "Sans emploi",
    Status.WORKING: "En emploi",
    Status.RETIRED: "Retraité",
    Status.NOT_COMMUNICATED: "Non communiqué ou hétérogène",
}
