"""The campaigns of Valbriac: one that is over, one for devices and one for training that run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from demo.vouchers.holders import BENEFIT, BY_STATUS, FAMILY
from demo.vouchers.scene import Scene
from foundation.said import Translations
from people.models import Status
from vouchers.models import CampaignKind, DeviceKind, Share
from vouchers.rules.campaigns import Plan

JOB, RETIRED = BY_STATUS[Status.JOB_SEEKING], BY_STATUS[Status.RETIRED]
DEVICE_WORDS = "Présentez ce chèque et une pièce d’identité chez un atelier partenaire."
TRAINING_WORDS = "Une unité paie une heure de formation. Les unités se dépensent en plusieurs fois."
DEVICE_IN = {
    "en": {
        "title": "My refurbished device",
        "voucher_text": "Show this voucher and an identity document at a partner workshop.",
    },
    "ar": {
        "title": "جهازي المجدد",
        "voucher_text": "قدموا هذه القسيمة مع وثيقة هوية في إحدى الورش الشريكة.",
    },
}
TRAINING_IN = {
    "en": {
        "title": "Ten hours of digital skills",
        "voucher_text": "One unit pays one hour of training. You can spend the units bit by bit.",
    },
    "ar": {
        "title": "عشر ساعات للثقافة الرقمية",
        "voucher_text": "تدفع كل وحدة ثمن ساعة من التدريب. يمكن إنفاق الوحدات على عدة مرات.",
    },
}


@dataclass(frozen=True)
class Drive:
    """A campaign as it was led.

    Attributes:
        opened, days: how many days ago, and for how long.
        in_batch: how many cards the series looks at; None: all.
        singly: so many more are asked for one by one.
        use: how many of those who have a voucher use it.
    """

    key: str
    kind: CampaignKind
    title: str
    opened: int
    days: int
    budget_cents: int
    categories: tuple[str, ...]
    in_batch: int | None
    singly: int
    use: float
    face_cents: int = 0
    units: int = 0
    unit_cents: int = 0
    tolerance: int = 15
    share: Share = Share.PERSON
    every_years: int = 0
    floor_cents: int = 0
    ceiling_cents: int | None = None
    device_kinds: tuple[DeviceKind, ...] = ()
    words: str = ""
    translations: Translations = field(default_factory=dict)

    @property
    def closed(self) -> int:
        """How many days ago it was closed, or will be when less than none."""
        return self.opened - self.days - self.tolerance - 5

    def plan(self, scene: Scene) -> Plan:
        """What the manager wrote down."""
        first = scene.today - timedelta(days=self.opened)
        return Plan(
            self.kind, self.title, self.budget_cents, first, first + timedelta(days=self.days),
            face_cents=self.face_cents, units=self.units, unit_cents=self.unit_cents, tolerance_days=self.tolerance,
            category_ids=[scene.categories[label] for label in self.categories], age_min=18, share=self.share,
            every_years=self.every_years, floor_cents=self.floor_cents, price_ceiling_cents=self.ceiling_cents,
            device_kinds=[one.value for one in self.device_kinds], voucher_text=self.words,
            translations=self.translations,
        )  # fmt: skip


DONE = Drive(
    "done", CampaignKind.DEVICE, "Un ordinateur à la maison", 335, 122, 2_400_000,
    (BENEFIT, JOB, RETIRED), None, 14, 0.74,
    face_cents=15_000, share=Share.HOUSEHOLD, every_years=3, floor_cents=2_000, ceiling_cents=45_000,
    device_kinds=(DeviceKind.COMPUTER,), words=DEVICE_WORDS,
)  # fmt: skip
DEVICE = Drive(
    "device", CampaignKind.DEVICE, "Mon appareil reconditionné", 97, 122, 3_000_000,
    (BENEFIT, JOB, FAMILY, RETIRED), None, 24, 0.66,
    face_cents=15_000, share=Share.HOUSEHOLD, every_years=3, floor_cents=2_000, ceiling_cents=50_000,
    words=DEVICE_WORDS, translations=DEVICE_IN,
)  # fmt: skip
TRAINING = Drive(
    "training", CampaignKind.TRAINING, "Dix heures pour le numérique", 66, 126, 1_800_000, (), 80, 36, 0.85,
    units=10, unit_cents=1_200, words=TRAINING_WORDS, translations=TRAINING_IN,
)  # fmt: skip
DRIVES = (DONE, DEVICE, TRAINING)
