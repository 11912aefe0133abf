"""A note that holds a secret is refused with its kind; ordinary numbers and words pass."""

from __future__ import annotations

import pytest

from foundation.forbidden import AccountNumber, CardNumber, Password, SocialSecurityNumber, check_text

REFUSED = [
    ("identifiant jean / Soleil2024*", Password),
    ("ameli : Soleil2024*", Password),
    ("son mot de passe c'est toto", Password),
    ("son mot de passe c’est toto", Password),
    ("pw Azerty12!", Password),
    ("Motdepasse Azerty12", Password),
    ("2850578006084 91", SocialSecurityNumber),
    ("2 84 05 75 116 001 58", SocialSecurityNumber),
    ("n° sécu 284057511600158", SocialSecurityNumber),
    ("2.84.05.75.116.001", SocialSecurityNumber),
    ("2840575116001", SocialSecurityNumber),
    ("2 84 05 75 116 001 99 (clé mal recopiée)", SocialSecurityNumber),
    ("1 51 02 2A 004 012 39", SocialSecurityNumber),
    ("151022b00401266", SocialSecurityNumber),
    ("184\u00a005\u00a075\u00a0116\u202f001\u00a011", SocialSecurityNumber),
    ("carte 4970 1000 0000 0154", CardNumber),
    ("4970100000000154", CardNumber),
    ("5555-5555-5555-4444", CardNumber),
    ("2223003122003222", CardNumber),
    ("amex 378282246310005", CardNumber),
    ("FR76 3000 6000 0112 3456 7890 189", AccountNumber),
    ("son iban FR7630006000011234567890189 est à jour", AccountNumber),
    ("iban fr76 3000 6000 0112 3456 7890 189 et adresse", AccountNumber),
    ("BE68 5390 0754 7034", AccountNumber),
    ("mot de passe : soleil", Password),
    ("Mot de passe = Soleil2024!", Password),
    ("mdp=toto", Password),
    ("MDP : azerty", Password),
    ("m.d.p. : azerty", Password),
    ("son mot de passe est Chouquette44", Password),
    ("mot de passe Chouquette44", Password),
    ("mot de passe « Chouquette44 »", Password),
    ("password: hunter2", Password),
    ("code secret 4821", Password),
    ("code secret : 4821", Password),
    ("code PIN 0000", Password),
    ("code confidentiel est 123456", Password),
    ("pin=1234", Password),
]
PASSING = [
    "JO Paris2024!",
    "c'est le mot de passe qui manque",
    "https://www.service.fr/Demande2024?id=3",
    "dossier 285057800608491",
    "Windows11 et Office2021, en cours",
    "",
    "06 39 98 00 12",
    "+33 6 39 98 00 12 ou 02 40 00 00 00",
    "06 39 98 00 12 06 39 98 00 13",
    "0639980012/0639980013",
    "rappeler le 24/11/2026 à 10h30",
    "2026-11-24 10:30:00",
    "du 01.09.2026 au 30.06.2027",
    "dossier CAF 1234567",
    "dossier 2024-075-12345",
    "demande ANTS n° 7580123456",
    "identifiant France Travail 1234567A",
    "numéro fiscal 3012345678901",
    "SIRET 732 829 320 00074",
    "SIRET 38012986646850",
    "IMEI 356938035643809",
    "horodatage 1700000000000",
    "référence 4970100000000155",
    "a oublié son mot de passe, refait ensemble",
    "mot de passe : oublié, réinitialisé",
    "Mot de passe changé.",
    "le mot de passe est à changer chaque année",
    "gestionnaire de mots de passe : pas encore",
    "a choisi un mot de passe de 15 caractères",
    "code postal 44000",
    "code de la route, cours de pinceau",
    "a perdu son code secret, banque appelée",
    "va en mdp demain",
    "FR76 à demander à la banque",
    "réunion FR12 ABCD salle 3",
    "se passe bien",
    "ce qui se passe : beaucoup de questions",
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_secret_is_refused_with_its_kind(text, reason):
    with pytest.raises(reason) as refused:
        check_text(text)
    assert refused.value.field == "note"


@pytest.mark.parametrize("text", PASSING)
def test_ordinary_notes_pass(text):
    check_text(text)


def test_the_field_at_fault_is_the_callers():
    with pytest.raises(Password) as refused:
        check_text("mdp=toto", "remark")
    assert refused.value.field == "remark"
