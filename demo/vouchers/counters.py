"""Who takes vouchers in Valbriac: four workshops that refurbish devices, two training bodies, and what they offer."""

from __future__ import annotations

from dataclasses import dataclass

from vouchers.models import DeviceKind, Grade, PartnerKind

TOWN_IBAN = "FR1999999000070001111110346"
"""Of a bank that does not exist, as all of them here: the keys fit, the money goes nowhere."""
SHOP, SCHOOL = PartnerKind.REFURBISHER, PartnerKind.TRAINING
COMPUTER, TABLET, PHONE = DeviceKind.COMPUTER, DeviceKind.TABLET, DeviceKind.PHONE


@dataclass(frozen=True)
class Good:
    """A device in the catalogue. `stock` is None where the partner does not count."""

    kind: DeviceKind
    title: str
    grade: Grade
    price_cents: int
    warranty_months: int
    stock: int | None = None


@dataclass(frozen=True)
class Counter:
    """A partner: `key` is that of its structure, `till` the account at it, `weight` how often people go there.

    `days_left` of its agreement; None: it goes on.
    """

    key: str
    kind: PartnerKind
    siret: str
    iban: str
    till: str
    contact: str
    phone: str
    weight: int
    goods: tuple[Good, ...] = ()
    days_left: int | None = None


NIGHT = "phenix"
"""Where something looks odd: many refusals in one evening, a sale at night, a serial number that comes twice."""
FIRST_SHOP, FIRST_SCHOOL = "reemploi", "passerelles"
"""Those whose accounts are told with the logins."""
COUNTERS = (
    Counter(
        "reemploi", SHOP, "99900010200015", "FR4099999000010000370370140", "didier", "Didier Chabanne",
        "+33261910160", 9, (
            Good(COMPUTER, "Lenovo ThinkPad T480, 14 pouces, 8 Go", Grade.VERY_GOOD, 24900, 24, 6),
            Good(COMPUTER, "HP EliteDesk 800, unité centrale et écran", Grade.GOOD, 17900, 12, 11),
            Good(COMPUTER, "Dell Latitude 5490 sous Linux", Grade.GOOD, 19900, 24, 2),
            Good(TABLET, "Samsung Galaxy Tab A8, 10,5 pouces", Grade.LIKE_NEW, 13900, 12, 4),
            Good(PHONE, "Samsung Galaxy A33, 128 Go", Grade.VERY_GOOD, 15900, 12, 0),
        ),
    ),
    Counter(
        "clics", SHOP, "99901010100015", "FR8599999000020000493826841", "fabrice", "Fabrice Oudin",
        "+33261910161", 6, (
            Good(COMPUTER, "Acer Aspire 3, 15 pouces", Grade.VERY_GOOD, 22900, 12, 3),
            Good(COMPUTER, "Ordinateur fixe remonté, écran 22 pouces", Grade.FAIR, 12000, 6),
            Good(TABLET, "Lenovo Tab M10", Grade.GOOD, 9900, 6),
        ),
    ),
    Counter(
        "recyclerie", SHOP, "99902011800017", "FR3399999000030000617283542", "corinne", "Corinne Vasseur",
        "+33261910162", 4, (
            Good(COMPUTER, "Portable HP 250 G7, 15 pouces", Grade.GOOD, 18500, 12, 5),
            Good(PHONE, "Fairphone 3", Grade.GOOD, 14500, 12, 2),
        ), 210,
    ),
    Counter(
        "phenix", SHOP, "99903010900014", "FR7899999000040000740740243", "gilles", "Gilles Pasquier",
        "+33261910163", 3, (
            Good(PHONE, "iPhone SE 2020, 64 Go", Grade.VERY_GOOD, 17900, 12, 9),
            Good(PHONE, "Xiaomi Redmi Note 11", Grade.GOOD, 11900, 6, 14),
            Good(TABLET, "iPad 9, 64 Go", Grade.LIKE_NEW, 26900, 12, 1),
        ), 75,
    ),
    Counter(
        "passerelles", SCHOOL, "99904010800014", "FR2699999000050000864196944", "salima", "Salima Haddad",
        "+33261910164", 6,
    ),
    Counter(
        "etape", SCHOOL, "99905010700013", "FR7199999000060000987653645", "nora", "Nora Khelifi",
        "+33261910165", 4, (), 300,
    ),
)  # fmt: skip
