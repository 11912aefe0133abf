"""What stands on the shelf in Valbriac: nine kits of the town, of an association and of everybody."""

from __future__ import annotations

from dataclasses import dataclass, field

from equipment.models import Approval, Borrowers, Destination, Purchase

BACKERS = ("Ville de Valbriac", "Département", "État – France Relance", "Fondation du Val")
CARE = "Rendre la mallette chargée et complète\nPas de nourriture ni de boisson près des appareils"


@dataclass(frozen=True)
class Gone:
    """A unit that left for good so many days before the loading; a new one took its place soon after."""

    days_ago: int
    destination: Destination
    certificate: str = ""
    note: str = ""


@dataclass(frozen=True)
class Extra:
    """Units that nobody holds in class: a router, a charging case."""

    kind: str
    label: str
    price_cents: int


@dataclass(frozen=True)
class Case:
    """A kit: `house` is a structure's key (none: the whole territory's), `site` a venue's.

    Attributes:
        bought_days_ago: when its first units were bought.
        weekly: loans in a week of school, about.
        borrowers_of: what schools and homes do with it.
        supplies: (label, count, minimum, whether it is used up).
    """

    key: str
    code: str
    name: str
    kind: str
    house: str | None
    site: str
    unit: str
    model: str
    count: int
    minimum: int
    purchase: Purchase
    price_cents: int
    bought_days_ago: int
    weekly: float
    activities: tuple[str, ...]
    description: str
    borrowers: Borrowers = Borrowers.HOSTS
    approval: Approval = Approval.NONE
    lead_hours: int = 48
    turnaround_minutes: int = 120
    battery: bool = True
    extras: tuple[Extra, ...] = ()
    supplies: tuple[tuple[str, int, int, bool], ...] = ()
    gone: tuple[Gone, ...] = field(default=())


BOX = Extra("borne Wi-Fi", "TP-Link M7350", 8900)
TROLLEY = Extra("valise de charge", "Naotic i16", 64000)

