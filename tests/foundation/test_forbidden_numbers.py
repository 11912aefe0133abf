"""Numbers at random: those that open something are always found, those that open nothing never."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from foundation.forbidden import (
    holds_card_number,
    holds_iban,
    holds_password,
    holds_social_security_number,
)

SEPARATORS = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f"])
WORDS = st.sampled_from(["", "numéro ", "voir : ", "(", "c’est le "])


@st.composite
def social_security_numbers(draw) -> list[str]:
    """The six groups of a number, and its key."""
    place = draw(st.one_of(st.integers(1, 95).map(lambda n: f"{n:02}"), st.sampled_from(["2A", "2B", "99"])))
    body = [
        draw(st.sampled_from("12")),
        f"{draw(st.integers(0, 99)):02}",
        f"{draw(st.integers(1, 12)):02}",
        place,
        f"{draw(st.integers(1, 999)):03}",
        f"{draw(st.integers(1, 999)):03}",
    ]
    number = int("".join(body).replace("2A", "19").replace("2B", "18"))
    return [*body, f"{97 - number % 97:02}"]


@given(social_security_numbers(), SEPARATORS, WORDS)
def test_a_social_security_number_is_found_however_it_is_written(groups, separator, before):
    assert holds_social_security_number(f"{before}{separator.join(groups)} à vérifier")


@given(social_security_numbers(), SEPARATORS)
def test_it_is_found_without_its_key_too(groups, separator):
    assert holds_social_security_number(f"sécu {separator.join(groups[:-1])}.")


def with_last_digit(digits: str) -> str:
    """`digits` with the one that makes the check of cards come out even."""
    doubled = [int(one) * (2 if place % 2 == 0 else 1) for place, one in enumerate(reversed(digits))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{digits}{-total % 10}"


@given(st.sampled_from(["4", "51", "55", "2221"]), st.data(), SEPARATORS, WORDS)
def test_a_card_is_found_however_it_is_written(prefix, data, separator, before):
    rest = data.draw(st.text("0123456789", min_size=15 - len(prefix), max_size=15 - len(prefix)))
    number = with_last_digit(prefix + rest)
    grouped = separator.join(number[at : at + 4] for at in range(0, 16, 4))
    assert holds_card_number(f"{before}{grouped}, expire en mai")


@given(st.text("0123456789", min_size=23, max_size=23), st.booleans())
def test_a_french_account_number_is_found(digits, spaced):
    check = 98 - int(f"{digits}152700") % 97
    number = f"FR{check:02}{digits}"
    shown = " ".join(number[at : at + 4] for at in range(0, 27, 4)) if spaced else number
    assert holds_iban(f"son compte {shown} est ouvert")


def harmless(text: str) -> bool:
    return not (
        holds_social_security_number(text) or holds_card_number(text) or holds_iban(text) or holds_password(text)
    )


@given(
    st.sampled_from(["01", "02", "03", "04", "05", "06", "07", "09"]),
    st.text("0123456789", min_size=8, max_size=8),
    SEPARATORS,
)
def test_a_telephone_number_passes(prefix, rest, separator):
    groups = [prefix, *(rest[at : at + 2] for at in range(0, 8, 2))]
    assert harmless(f"Rappeler au {separator.join(groups)} demain")
    assert harmless(f"+33{prefix[1]}{rest}")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.times())
def test_a_day_and_a_time_pass(day, clock):
    moment = datetime.combine(day, clock, tzinfo=UTC)
    for shape in ("%d/%m/%Y à %Hh%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y", "%d %m %Y %H %M"):
        assert harmless(f"Revient le {moment:{shape}}")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 99_999))
def test_the_number_of_a_file_passes(day, number):
    assert harmless(f"dossier {day:%Y}-{number:05}")
    assert harmless(f"réf. {number}/{day:%y}")
    assert harmless(f"permis demandé le {day:%d/%m}, suivi {number:05} jusqu’au {day + timedelta(days=30):%d/%m}")


@given(st.integers(0, 9_999_999))
def test_a_benefit_number_passes(number):
    assert harmless(f"allocataire {number:07}")
