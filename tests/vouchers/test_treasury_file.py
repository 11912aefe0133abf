"""The file of credit transfers: the published structure of pain.001.001.09, amounts to the cent, letters banks take."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vouchers.rules.banking import BankDetails
from vouchers.rules.credit_transfer import NAMESPACE, Credit, Order, decimal, latin, written

IBAN, OTHER = "FR1420041010050500013M02606", "DE89370400440532013000"
TOWN = BankDetails(IBAN, "PSSTFRPPPAR", "Ville de Rives-sur-Aure")
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("pain_001_001_09.xsd")))
MADE = datetime(2026, 4, 2, 9, 30, 5, tzinfo=UTC)


def order(*credits: Credit, debtor: BankDetails = TOWN) -> Order:
    return Order("PARVIS-20260402-1", MADE, date(2026, 4, 3), debtor, credits or (credit(),))


def credit(cents: int = 12_345, to: BankDetails | None = None, text: str = "Releve 1 (2026-03)") -> Credit:
    return Credit(to or BankDetails(OTHER, "", "Les Clics solidaires"), cents, "PARVIS-1-1", text)


def read(content: str) -> etree._Element:
    """The file, once it has passed the schema."""
    document = etree.fromstring(content.encode())
    SCHEMA.assertValid(document)
    return document


def found(document: etree._Element, path: str) -> list[str]:
    return [one.text for one in document.iterfind("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))]


PAYMENT = "CstmrCdtTrfInitn/PmtInf"
CREDIT = f"{PAYMENT}/CdtTrfTxInf"


def test_it_has_the_published_structure_and_says_what_is_paid():
    document = read(written(order()))
    assert found(document, "CstmrCdtTrfInitn/GrpHdr/MsgId") == ["PARVIS-20260402-1"]
    assert found(document, "CstmrCdtTrfInitn/GrpHdr/CreDtTm") == ["2026-04-02T09:30:05"]
    assert found(document, f"{PAYMENT}/ReqdExctnDt/Dt") == ["2026-04-03"]
    assert found(document, f"{PAYMENT}/DbtrAcct/Id/IBAN") == [IBAN]
    assert found(document, f"{PAYMENT}/DbtrAgt/FinInstnId/BICFI") == ["PSSTFRPPPAR"]
    assert found(document, f"{CREDIT}/CdtrAcct/Id/IBAN") == [OTHER]
    assert found(document, f"{CREDIT}/Amt/InstdAmt") == ["123.45"]
    assert found(document, f"{CREDIT}/PmtId/EndToEndId") == ["PARVIS-1-1"]


def test_without_bic_it_says_that_none_is_provided():
    document = read(written(order(debtor=BankDetails(IBAN, "", "Ville"))))
    assert found(document, f"{PAYMENT}/DbtrAgt/FinInstnId/Othr/Id") == ["NOTPROVIDED"]
    assert found(document, f"{CREDIT}/CdtrAgt/FinInstnId/BICFI") == []


def test_the_bic_of_a_partner_stands_before_its_name():
    document = read(written(order(credit(to=BankDetails(OTHER, "COBADEFF", "Atelier")))))
    assert found(document, f"{CREDIT}/CdtrAgt/FinInstnId/BICFI") == ["COBADEFF"]


@given(st.lists(st.integers(1, 99_999_999), min_size=1, max_size=30))
def test_numbers_and_sums_are_those_of_its_lines(amounts):
    document = read(written(order(*map(credit, amounts))))
    for level in ("CstmrCdtTrfInitn/GrpHdr", PAYMENT):
        assert found(document, f"{level}/NbOfTxs") == [str(len(amounts))]
        assert found(document, f"{level}/CtrlSum") == [decimal(sum(amounts))]
    assert [int(one.replace(".", "")) for one in found(document, f"{CREDIT}/Amt/InstdAmt")] == amounts


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200), st.text(max_size=10))
def test_whatever_a_partner_is_called_the_file_can_be_read(name, text):
    document = read(written(order(credit(to=BankDetails(OTHER, "", name or "x"), text=text))))
    (said,) = found(document, f"{CREDIT}/Cdtr/Nm")
    assert 0 < len(said) <= 70
    assert said.isascii()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Éric & Cœur d’Été", "Eric + Coeur d'Ete"), ("A <b> «C»", "A b C"), ("10 €", "10 E"), ("", "-"), ("日本", "-"),
        ("x" * 80, "x" * 70),
    ],
)  # fmt: skip
def test_letters_that_not_every_bank_takes_are_said_otherwise(typed, said):
    assert latin(typed, 70) == said


@pytest.mark.parametrize(("cents", "said"), [(1, "0.01"), (10, "0.10"), (100, "1.00"), (999_999_999, "9999999.99")])
def test_amounts_have_two_decimals(cents, said):
    assert decimal(cents) == said


def test_the_same_order_makes_the_same_bytes():
    assert written(order()) == written(order())


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("<PmtMtd>TRF</PmtMtd>", "<PmtMtd>DD</PmtMtd>"), ("123.45", "123,45"), ("<ChrgBr>SLEV</ChrgBr>", ""),
        (f"<IBAN>{OTHER}</IBAN>", "<IBAN>DE 89</IBAN>"), ("<NbOfTxs>1</NbOfTxs>", ""), ('Ccy="EUR"', ""),
        ("<MsgId>PARVIS-20260402-1</MsgId>", f"<MsgId>{'x' * 36}</MsgId>"), ("<Dt>2026-04-03</Dt>", "<Dt>3/4/26</Dt>"),
    ],
)  # fmt: skip
def test_the_schema_kept_with_the_tests_finds_what_is_wrong(was, becomes):
    content = written(order())
    assert was in content
    assert not SCHEMA.validate(etree.fromstring(content.replace(was, becomes).encode()))
