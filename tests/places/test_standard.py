"""Labels of every dialect, in the words of today's standard."""

from __future__ import annotations

import pytest

from places.standard.labels import LISTS, PHRASES
from places.standard.matching import items, kinds, labels

EVERYDAY = "Maîtrise des outils numériques du quotidien"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a|b| c ", ["a", "b", "c"]),
        ("a;b", ["a", "b"]),
        ("a / b/c\nd", ["a", "b", "c", "d"]),
        ("Jeunes (16/26 ans) / Adultes", ["Jeunes (16/26 ans)", "Adultes"]),
        ("au lieu et/ou à ses services / Payant", ["au lieu et/ou à ses services", "Payant"]),
        ("Familles et/ou enfants", ["Familles et/ou enfants"]),
        (["a", "b;c"], ["a", "b", "c"]),
        ("", []),
        (None, []),
        (" / ", []),
    ],
)
def test_a_list_is_cut_where_its_dialect_cuts(text, parts):
    assert items(text) == parts


@pytest.mark.parametrize("column", LISTS)
def test_every_label_of_today_is_itself(column):
    written = "|".join(LISTS[column])
    assert labels(column, written) == ({column: list(LISTS[column])}, [])


@pytest.mark.parametrize("column", LISTS)
def test_a_label_alone_is_not_cut(column):
    for label in LISTS[column]:
        assert labels(column, label) == ({column: [label]}, [])


def test_old_services_become_those_of_today_without_doubles():
    text = (
        "Prendre en main un smartphone ou une tablette;Prendre en main un ordinateur;"
        "Utiliser le numérique au quotidien;Approfondir ma culture numérique"
    )
    assert labels("services", text) == ({"services": [EVERYDAY, "Compréhension du monde numérique"]}, [])


@pytest.mark.parametrize(
    ("text", "found", "lost"),
    [
        ("Seniors (+65 ans) / Familles/ enfant / Adultes",
         {"audiences": ["Seniors", "Familles et/ou enfants"]}, ["Adultes"]),
        ("Uniquement femmes / Surdité", {"audiences": ["Femmes"], "special_support": ["Surdité"]}, []),
        ("Handicaps mentaux : déficiences limitant les activités d'une personne  Personnes en situation d'illettrisme",
         {"special_support": ["Handicaps mentaux", "Illettrisme"]}, []),
        ("Déficiance visuelle", {"special_support": ["Déficience visuelle"]}, []),
        ("Public langues étrangères", {"special_support": ["Langues étrangères (autres)"]}, []),
        ("martiens", {}, ["martiens"]),
    ],
)  # fmt: skip
def test_old_audiences_are_audiences_or_supports(text, found, lost):
    assert labels("audiences", text) == (found, lost)


@pytest.mark.parametrize(
    ("column", "text", "found"),
    [
        ("fees", "Gratuit : Je peux accéder gratuitement au lieu et à ses services", ["Gratuit"]),
        ("fees", "Gratuit : Je peux accéder gratuitement au lieu et à ses services/ Adhésion : L’accès au lieu et/ou à "
                 "ses services nécessite d’y adhérer", ["Gratuit", "Gratuit sous condition"]),
        ("fees", "Payant : L’accès au lieu et/ou à ses services est payant", ["Payant"]),
        ("programmes", "CNFS;France service", ["Conseillers numériques", "France Services"]),
        ("support_modes", "Seul : j’ai accès à du matériel et une connexion/Avec de l’aide : je suis accompagné seul "
                          "dans l’usage du numérique", ["En autonomie", "Accompagnement individuel"]),
        ("support_modes", "A ma place : une personne habilitée fait les démarches à ma place.",
         ["Accompagnement individuel"]),
        ("services", "Devenir autonome dans les démarches +V2:V15administratives",
         ["Aide aux démarches administratives"]),
        ("services", "S’équiper en matériel informatique", ["Acquisition de matériel informatique à prix solidaire"]),
    ],
)  # fmt: skip
def test_old_labels_are_found(column, text, found):
    assert labels(column, text) == ({column: found}, [])


def test_every_phrase_means_labels_that_exist():
    for phrases in PHRASES.values():
        for meanings in phrases.values():
            for column, label in meanings:
                assert label in LISTS[column]


def test_kinds_are_codes_where_one_is_known():
    assert kinds("Association / Médiathèque / RPA / ASSO") == ["ASSO", "BIB", "RPA"]
