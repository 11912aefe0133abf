"""How the kits stand on the day of loading, written by the verbs as everybody pressed them in the days before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import Account
from demo.equipment.borrowers import Place
from demo.equipment.days import days_after, days_before, school_days
from demo.equipment.stocking import Stocked
from demo.workshops.dates import DAY
from demo.workshops.stage import MANAGER, Stage
from equipment.models import Condition, Handing, Reservation
from equipment.queries.handing import items_of
from equipment.queries.kits import lendable
from equipment.queries.lending import free_periods
from equipment.rules.handing import Checked
from equipment.rules.lending import Wish
from equipment.service import handing, incidents, lateness, lending, maintenance
from foundation.period import Period, at_wall_time

MORNING, NOON, BACK = time(8, 45), time(11, 45), time(16, 15)
AT_HOME, HOME_ENDS = time(14), time(16, 30)
HEAD = "veronique"
NEAR = 5


class Present:
    """Who has what now, who comes next, and what is wrong."""

    def __init__(self, stage: Stage, stocked: Stocked, places: dict[str, Place]) -> None:
        self.stage, self.stocked, self.places = stage, stocked, places
        self.is_open = school_days(stage.almanac)
        self.before = days_before(stage.almanac, self.is_open)
        self.after = days_after(stage.almanac, self.is_open)

    def write(self) -> None:
        """Everything, in the order of its days."""
        self._break_one()
        self._at_the_school()
        self._at_the_home()
        self._out_and_late()
        self._coming_today()
        self._blocked()
        gare = self.stocked.kits["microbit"]
        day = self.after[9]
        period = Period(self._at(day, time(9)), self._at(day + DAY, time(17)))
        words = "Nouvelle version des programmes"
        maintenance.plan(gare.id, period, words, self._account(MANAGER), now=self._ago(3))
        lateness.tell_late(self.stage.now)

    def _break_one(self) -> None:
        """Eleven of twelve: one is at the repairer’s."""
        kit, camille = self.stocked.kits["ada"], self._account("camille")
        item = [one for one in items_of(kit.id) if one.kind == kit.unit_kind][3]
        found = incidents.open_incident(
            kit.id, Condition.DAMAGED, "Écran fendu, le tactile ne répond plus en bas.", camille, now=self._ago(9),
            item_id=item.id,
        )  # fmt: skip
        incidents.begin_repair(
            found.id, camille, now=self._ago(6), supplier="Atelier Réemploi du Val", note="Devis accepté : 69 €."
        )

    def _at_the_school(self) -> None:
        """Sandrine has tablets until after tomorrow, robots booked each week, and waits for one yes."""
        sandrine, head = self._account("sandrine"), self._account(HEAD)
        grace, microbit = self.stocked.kits["grace"], self.stocked.kits["microbit"]
        out = Wish(group_label="CM1", activity="Raconter la rivière en images", units_wanted=12, head_count=24)
        period = Period(self._at(self.before[0], MORNING), self._at(self.after[1], BACK))
        made = lending.reserve(grace.id, period, out, sandrine, now=self._ago(15))
        lending.approve(made.id, head, now=self._ago(14))
        self._hand_over(made, "Sandrine Peyrat", "yanis", period.start)
        weekly = [self._half_day(day) for day in self._weeks(self.after[3], 4)]
        steps = Wish(group_label="CM1", activity="Un podomètre à soi", units_wanted=12, head_count=24)
        lending.reserve_series(microbit.id, weekly, steps, sandrine, now=self._ago(11), only_free=True)
        waits = Wish(
            group_label="CE2, avec M. Marchal", activity="Enregistrer un conte", units_wanted=12, head_count=23,
            sheet_url="https://scratch.mit.edu/projects/editor/",
        )  # fmt: skip
        lending.reserve(grace.id, self._half_day(self.after[11]), waits, sandrine, now=self._ago(1))

    def _at_the_home(self) -> None:
        """Mireille has two afternoons to come, and asked for the laptops."""
        mireille = self._account("mireille")
        kit, laptops = self.stocked.kits["marcelle"], self.stocked.kits["margaret"]
        wish = Wish(
            group_label="Salon bleu", activity="Appels en vidéo avec les familles", units_wanted=5, head_count=8,
            outward=Handing.DELIVERED, homeward=Handing.DELIVERED, contact_phone="+33261910154",
        )  # fmt: skip
        self._first_free(kit.id, self.after[2:9], self._afternoon, wish, mireille, ago=8)
        self._first_free(kit.id, self.after[9:], self._afternoon, wish, mireille, ago=8)
        writes = Wish(
            group_label="Atelier mémoire", activity="Écrire le journal de la maison", units_wanted=6, head_count=7,
            outward=Handing.DELIVERED, homeward=Handing.DELIVERED, contact_phone="+33261910154",
        )  # fmt: skip
        self._first_free(laptops.id, self.after[6:], self._afternoon, writes, mireille, ago=1)

    def _out_and_late(self) -> None:
        """The laptops of the station should be back: a school without account of its own has them."""
        patrick, kit = self._account("patrick"), self.stocked.kits["gare"]
        place = self.places["École primaire Saint-Roch"]
        due = self._at(self.stage.almanac.today, MORNING)
        if due > self.stage.now - timedelta(minutes=30):
            due = self._at(self.before[0], BACK)
        wish = Wish(
            school_id=place.school_id, group_label="CM2", activity="Traitement de texte", units_wanted=10,
            head_count=26, contact_phone="+33612480037",
        )  # fmt: skip
        period = Period(self._at(self.before[2], MORNING), due)
        made = lending.reserve(kit.id, period, wish, patrick, now=self._ago(12))
        self._hand_over(made, "Benoît Lacombe", "ines", period.start)

    def _coming_today(self) -> None:
        """The cameras come back, the tablets go out: something to do for whoever is at the desk."""
        camille, patrick = self._account("camille"), self._account("patrick")
        bellevue, bac = self.places["École élémentaire Bellevue"], self.places["École primaire du Bac"]
        wish = Wish(
            school_id=bellevue.school_id, group_label="CM2", activity="Le journal en images", units_wanted=6,
            head_count=21, contact_phone="+33612480041",
        )  # fmt: skip
        photo = self.stocked.kits["photo"]
        due = self._at(self.after[0], BACK)
        made = self._try(photo.id, Period(self._at(self.before[1], MORNING), due), wish, patrick, ago=10)
        if made is not None:
            self._hand_over(made, "Élodie Grandjean", "leila", made.starts_at)
        wish = Wish(
            school_id=bac.school_id, group_label="CE1", activity="Lire une carte en ligne", units_wanted=11,
            head_count=22, contact_phone="+33612480052",
        )  # fmt: skip
        ada = self.stocked.kits["ada"]
        for day in self.after[:NEAR]:
            start = max(self._at(day, time(13, 30)), self.stage.now + timedelta(minutes=20))
            if start < self._at(day, time(15)) and self._try(
                ada.id, Period(start, self._at(day, BACK)), wish, camille, ago=7
            ):
                break

    def _blocked(self) -> None:
        """Three of six headsets work, four are needed: Sandrine, who comes next, was warned."""
        kit, camille, helene = self.stocked.kits["vr"], self._account("camille"), self._account(MANAGER)
        wish = Wish(group_label="CM2", activity="Visite du musée de la Mine", units_wanted=4, head_count=25)
        made = lending.reserve(
            kit.id, self._half_day(self.after[7]), wish, self._account("sandrine"), now=self._ago(13)
        )
        lending.approve(made.id, helene, now=self._ago(12))
        headsets = [one for one in items_of(kit.id) if one.kind == kit.unit_kind]
        told = (
            (20, Condition.DAMAGED, "L’image saute dans l’œil gauche."),
            (2, Condition.INCOMPLETE, "Revenu sans sa manette droite."),
            (2, Condition.DAMAGED, "Sangle cassée, ne tient plus sur la tête."),
        )
        for item, (days, condition, words) in zip(headsets, told, strict=False):
            found = incidents.open_incident(kit.id, condition, words, camille, now=self._ago(days), item_id=item.id)
            if days > NEAR:
                incidents.begin_repair(found.id, camille, now=self._ago(days - 2), supplier="Garantie du constructeur")

    def _hand_over(self, made: Reservation, signer: str, by: str, at: datetime) -> None:
        conditions = {one.id: one.condition for one in items_of(made.kit_id) if one.condition.serves}
        checked = Checked(conditions, signer, supplies={one.id: one.count for one in made.kit.supplies})
        handing.hand_over(made.id, checked, self._account(by), now=at, request_key=f"demo-out-{made.id}")

    def _first_free(
        self,
        kit_id: int,
        days: list[date],
        period_of: Callable[[date], Period],
        wish: Wish,
        actor: Account,
        *,
        ago: int,
    ) -> Reservation | None:
        return next(filter(None, (self._try(kit_id, period_of(day), wish, actor, ago=ago) for day in days)), None)

    def _try(self, kit_id: int, period: Period, wish: Wish, actor: Account, *, ago: int) -> Reservation | None:
        """Reserve; None when a session of a workshop has the kit then."""
        if free_periods(lendable(kit_id), [period]):
            return lending.reserve(kit_id, period, wish, actor, now=self._ago(ago))
        return None

    def _account(self, name: str) -> Any:
        return self.stage.account(name)

    def _ago(self, days: int) -> datetime:
        return self.stage.almanac.office_hours(self.stage.now - days * DAY)

    def _at(self, day: date, clock_time: time) -> datetime:
        return at_wall_time(day, clock_time, self.stage.almanac.zone)

    def _half_day(self, day: date) -> Period:
        return Period(self._at(day, MORNING), self._at(day, NOON))

    def _afternoon(self, day: date) -> Period:
        return Period(self._at(day, AT_HOME), self._at(day, HOME_ENDS))

    def _weeks(self, day: date, count: int) -> list[date]:
        days = [day + 7 * number * DAY for number in range(count)]
        return [one for one in days if self.is_open(one)]
