"""SIRET, IBAN and BIC: what is read, what is refused, what is shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.models import PartnerKind
from vouchers.rules import banking, partners
from vouchers.rules.banking import BankDetails, has_key, masked, read_bic, read_iban
from vouchers.rules.partners import Agreement

IBAN = "FR1420041010050500013M02606"
OTHERS = ("DE89370400440532013000", "BE68539007547034", "NL91ABNA0417164300", "MC5811222000010123456789030")
SIRET = "73282932000074"


def agreed(**more):
    usual = {"structure_id": 1, "kind": PartnerKind.TRAINING, "siret": SIRET, "agreement_from": date(2026, 1, 1)}
    return Agreement(**usual | more)


class TestIban:
    @pytest.mark.parametrize("iban", [IBAN, *OTHERS])
    def test_the_key_of_a_true_one_fits(self, iban):
        assert read_iban(iban) == iban

    def test_gaps_and_small_letters_are_as_good(self):
        assert read_iban(" fr14 2004 1010 0505 0001 3m02 606 ") == IBAN
        assert read_iban("FR14\u00a02004-1010.0505\u202f0001 3M02 606") == IBAN

    @pytest.mark.parametrize(
        "text",
        ["", "FR", "12", "FR1420041010050500013M0260", IBAN + "0", "FR15" + IBAN[4:], "FR14é" + IBAN[5:], "٣" * 27],
    )
    def test_one_that_can_be_none_is_refused(self, text):
        with pytest.raises(banking.BadIban) as refused:
            read_iban(text)
        assert refused.value.field == "iban"

    @given(st.integers(4, 26), st.sampled_from("0123456789"))
    def test_one_wrong_digit_is_always_noticed(self, place, digit):
        if IBAN[place] == digit:
            return
        wrong = IBAN[:place] + digit + IBAN[place + 1 :]
        with pytest.raises(banking.BadIban):
            read_iban(wrong)

    @given(st.integers(4, 25))
    def test_two_swapped_neighbours_are_always_noticed(self, place):
        swapped = IBAN[:place] + IBAN[place + 1] + IBAN[place] + IBAN[place + 2 :]
        assert swapped == IBAN or not has_key(swapped)

    def test_the_key_of_the_right_length_is_of_the_country_too(self):
        shorter = next(
            f"FR{key:02}{IBAN[4:-1]}" for key in range(2, 99) if has_key(f"FR{key:02}{IBAN[4:-1]}")
        )  # fmt: skip
        with pytest.raises(banking.BadIban):
            read_iban(shorter)

    def test_a_country_that_plain_transfers_do_not_reach_is_said_so(self):
        with pytest.raises(banking.BankNotInEurope):
            read_iban("TN5910006035183598478831")

    def test_a_page_shows_the_country_and_four_characters(self):
        assert masked(IBAN) == "FR•• •••• 2606"
        assert not set(IBAN[4:-4]) & set("•")
        assert IBAN[4:23] not in masked(IBAN)


class TestBic:
    @pytest.mark.parametrize(("text", "bic"), [("cmcifrpp", "CMCIFRPP"), ("PSST FR PP PAR", "PSSTFRPPPAR"), ("  ", "")])
    def test_it_is_read_or_left_out(self, text, bic):
        assert read_bic(text) == bic

    @pytest.mark.parametrize("text", ["CMCIFRP", "CMCIFRPPX", "1234", "CMCIFRPP PARIS"])
    def test_of_another_length_it_is_refused(self, text):
        with pytest.raises(banking.BadBic):
            read_bic(text)

    def test_it_is_of_the_country_of_the_iban(self):
        with pytest.raises(banking.BicOfAnotherCountry):
            banking.checked(BankDetails(IBAN, "COBADEFF", "Atelier"))
        assert banking.checked(BankDetails(IBAN, "BNPARERX", "Atelier")).bic == "BNPARERX"


class TestHolder:
    @pytest.mark.parametrize("name", ["", "   ", "a" * 71])
    def test_a_name_is_needed_and_fits_the_file(self, name):
        with pytest.raises(banking.HolderMissing):
            banking.checked(BankDetails(IBAN, "", name))

    def test_blanks_are_tidied(self):
        assert banking.checked(BankDetails(IBAN, "", " Les  Clics ")).holder == "Les Clics"


class TestAgreement:
    def test_the_siret_is_kept_in_14_digits(self):
        assert partners.checked(agreed(siret="732 829 320 00074")).siret == SIRET

    @pytest.mark.parametrize("siret", ["", "  ", "00000000000000"])
    def test_without_siret_nobody_is_paid(self, siret):
        with pytest.raises(partners.SiretMissing):
            partners.checked(agreed(siret=siret))

    @pytest.mark.parametrize("siret", ["73282932000075", "7328293200007", "732829320000740", "7328293200007x"])
    def test_a_siret_whose_key_does_not_fit_is_refused(self, siret):
        with pytest.raises(partners.SiretWrong) as refused:
            partners.checked(agreed(siret=siret))
        assert refused.value.field == "siret"

    def test_it_ends_when_it_has_begun_or_later(self):
        first = date(2026, 1, 1)
        assert partners.checked(agreed(agreement_until=first)).agreement_until == first
        with pytest.raises(partners.EndsBeforeItBegins):
            partners.checked(agreed(agreement_until=date(2025, 12, 31)))

    @pytest.mark.parametrize("field", partners.LIMITS)
    def test_what_is_too_long_is_said_at_its_field(self, field):
        with pytest.raises(partners.TooLong) as refused:
            partners.checked(agreed(**{field: "a" * 300}))
        assert refused.value.field == field