TABLETS = ("Dessiner et raconter une histoire", "Scratch Jr", "Lire une carte en ligne", "Enregistrer un conte")
SHELF = (
    Case(
        "ada", "TAB1", "Tablettes Ada", "Tablettes", None, "mediatheque", "tablette", "Samsung Galaxy Tab A8", 12, 8,
        Purchase.REFURBISHED, 13900, 1150, 1.6, TABLETS,
        "Douze tablettes avec coque renforcée, une borne Wi-Fi et leur valise de charge.",
        extras=(BOX, TROLLEY), supplies=(("Casque audio", 12, 10, False), ("Lingette", 40, 20, True)),
        gone=(
            Gone(500, Destination.RECYCLING, "ECO-2025-0412", "Écran brisé, carte mère oxydée."),
            Gone(210, Destination.REFURBISHER, "", "Batterie à 52 %, reprise contre un bon d’achat."),
        ),
    ),
    Case(
        "grace", "TAB2", "Tablettes Grace", "Tablettes", "town", "croixverte", "tablette", "Lenovo Tab M10", 15, 10,
        Purchase.NEW, 18900, 800, 1.3, (*TABLETS, "Évaluations nationales d’anglais"),
        "Quinze tablettes pour une demi-classe, avec l’application de dessin et Scratch Jr.",
        Borrowers.SCHOOLS, Approval.HEAD_TEACHER, extras=(TROLLEY,),
        supplies=(("Stylet", 15, 12, False), ("Lingette", 12, 20, True)),
        gone=(Gone(330, Destination.LOST, "", "Jamais revenue d’une sortie ; déclarée à l’assurance."),),
    ),
    Case(
        "marcelle", "TAB3", "Tablettes Marcelle", "Tablettes", None, "ccas", "tablette", "Samsung Galaxy Tab A7", 8, 5,
        Purchase.REFURBISHED, 11900, 1000, 1.5,
        ("Appels en vidéo avec les familles", "Musiques d’autrefois", "Revoir son village", "Jeux de mémoire"),
        "Huit tablettes réglées en gros caractères, avec supports et casques, pour les maisons de retraite.",
        Borrowers.CARE_HOMES, lead_hours=24, extras=(BOX,),
        supplies=(("Support de table", 8, 8, False), ("Casque audio", 8, 8, False)),
        gone=(Gone(120, Destination.PARTS, "", "Connecteur de charge arraché ; écran gardé en pièce."),),
    ),
    Case(
        "margaret", "ORD1", "Portables Margaret", "Ordinateurs portables", "town", "mediatheque", "ordinateur portable",
        "Lenovo ThinkPad L390", 12, 8, Purchase.REFURBISHED, 24900, 1300, 1.2,
        ("Scratch", "Exposé à plusieurs mains", "Recherche documentaire", "Journal de classe"),
        "Douze ordinateurs sous Linux avec souris, pour programmer et écrire à plusieurs.",
        approval=Approval.MANAGER, lead_hours=72, turnaround_minutes=180, extras=(TROLLEY,),
        supplies=(("Souris", 12, 12, False), ("Chargeur", 12, 12, False)),
        gone=(
            Gone(640, Destination.RECYCLING, "ECO-2025-0087", "Carte mère hors service."),
            Gone(400, Destination.PARTS, "", "Dalle fendue ; clavier et mémoire gardés."),
            Gone(60, Destination.REFURBISHER, "", "Charnières usées, reprise par l’atelier."),
        ),
    ),
    Case(
        "gare", "ORD2", "Portables de la Gare", "Ordinateurs portables", "declic", "gare", "ordinateur portable",
        "HP ProBook 430", 10, 6, Purchase.REFURBISHED, 21900, 950, 1.0,
        ("Scratch", "Retouche d’images", "Traitement de texte"),
        "Dix ordinateurs de l’association, avec souris et rallonges.",
        turnaround_minutes=180, supplies=(("Souris", 10, 10, False), ("Rallonge", 3, 2, False)),
        gone=(Gone(280, Destination.GIVEN_AWAY, "", "Donné à une famille du quartier après remise en état."),),
    ),
    Case(
        "robots", "ROB1", "Robots Thymio", "Robots à programmer", "town", "mediatheque", "robot", "Thymio II", 8, 6,
        Purchase.NEW, 15900, 900, 1.4,
        ("Programmer un parcours", "Le robot suit la ligne", "Robots et capteurs"),
        "Huit robots, leurs clés sans fil et un tapis quadrillé.",
        Borrowers.SCHOOLS, turnaround_minutes=90, extras=(Extra("tapis", "Tapis quadrillé 2 × 2 m", 5900),),
        supplies=(("Clé sans fil", 8, 8, False), ("Pile AA", 24, 16, True)),
        gone=(Gone(150, Destination.RECYCLING, "ECO-2026-0219", "Moteur gauche bloqué, non réparable."),),
    ),
    Case(
        "microbit", "MIC1", "Cartes micro:bit", "Cartes à programmer", "declic", "gare", "carte", "BBC micro:bit V2",
        15, 8, Purchase.NEW, 2290, 700, 1.0,
        ("Un podomètre à soi", "Mesurer la température de la cour", "Messages par radio"),
        "Quinze cartes avec leurs câbles et leurs boîtiers de piles.", Borrowers.SCHOOLS,
        turnaround_minutes=60, battery=False, supplies=(("Câble USB", 15, 15, False), ("Pile AAA", 60, 30, True)),
    ),
    Case(
        "vr", "VR01", "Casques du voyage", "Casques de réalité virtuelle", None, "mairie", "casque", "Meta Quest 2",
        6, 4, Purchase.REFURBISHED, 22900, 600, 0.8,
        ("Visite d’un musée", "Sous la mer", "La rue de mon enfance, vue d’en haut"),
        "Six casques autonomes, à partir de 12 ans et pour les aînés assis.",
        approval=Approval.MANAGER, lead_hours=96, turnaround_minutes=240,
        extras=(Extra("valise de charge", "Valise VR 6", 39000),), supplies=(("Protection jetable", 80, 50, True),),
    ),
    Case(
        "photo", "PHO1", "Appareils photo du reportage", "Appareils photo", "declic", "bellevue", "appareil photo",
        "Canon PowerShot SX420", 6, 4, Purchase.GIVEN, 0, 1100, 0.7,
        ("Reportage dans le quartier", "Portraits croisés", "Le journal en images"),
        "Six appareils avec cartes mémoire et trépieds, donnés par le photo-club.",
        supplies=(("Carte mémoire", 8, 6, False), ("Trépied", 3, 3, False)),
    ),
)  # fmt: skip
