"""The families of the clubs: guardians, their children, whom to call. Numbers are of the range kept for fiction."""

from __future__ import annotations

from dataclasses import dataclass

from people.models import ContactMeans

NUMBERS = 985000
"""Their telephones follow those of the residents."""
LEVELS = {
    5: "GS", 6: "CP", 7: "CE1", 8: "CE2", 9: "CM1", 10: "CM2", 11: "6e", 12: "5e", 13: "4e", 14: "3e", 15: "2de",
    16: "1re",
}  # fmt: skip
"""By the age at the end of the year in which the school year begins."""


@dataclass(frozen=True)
class Family:
    """`children` are given names with the age at the end of this year. Without `means`, a text message reaches them."""

    given_name: str
    family_name: str
    quarter: str
    children: tuple[tuple[str, int], ...]
    emergency: str = ""
    collectors: str = ""
    alone: bool = False
    images: bool = True
    means: ContactMeans | None = None
    locale: str = "fr"


CLUB_DONE = (
    Family("Samira", "Boukhalfa", "VB4", (("Lina", 10), ("Ilyès", 12)), "Farid Boukhalfa", "Farid Boukhalfa"),
    Family("Aurélie", "Dubreuil", "VB4", (("Tom", 9),), "Josiane Dubreuil", "Josiane Dubreuil\nMarc Dubreuil"),
    Family("Fatoumata", "Camara", "VB4", (("Aïssata", 11),), "Mariam Camara", alone=True),
    Family("Céline", "Montagnac", "VB3", (("Jade", 10), ("Noé", 10)), "Olivier Montagnac", "Olivier Montagnac"),
    Family("Mehmet", "Demir", "VB4", (("Elif", 12),), "Emine Demir", images=False, alone=True),
    Family("Nathalie", "Le Goff", "VB1", (("Maël", 9),), "Yvon Le Goff", "Yvon Le Goff"),
    Family("Ana", "Ferreira", "VB4", (("Tiago", 11),), "Maria Ferreira", "Maria Ferreira"),
    Family("Karima", "Haddad", "VB4", (("Sofia", 10),), "Nabil Haddad", locale="ar"),
)
CLUB = (
    Family("Samira", "Boukhalfa", "VB4", (("Lina", 10),), "Farid Boukhalfa", "Farid Boukhalfa"),
    Family("Claire", "Vasseur", "VB3", (("Gabin", 9), ("Louise", 10)), "Hervé Vasseur", "Hervé Vasseur"),
    Family("Mariama", "Sow", "VB5", (("Ousmane", 9),), "Binta Sow", "Binta Sow", images=False),
    Family("Julie", "Chauvin", "VB1", (("Zoé", 11),), "Paul Chauvin", alone=True),
    Family("Oksana", "Kovalenko", "VB6", (("Danylo", 10),), "Iryna Kovalenko", "Iryna Kovalenko"),
    Family("Ana", "Ferreira", "VB4", (("Tiago", 11),), "Maria Ferreira", "Maria Ferreira", alone=True),
    Family("Stéphane", "Rambaud", "VB2", (("Éloïse", 9),), "Colette Rambaud", "Colette Rambaud"),
    Family("Aïcha", "Ziani", "VB4", (("Nour", 9), ("Adam", 10)), "Slimane Ziani", "Slimane Ziani", locale="ar"),
    Family("Thi Lan", "Nguyen", "VB6", (("Minh", 11),), "Van Nguyen", alone=True),
    Family("Élodie", "Pasquier", "VB7", (("Basile", 9),), "Gilles Pasquier", "Gilles Pasquier"),
)
CLUB_WAITS = (
    Family("Valérie", "Hamelin", "VB3", (("Capucine", 9),), "Denis Hamelin", "Denis Hamelin"),
    Family("Zohra", "Mansouri", "VB5", (("Yasmine", 10), ("Rayan", 9)), "Tarek Mansouri", "Tarek Mansouri"),
    Family("Lucie", "Gaillard", "VB6", (("Arthur", 11),), "Anne Gaillard", means=ContactMeans.PHONE_CALL),
)
WEEKEND = (
    Family("Malika", "Benali", "VB5", (("Inès", 9), ("Walid", 7)), "Rachid Benali"),
    Family("Sylvie", "Perrault", "VB5", (("Hugo", 10),), "Jean Perrault"),
    Family("Ibrahima", "Keita", "VB5", (("Fanta", 8), ("Moussa", 11)), "Awa Keita"),
)
WEEKEND_WAITS = (
    Family("Conceição", "Pereira", "VB5", (("Leonor", 9),), "Rui Pereira", means=ContactMeans.PHONE_CALL),
    Family("Margaux", "Tessier", "VB3", (("Achille", 8),), "Luc Tessier"),
)
STUDIO = (
    Family("Awa", "Traoré", "VB5", (("Inaya", 15),), "Issa Traoré", alone=True),
    Family("Delphine", "Brossard", "VB5", (("Enzo", 14),), "Didier Brossard", alone=True),
    Family("Samira", "Boukhalfa", "VB4", (("Yanis", 16),), "Farid Boukhalfa", alone=True),
    Family("Gwenaëlle", "Guégan", "VB1", (("Maëlle", 15),), "Loïc Guégan", "Loïc Guégan"),
    Family("Latifa", "Zitouni", "VB5", (("Kenza", 14),), "Mourad Zitouni", alone=True, images=False),
    Family("Sandra", "Oudin", "VB7", (("Mathis", 16),), "Patrick Oudin", alone=True),
    Family("Rokhaya", "Ndiaye", "VB4", (("Aminata", 15),), "Cheikh Ndiaye", "Cheikh Ndiaye"),
    Family("Teresa", "Da Silva", "VB5", (("Lucas", 14),), "Nuno Da Silva", alone=True),
)
"""Those of 12 to 17 who come to the studio by themselves, and who registers them."""
