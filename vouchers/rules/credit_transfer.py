"""The file that a bank pays from: ISO 20022 customer credit transfer initiation, pain.001.001.09, in euros.

The structure is that of the message definition, within what the guidelines of the European Payments Council for
SEPA credit transfers ask for: one debtor, one day, one transfer a creditor, charges shared, no address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vouchers.rules.banking import BankDetails

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LONGEST_NAME, LONGEST_REFERENCE, LONGEST_TEXT = 70, 35, 140
_NOT_LATIN = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
_SAID = str.maketrans({"&": "+", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "’": "'", "–": "-", "€": "E"})


@dataclass(frozen=True)
class Credit:
    """One transfer: to whom, how many cents, the reference on the bank statement, and what the partner reads."""

    to: BankDetails
    cents: int
    reference: str
    text: str


@dataclass(frozen=True)
class Order:
    """All transfers of one file. `made_at` is on the wall clock of the territory."""

    message: str
    made_at: datetime
    execute_on: date
    debtor: BankDetails
    credits: Sequence[Credit]

    @property
    def total_cents(self) -> int:
        return sum(credit.cents for credit in self.credits)


def written(order: Order) -> str:
    """The file, always the same for the same order."""
    document = Element("Document", xmlns=NAMESPACE)
    initiation = SubElement(document, "CstmrCdtTrfInitn")
    header = SubElement(initiation, "GrpHdr")
    _text(header, "MsgId", order.message)
    _text(header, "CreDtTm", order.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    _sums(header, order)
    _party(header, "InitgPty", order.debtor)
    payment = SubElement(initiation, "PmtInf")
    _payment(payment, order)
    for credit in order.credits:
        _credit(SubElement(payment, "CdtTrfTxInf"), credit)
    indent(document, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(document, encoding="unicode")}\n'


def _payment(payment: Element, order: Order) -> None:
    _text(payment, "PmtInfId", order.message)
    _text(payment, "PmtMtd", "TRF")
    _sums(payment, order)
    _text(SubElement(SubElement(payment, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _text(SubElement(payment, "ReqdExctnDt"), "Dt", order.execute_on.isoformat())
    _party(payment, "Dbtr", order.debtor)
    _account(payment, "DbtrAcct", order.debtor)
    agent = SubElement(SubElement(payment, "DbtrAgt"), "FinInstnId")
    if order.debtor.bic:
        _text(agent, "BICFI", order.debtor.bic)
    else:
        _text(SubElement(agent, "Othr"), "Id", "NOTPROVIDED")
    _text(payment, "ChrgBr", "SLEV")


def _credit(transfer: Element, credit: Credit) -> None:
    _text(SubElement(transfer, "PmtId"), "EndToEndId", credit.reference[:LONGEST_REFERENCE])
    amount = SubElement(SubElement(transfer, "Amt"), "InstdAmt", Ccy="EUR")
    amount.text = decimal(credit.cents)
    if credit.to.bic:
        _text(SubElement(SubElement(transfer, "CdtrAgt"), "FinInstnId"), "BICFI", credit.to.bic)
    _party(transfer, "Cdtr", credit.to)
    _account(transfer, "CdtrAcct", credit.to)
    _text(SubElement(transfer, "RmtInf"), "Ustrd", latin(credit.text, LONGEST_TEXT))


def _sums(parent: Element, order: Order) -> None:
    _text(parent, "NbOfTxs", str(len(order.credits)))
    _text(parent, "CtrlSum", decimal(order.total_cents))


def _party(parent: Element, name: str, details: BankDetails) -> None:
    _text(SubElement(parent, name), "Nm", latin(details.holder, LONGEST_NAME))


def _account(parent: Element, name: str, details: BankDetails) -> None:
    _text(SubElement(SubElement(parent, name), "Id"), "IBAN", details.iban)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def decimal(cents: int) -> str:
    """`1234.05`, reckoned in integers."""
    return f"{cents // 100}.{cents % 100:02}"


def latin(text: str, longest: int) -> str:
    """`text` in the letters that every bank of the area takes; what has none becomes a blank, nothing is left empty."""
    plain = unicodedata.normalize("NFKD", text.translate(_SAID))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_NOT_LATIN.sub(" ", bare).split())[:longest].strip() or "-"
