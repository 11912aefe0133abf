"""What stands in Valbriac: structures, venues with their rooms, schools and care homes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from places.models import CareHomeKind, SchoolKind, StructureKind


@dataclass(frozen=True)
class House:
    """A structure that employs mediators, or a partner that takes vouchers."""

    key: str
    name: str
    kind: StructureKind
    phone: str


@dataclass(frozen=True)
class Site:
    """A venue: where, whose, what it is called, and its rooms."""

    key: str
    name: str
    house: str
    quarter: str
    address: str
    shift: tuple[float, float]
    hours: str
    rooms: tuple[str, ...]
    kinds: tuple[str, ...]
    wheelchair: bool = True
    lift: bool | None = None
    languages: tuple[str, ...] = ("fr",)
    notes: str = ""
    phone: str = ""
    services: tuple[str, ...] = ("Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien")
    fees: str = "Gratuit"
    bookable: bool = True


@dataclass(frozen=True)
class SchoolSite:
    name: str
    kind: SchoolKind
    quarter: str
    address: str
    pupils: int
    uai: str
    priority: str = ""


@dataclass(frozen=True)
class HomeSite:
    name: str
    kind: CareHomeKind
    quarter: str
    address: str
    beds: int
    finess: str


HOUSES = (
    House("town", "Ville de Valbriac – Service numérique", StructureKind.TOWN_SERVICE, "+33261910110"),
    House("declic", "Association Déclic numérique", StructureKind.ASSOCIATION, "+33261910120"),
    House("ccas", "CCAS de Valbriac", StructureKind.CCAS, "+33261910130"),
    House("reemploi", "Atelier Réemploi du Val", StructureKind.ASSOCIATION, "+33261910160"),
    House("clics", "Les Clics solidaires", StructureKind.ASSOCIATION, "+33261910161"),
    House("recyclerie", "Recyclerie de Vère", StructureKind.ASSOCIATION, "+33261910162"),
    House("phenix", "Phénix Mobile", StructureKind.COMPANY, "+33261910163"),
    House("passerelles", "Passerelles Formation", StructureKind.ASSOCIATION, "+33261910164"),
    House("etape", "L’Étape numérique", StructureKind.COMPANY, "+33261910165"),
)

SITES = (
    Site(
        "mediatheque", "Médiathèque des Tanneurs", "town", "VB3", "4 quai des Tanneurs", (0.0012, 0.0006),
        "Tu-Fr 10:00-18:30; Sa 10:00-17:00", ("Salle Ada", "Petit bureau"), ("BIB",), lift=True,
        languages=("fr", "en"), notes="Entrée par la cour, porte vitrée. L’ascenseur mène au premier étage.",
    ),
    Site(
        "mairie", "Mairie – Espace France services", "town", "VB1", "1 place du Parvis", (0.0004, -0.0005),
        "Mo-Fr 08:30-12:30,13:30-17:30", ("Bureau 2", "Bureau 3"), ("RFS", "MUNI"), lift=True,
        notes="Rez-de-chaussée, à droite de l’accueil.",
    ),
    Site(
        "croixverte", "Maison de quartier de la Croix-Verte", "town", "VB4", "12 allée des Charmes", (-0.0009, 0.0008),
        "Mo-Fr 09:00-12:00,14:00-18:00", ("Salle du fond",), ("CS",), languages=("fr", "ar", "tr"),
        notes="Arrêt de bus « Charmes », ligne 3.",
    ),
    Site(
        "bellevue", "Centre social Bellevue", "declic", "VB5", "3 rue des Glycines", (0.0011, -0.0007),
        "Mo-Fr 09:00-12:30,13:30-18:00; We 09:00-18:00", ("Atelier", "Bureau des permanences"), ("CS",), lift=False,
        languages=("fr", "ar", "pt"), notes="Deux marches à l’entrée : sonnez, on ouvre la rampe.",
    ),
    Site(
        "gare", "Espace public numérique de la Gare", "declic", "VB6", "27 avenue de la Gare", (-0.0006, 0.0011),
        "Mo-Sa 09:30-12:30,14:00-18:30", ("Plateau", "Box 1", "Box 2"), ("ESS",), lift=True, languages=("fr", "en"),
    ),
    Site(
        "ccas", "CCAS – Pôle solidarités", "ccas", "VB1", "8 rue du Four-Banal", (-0.0013, 0.0004),
        "Mo-Fr 09:00-12:00,13:30-17:00", ("Bureau d’accueil", "Bureau 5"), ("CCAS",), lift=True,
    ),
    Site(
        "associations", "Maison des associations", "declic", "VB2", "15 rue du Bac", (0.0008, 0.0003),
        "Mo-Fr 09:00-20:00; Sa 09:00-12:00", ("Salle Rivière",), ("ASSO",), wheelchair=False, lift=False,
        notes="Premier étage sans ascenseur : demandez un autre lieu si l’escalier vous gêne.",
    ),
    Site(
        "hauts", "Annexe des Hauts-de-Vère", "town", "VB7", "2 place des Lavandières", (0.0005, 0.0009),
        "Tu,Th 14:00-18:00; We,Sa 10:00-12:30", ("Salle commune",), ("BIB",),
    ),
    Site(
        "residence", "Résidence autonomie Les Marronniers", "ccas", "VB6", "40 rue Saint-Roch", (0.0014, -0.0009),
        "Mo-Fr 14:00-17:00", ("Salon numérique",), ("CCAS",), lift=True,
        notes="Présentez-vous à l’accueil de la résidence.",
    ),
)  # fmt: skip

SHOP: dict[str, Any] = {
    "services": ("Acquisition de matériel informatique à prix solidaire",),
    "fees": "Payant",
    "bookable": False,
}
SCHOOL: dict[str, Any] = {
    "services": ("Maîtrise des outils numériques du quotidien",),
    "fees": "Payant",
    "bookable": False,
}
DOORS = (
    Site(
        "reemploi", "Atelier Réemploi du Val", "reemploi", "VB6", "6 rue du Dépôt", (0.0009, -0.0004),
        "Tu-Fr 10:00-12:30,14:00-18:30; Sa 10:00-17:00", (), ("ESS",), phone="+33261910160",
        notes="Dans la cour de l’ancienne gare de marchandises.", **SHOP,
    ),
    Site(
        "clics", "Les Clics solidaires", "clics", "VB4", "21 allée des Charmes", (0.0006, -0.0011),
        "Mo,We,Fr 14:00-18:00; Sa 09:30-12:30", (), ("ASSO",), phone="+33261910161", **SHOP,
    ),
    Site(
        "recyclerie", "Recyclerie de Vère", "recyclerie", "VB7", "3 chemin du Plateau", (-0.0011, 0.0004),
        "We-Sa 10:00-18:00", (), ("ESS",), phone="+33261910162",
        notes="Parking devant la halle ; bus 5, arrêt « Plateau ».", **SHOP,
    ),
    Site(
        "phenix", "Phénix Mobile", "phenix", "VB1", "9 rue du Marché", (0.0002, 0.0008),
        "Mo-Sa 10:00-19:00", (), (), phone="+33261910163", wheelchair=False,
        notes="Une marche à l’entrée.", **SHOP,
    ),
    Site(
        "passerelles", "Passerelles Formation", "passerelles", "VB5", "14 rue des Glycines", (-0.0004, 0.0010),
        "Mo-Fr 08:45-12:15,13:30-17:00", (), ("OF",), phone="+33261910164", lift=True, **SCHOOL,
    ),
    Site(
        "etape", "L’Étape numérique", "etape", "VB2", "2 rue du Bac", (-0.0007, -0.0006),
        "Mo-Fr 09:00-12:30,13:30-18:00", (), ("OF",), phone="+33261910165", lift=False, **SCHOOL,
    ),
)  # fmt: skip
"""Where partners take vouchers; nobody books an appointment there. Keys are those of their structures."""

SCHOOLS = (
    SchoolSite(
        "École élémentaire Jacqueline-Auriol", SchoolKind.ELEMENTARY, "VB4", "5 rue des Érables",
        248, "0960001A", "REP",
    ),
    SchoolSite(
        "École maternelle des Charmes", SchoolKind.NURSERY, "VB4", "9 allée des Charmes",
        131, "0960002B", "REP",
    ),
    SchoolSite(
        "École primaire du Bac", SchoolKind.PRIMARY, "VB2", "6 rue du Bac",
        312, "0960003C",
    ),
    SchoolSite(
        "École élémentaire Bellevue", SchoolKind.ELEMENTARY, "VB5", "18 rue des Glycines",
        226, "0960004D", "REP",
    ),
    SchoolSite(
        "École primaire Saint-Roch", SchoolKind.PRIMARY, "VB6", "11 rue du Dépôt",
        287, "0960005E",
    ),
    SchoolSite(
        "Collège des Hauts-de-Vère", SchoolKind.MIDDLE, "VB7", "1 chemin du Plateau",
        468, "0960006F",
    ),
)  # fmt: skip

CARE_HOMES = (
    HomeSite(
        "EHPAD Les Tilleuls", CareHomeKind.EHPAD, "VB2", "22 rue du Moulin-Neuf",
        84, "960000014",
    ),
    HomeSite(
        "EHPAD La Roseraie de Vère", CareHomeKind.EHPAD, "VB7", "7 chemin des Vignes",
        62, "960000022",
    ),
    HomeSite(
        "Résidence autonomie Les Marronniers", CareHomeKind.SENIOR_RESIDENCE, "VB6", "40 rue Saint-Roch",
        48, "960000030",
    ),
    HomeSite(
        "EHPAD Sainte-Odile", CareHomeKind.EHPAD, "VB1", "3 impasse du Cloître",
        75, "960000048",
    ),
)  # fmt: skip
