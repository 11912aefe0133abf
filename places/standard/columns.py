"""Columns of the standard, in its order, and the names that older dialects gave them."""

from __future__ import annotations

# Column of the standard → column of `Venue`.
STANDARD = {
    "id": "external_id",
    "pivot": "siret",
    "nom": "name",
    "commune": "commune",
    "code_postal": "postcode",
    "code_insee": "insee_code",
    "adresse": "address",
    "complement_adresse": "address_extra",
    "latitude": "latitude",
    "longitude": "longitude",
    "typologie": "kinds",
    "telephone": "phone",
    "courriels": "emails",
    "site_web": "websites",
    "horaires": "opening_hours",
    "presentation_resume": "summary",
    "presentation_detail": "details",
    "source": "source",
    "itinerance": "itinerance",
    "structure_parente": "parent_structure",
    "date_maj": "updated_on",
    "services": "services",
    "publics_specifiquement_adresses": "audiences",
    "prise_en_charge_specifique": "special_support",
    "frais_a_charge": "fees",
    "dispositif_programmes_nationaux": "programmes",
    "formations_labels": "labels",
    "autres_formations_labels": "other_labels",
    "modalites_acces": "access_modes",
    "modalites_accompagnement": "support_modes",
    "fiche_acces_libre": "accessibility_url",
    "prise_rdv": "booking_url",
}

# Versions 0 and 1, with the slip of pen that the first publisher made.
OLDER = {
    "courriel": "emails",
    "publics_accueillis": "audiences",
    "conditions_acces": "fees",
    "conditions_access": "fees",
    "labels_nationaux": "programmes",
    "labels_autres": "other_labels",
    "accessibilite": "accessibility_url",
}
