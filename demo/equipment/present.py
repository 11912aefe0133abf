"""How the kits stand on the day of loading, written by the verbs as everybody pressed them in the days before."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from demo.equipment.desk import BACK, HOME_ENDS, MORNING, Desk
from demo.workshops.dates import DAY
from demo.workshops.stage import MANAGER
from equipment.models import Condition, Handing
from equipment.queries.handing import items_of
from equipment.rules.lending import Wish
from equipment.service import incidents, lateness, lending, maintenance
from foundation.period import Period

HEAD = "veronique"
NEAR = 5
BROUGHT = Wish(outward=Handing.DELIVERED, homeward=Handing.DELIVERED, contact_phone="+33261910154")


def write(desk: Desk) -> None:
    """Everything, so that each finds the kit free."""
    _one_is_in_repair(desk)
    _a_class(desk)
    _a_care_home(desk)
    _late(desk)
    _out(desk)
    _going_out(desk)
    _blocked(desk)
    _upkeep(desk)
    lateness.tell_late(desk.now)


def _one_is_in_repair(desk: Desk) -> None:
    """Eleven of twelve tablets."""
    camille, kit = desk.account("camille"), desk.stocked.kits["ada"]
    item = [one for one in items_of(kit.id) if one.kind == kit.unit_kind][3]
    found = incidents.open_incident(
        kit.id, Condition.DAMAGED, "Écran fendu, le tactile ne répond plus en bas.", camille, now=desk.ago(9),
        item_id=item.id,
    )  # fmt: skip
    incidents.begin_repair(
        found.id, camille, now=desk.ago(6), supplier="Atelier Réemploi du Val", note="Devis accepté : 69 €."
    )


def _a_class(desk: Desk) -> None:
    """Sandrine has tablets for two days more, cards booked each week, and waits for a yes of her head teacher."""
    out = Wish(group_label="CM1", activity="Raconter la rivière en images", units_wanted=12, head_count=24)
    period = Period(desk.at(desk.before[0], MORNING), desk.at(desk.after[1], BACK))
    if made := desk.reserve("grace", period, out, "sandrine", ago=15):
        lending.approve(made.id, desk.account(HEAD), now=desk.ago(14))
        desk.hand_over(made, "Sandrine Peyrat", "yanis")
    weekly = [desk.half_day(day) for day in desk.weeks(desk.after[3], 4)]
    steps = Wish(group_label="CM1", activity="Un podomètre à soi", units_wanted=12, head_count=24)
    lending.reserve_series(
        desk.kit_id("microbit"), weekly, steps, desk.account("sandrine"), now=desk.ago(11), only_free=True
    )
    tales = Wish(
        group_label="CE2, avec M. Marchal", activity="Enregistrer un conte", units_wanted=12, head_count=23,
        sheet_url="https://scratch.mit.edu/projects/editor/",
    )  # fmt: skip
    desk.first_free("grace", desk.after[11:], desk.half_day, tales, "sandrine", ago=1)


def _a_care_home(desk: Desk) -> None:
    """Mireille has two afternoons to come, and asked for the laptops."""
    calls = replace(
        BROUGHT, group_label="Salon bleu", activity="Appels en vidéo avec les familles", units_wanted=5, head_count=8
    )
    desk.first_free("marcelle", desk.after[2:9], desk.afternoon, calls, "mireille", ago=8)
    desk.first_free("marcelle", desk.after[9:], desk.afternoon, calls, "mireille", ago=8)
    writes = replace(
        BROUGHT, group_label="Atelier mémoire", activity="Écrire le journal de la maison", units_wanted=6, head_count=7
    )
    desk.first_free("margaret", desk.after[6:], desk.afternoon, writes, "mireille", ago=1)


def _late(desk: Desk) -> None:
    """The robots should be back this morning, or at the end of the last day: no account of that school, so a number."""
    due = desk.at(desk.stage.almanac.today, MORNING)
    if due > desk.now - timedelta(minutes=30) or not desk.is_open(desk.stage.almanac.today):
        due = desk.at(desk.before[0], BACK)
    wish = Wish(
        school_id=desk.places["École primaire Saint-Roch"].school_id, group_label="CM2", units_wanted=8, head_count=26,
        activity="Robots et capteurs", contact_phone="+33639980037",
    )  # fmt: skip
    period = Period(desk.at(desk.before[0], time(8, 15)), due)
    for kit, asks, brings in (("robots", "camille", "solene"), ("gare", "patrick", "ines")):
        if made := desk.reserve(kit, period, wish, asks, ago=12):
            desk.hand_over(made, "Benoît Lacombe", brings)
            break


def _out(desk: Desk) -> None:
    """A care home and a school bring back today what they have."""
    home, school = desk.places["EHPAD La Roseraie de Vère"], desk.places["École élémentaire Bellevue"]
    music = Wish(
        care_home_id=home.care_home_id, group_label="Salle à manger", activity="Musiques d’autrefois", units_wanted=6,
        head_count=7, homeward=Handing.DELIVERED, contact_phone="+33639980063",
    )  # fmt: skip
    news = Wish(
        school_id=school.school_id, group_label="CM2", activity="Le journal en images", units_wanted=6, head_count=21,
        contact_phone="+33639980041",
    )  # fmt: skip
    begins = desk.at(desk.before[1], MORNING)
    period = Period(begins, desk.at(desk.after[0], HOME_ENDS))
    if made := desk.reserve("marcelle", period, music, "camille", ago=10):
        desk.hand_over(made, "Christelle Pujol", "odile")
    if made := desk.reserve("photo", Period(begins, desk.at(desk.after[0], BACK)), news, "patrick", ago=10):
        desk.hand_over(made, "Élodie Grandjean", "leila")


def _going_out(desk: Desk) -> None:
    """The tablets go out this afternoon, or the next one on which they are free."""
    wish = Wish(
        school_id=desk.places["École primaire du Bac"].school_id, group_label="CE1", units_wanted=11, head_count=22,
        activity="Lire une carte en ligne", contact_phone="+33639980052",
    )  # fmt: skip
    for day in desk.after[:NEAR]:
        begins = max(desk.at(day, time(13, 30)), desk.now + timedelta(minutes=20))
        if begins < desk.at(day, time(15)) and desk.reserve(
            "ada", Period(begins, desk.at(day, BACK)), wish, "camille", ago=7
        ):
            break


def _blocked(desk: Desk) -> None:
    """Three of six headsets work, four are needed: Sandrine, who comes next, was warned."""
    kit, camille = desk.stocked.kits["vr"], desk.account("camille")
    wish = Wish(group_label="CM2", activity="Visite du musée de la Mine", units_wanted=4, head_count=25)
    if made := desk.first_free("vr", desk.after[7:], desk.half_day, wish, "sandrine", ago=13):
        lending.approve(made.id, desk.account(MANAGER), now=desk.ago(12))
    headsets = [one for one in items_of(kit.id) if one.kind == kit.unit_kind]
    told = (
        (20, Condition.DAMAGED, "L’image saute dans l’œil gauche."),
        (2, Condition.INCOMPLETE, "Revenu sans sa manette droite."),
        (2, Condition.DAMAGED, "Sangle cassée, ne tient plus sur la tête."),
    )
    for item, (days, condition, words) in zip(headsets, told, strict=False):
        found = incidents.open_incident(kit.id, condition, words, camille, now=desk.ago(days), item_id=item.id)
        if days > NEAR:
            incidents.begin_repair(found.id, camille, now=desk.ago(days - 2), supplier="Garantie du constructeur")


def _upkeep(desk: Desk) -> None:
    """The cards get their new programs in two weeks."""
    day = desk.after[9]
    period = Period(desk.at(day, time(9)), desk.at(day + DAY, time(17)))
    words, manager = "Nouvelle version des programmes", desk.account(MANAGER)
    maintenance.plan(desk.kit_id("microbit"), period, words, manager, now=desk.ago(3))
