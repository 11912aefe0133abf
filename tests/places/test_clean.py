"""Messy names, numbers and addresses of real files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.clean.codes import clean_insee, clean_postcode, clean_siret, is_siret, luhn
from places.clean.commune import clean_commune
from places.clean.contact import clean_emails, clean_phone, clean_websites
from places.clean.text import one_line, paragraphs, search_key, shortened, slug


class TestText:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (None, ""),
            ("  deux   mots \n", "deux mots"),
            (31000.0, "31000"),
            (1.1, "1.1"),
            (0, "0"),
            (["a", " b "], "a|b"),
            ({"a": 1}, ""),
            ("nul\x00", "nul"),
            ("\u202eCM1 \u2066x\u2069", "CM1 x"),
            ("half \ud83d", "half"),
            ("insécable\u00a0:", "insécable :"),
        ],
    )
    def test_one_line(self, value, expected):
        assert one_line(value) == expected

    def test_paragraphs_keep_their_line_breaks(self):
        assert paragraphs("  un \r\n deux\n") == "un\ndeux"
        assert paragraphs(None) == ""

    @pytest.mark.parametrize(
        ("text", "key"),
        [("Île de Nantes", "ile de nantes"), ("  L'Œuvre-Été ", "l oeuvre ete"), ("ÉCOLE n° 2", "ecole n 2"), ("", "")],
    )
    def test_search_key_is_blind_to_accents_and_case(self, text, key):
        assert search_key(text) == key

    def test_slug_joins_what_is_there(self):
        assert slug("École Zola", "", "1 rue X") == "ecole-zola-1-rue-x"

    def test_shortened_cuts_between_words(self):
        assert shortened("un deux trois quatre", 14) == "un deux trois…"
        assert shortened("un deux trois quatre", 12) == "un deux…"
        assert shortened("un", 14) == "un"
        assert len(shortened("x" * 300, 280)) == 280

    @given(st.text())
    def test_search_key_is_its_own_key(self, text):
        assert search_key(search_key(text)) == search_key(text)


class TestCommune:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("NANTES", "Nantes"),
            ("le Havre", "Le Havre"),
            ("LE HAVRE", "Le Havre"),
            ("Gonfreville L'Orcher", "Gonfreville-l'Orcher"),
            ("NANCY CEDEX", "Nancy"),
            ("NANTES Cedex 2", "Nantes"),
            ("Cournon d'Auvergne", "Cournon-d'Auvergne"),
            ("COURNON D'AUVERGNE", "Cournon-d'Auvergne"),
            ("La Roche sur Yon", "La Roche-sur-Yon"),
            ("L'HAŸ-LES-ROSES", "L'Haÿ-les-Roses"),
            ("PARIS 12", "Paris"),
            ("Paris 12e arrondissement", "Paris"),
            ("Marseille 1er", "Marseille"),
            ("saint etienne", "Saint-Etienne"),
            ("Ste-Luce-sur-Loire", "Sainte-Luce-sur-Loire"),
            ("Steenvoorde", "Steenvoorde"),
            ("Sainte  Luce", "Sainte-Luce"),
        ],
    )
    def test_is_written_as_in_the_official_code(self, written, name):
        assert clean_commune(written) == name

    @given(st.text(max_size=40))
    def test_cleaning_twice_changes_nothing(self, text):
        once = clean_commune(text)
        assert clean_commune(once) == clean_commune(clean_commune(once))


class TestPhone:
    @pytest.mark.parametrize(
        ("written", "number"),
        [
            ("02 40 41 90 00", "+33240419000"),
            ("02.40.41.90.00", "+33240419000"),
            ("+33 (0)2 40 41 90 00", "+33240419000"),
            ("0033240419000", "+33240419000"),
            (240419000, "+33240419000"),
            (240419000.0, "+33240419000"),
            ("02 40 41 90 00 / 06 12 34 56 78", "+33240419000"),
            ("06 12 34 56 78 ou 02 40 41 90 00", "+33612345678"),
            ("Accueil : 02 40 41 90 00 (le matin)", "+33240419000"),
            ("0639980057", "+33639980057"),
            ("3949", "3949"),
            (3230, "3230"),
            ("3960 (Service 0,06 € / mn)", "+33971103960"),
            ("0262 20 20 20", "+262262202020"),
            ("0590 00 00 01", "+590590000001"),
            ("0269 60 01 02", "+262269600102"),
            ("12", "12"),
            ("pas de téléphone", None),
            ("00 00 00 00 00", None),
            ("", None),
            (None, None),
        ],
    )
    def test_is_read_in_any_writing(self, written, number):
        assert clean_phone(written) == number

    def test_an_overseas_postcode_tries_its_own_plan_first(self):
        assert clean_phone("590 90 00 01", "97110") == "+590590900001"

    @given(st.text(max_size=60))
    def test_never_raises(self, text):
        assert clean_phone(text) is None or clean_phone(text)


class TestWebsites:
    @pytest.mark.parametrize(
        ("written", "found", "lost"),
        [
            ("https://exemple.fr/A?b=C", ["https://exemple.fr/A?b=C"], []),
            ("www.exemple.fr", ["http://www.exemple.fr"], []),
            ("Exemple.FR/Page", ["http://exemple.fr/Page"], []),
            ("https://a.fr|https://b.fr", ["https://a.fr", "https://b.fr"], []),
            ("https://a.fr;https://a.fr", ["https://a.fr"], []),
            ("58928", [], ["58928"]),
            ("http://", [], []),
            ("", [], []),
            (None, [], []),
            (63122, [], ["63122"]),
            ("javascript:alert(1)", [], ["javascript:alert(1)"]),
        ],
    )
    def test_are_repaired_or_named(self, written, found, lost):
        assert clean_websites(written) == (found, lost)

    @given(st.text(max_size=200))
    def test_only_web_addresses_come_out(self, text):
        assert all(site.startswith(("http://", "https://")) for site in clean_websites(text)[0])


class TestEmails:
    @pytest.mark.parametrize(
        ("written", "found", "lost"),
        [
            ("a@b.fr", ["a@b.fr"], []),
            ("a@b.fr ou c@d.fr", ["a@b.fr", "c@d.fr"], []),
            ("a@b.fr|c@d.fr;a@b.fr", ["a@b.fr", "c@d.fr"], []),
            ('Via le site, rubrique "Nous contacter', [], ['Via le site, rubrique "Nous contacter']),
            ("", [], []),
        ],
    )
    def test_are_found_in_a_sentence(self, written, found, lost):
        assert clean_emails(written) == (found, lost)


class TestCodes:
    def test_luhn(self):
        assert luhn("79927398713")
        assert not luhn("79927398710")

    @pytest.mark.parametrize(
        ("text", "valid"),
        [
            ("13002603200016", True),
            ("21350238800019", True),
            ("35600000010483", True),
            ("35600000010482", False),
            ("12345678910111", False),
            ("36750100000000", False),
            ("1300260320001", False),
            ("1300260320001X", False),
        ],
    )
    def test_siret(self, text, valid):
        assert is_siret(text) is valid

    @pytest.mark.parametrize(
        ("value", "siret"),
        [
            ("130 026 032 00016", "13002603200016"),
            (13002603200016, "13002603200016"),
            ("00000000000000", ""),
            (None, ""),
            ("", ""),
            (21760400000000, None),
            ("2,1760E+13", None),
        ],
    )
    def test_a_siret_destroyed_by_a_spreadsheet_is_none(self, value, siret):
        assert clean_siret(value) == siret

    @pytest.mark.parametrize(
        ("value", "code"), [("44000", "44000"), (44000.0, "44000"), ("1000", "01000"), ("44 000", "44000"), ("", None)]
    )
    def test_postcode(self, value, code):
        assert clean_postcode(value) == code

    @pytest.mark.parametrize(
        ("value", "code"),
        [(35238, "35238"), ("2a004", "2A004"), (1053, "01053"), ("555", None), ("20004", None), ("97411", "97411")],
    )
    def test_insee(self, value, code):
        assert clean_insee(value) == code
