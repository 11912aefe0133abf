"""The columns of a card file: our heading, and what the files of a CCAS call it."""

from __future__ import annotations

from foundation.i18n import _l
from places.importing.columns import Column, Columns

LISTED = (
    Column("former_number", _l("Number at the CCAS"), ("numéro", "n°", "n° carte", "numéro de carte", "no carte",
           "numero_carte", "carte", "number")),
    Column("family_name", _l("Family name"), ("nom", "nom de famille", "nom d'usage", "nom usuel")),
    Column("given_name", _l("Given name"), ("prénom", "prénoms")),
    Column("birth_year", _l("Year of birth"), ("année de naissance", "année", "né en", "née en", "date de naissance",
           "naissance", "né(e) le", "né le")),
    Column("category", _l("Category"), ("catégorie", "type", "type de carte", "motif")),
    Column("valid_from", _l("Valid from"), ("valable du", "valide du", "début", "date de début", "délivrée le",
           "date de délivrance")),
    Column("valid_until", _l("Valid until"), ("valable jusqu'au", "valide jusqu'au", "fin", "date de fin", "échéance",
           "expire le", "fin de validité", "date de fin de validité")),
    Column("household", _l("Household"), ("foyer", "n° foyer", "numéro de foyer", "dossier", "n° dossier")),
    Column("phone", _l("Phone"), ("téléphone", "tél", "portable", "mobile")),
)  # fmt: skip
COLUMNS = Columns(
    LISTED,
    ("former_number", "family_name", "category", "valid_until"),
    _l(
        "The first line of the file must name its columns, at least: number at the CCAS, family name, category, "
        "valid until. The model has them all."
    ),
)
