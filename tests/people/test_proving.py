"""A record is opened with its code and what only its person knows; guesses are counted, the right one is not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from accounts.models import FailedTry
from foundation.db import db
from foundation.errors import Refused, Unknown
from people import proving
from people.models import Person

RIGHT = "06 39 98 00 21"


@dataclass
class Slip:
    """What any feature might keep under a code."""

    person: Person | None


class NoSlip(Unknown):
    def __init__(self) -> None:
        super().__init__("no such slip")


@pytest.fixture
def known(cast):
    """One slip, of Jeanne, and one of a group that nobody can prove."""
    slips = {"K7M2P9": Slip(cast.resident), "GROUP2": Slip(None)}

    def opened(code, proof, address="192.0.2.1"):
        return proving.opened(slips.get, code, proof, purpose="slip", address=address, unknown=NoSlip)

    return opened


def guesses():
    db.session.rollback()
    return db.session.scalar(select(func.coalesce(func.sum(FailedTry.failures), 0)))


def test_with_the_code_and_the_number_it_opens_however_often(known):
    for _time in range(3):
        assert known("K7M2P9", RIGHT).person.given_name == "Jeanne"
    assert guesses() == 1


@pytest.mark.parametrize(
    ("code", "proof"),
    [("K7M2P9", "06 39 98 00 22"), ("NOSUCH", RIGHT), ("GROUP2", RIGHT), (None, None), ("K7M2P9", "Le Goff")],
)
def test_whatever_is_wrong_it_is_refused_alike_and_counted(known, code, proof):
    with pytest.raises(NoSlip):
        known(code, proof)
    assert guesses() == 1


def test_who_guesses_on_and_on_has_to_wait_even_with_the_right_answer(known):
    for _guess in range(100):
        try:
            known("K7M2P9", "0600000000")
        except NoSlip:
            continue
        except Refused:
            break
    with pytest.raises(Refused) as refused:
        known("K7M2P9", RIGHT)
    assert refused.value.status == 429
    assert known("K7M2P9", RIGHT, address="198.51.100.7")
