"""Some days of the cast's life around Tuesday at ten, so that every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from accounts.models import Account
from activity.models import Channel
from equipment.models import Condition
from equipment.rules.lending import Wish
from foundation.db import db, in_transaction, transaction
from mediation.models import Attendance, Origin
from mediation.rules.booking import Booking
from mediation.service import booking, records
from people.models import ContactMeans
from people.service import Details
from tests.cast import Cast
from tests.equipment.given import kit, morning, reserved
from tests.equipment.handed import back, items_of, out
from tests.mediation.days import TEN, draft, minutes, planned
from tests.vouchers import given as vouchers
from tests.vouchers.test_offers_catalogue import offered
from tests.workshops.enrolments import adult, opened, registered
from vouchers.rules.eligibility import Claim
from vouchers.service import batches, campaigns
from workshops.models import Enrolment, Priority, ProgrammeAudience, ProgrammeKind
from workshops.models import Origin as SentBy
from workshops.service import registering

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Life:
    """Ids of appointments: forgotten yesterday, seen at nine, expected at ten, booked for tomorrow; of a record, of a
    workshop for adults, and of a club for children."""

    forgotten: int
    seen: int
    expected: int
    booked: int
    booked_code: str
    record: int
    workshop: int
    club: int


def make_life(cast: Cast) -> Life:
    """Write them and commit; the clock is expected to stand at `TEN`."""
    forgotten = planned(cast, TEN - DAY)
    seen = planned(cast, TEN - minutes(60), attendance=Attendance.SEEN)
    expected = planned(cast, TEN, person_id=cast.ids["neighbour"], arrived_at=TEN)
    workshop, club = _workshop(cast), _club(cast)
    _counter(cast)
    _campaigns(cast)
    _kits(cast)
    with transaction():
        prescriber = db.session.get_one(Account, cast.ids["prescriber"])
        mediator = db.session.get_one(Account, cast.ids["mediator"])
        wish = Booking(
            service_id=cast.ids["paperwork"],
            starts_at=TEN + DAY,
            channel=Channel.VENUE,
            origin=Origin.PRESCRIBER,
            venue_id=cast.ids["library"],
            person_id=cast.ids["neighbour"],
            locale="ar",
        )
        booked = booking.book(wish, now=TEN, actor_id=prescriber.id)
        record = records.write(draft(cast, started_at=TEN - 7 * DAY), now=TEN, actor=mediator)
        return Life(forgotten, seen, expected, booked.id, booked.code, record.id, workshop, club)


def _counter(cast: Cast) -> None:
    """A partner with a device on offer, who took a voucher this morning."""
    seller = vouchers.partner(cast)
    offered(seller, cast.ids["partner"])
    holder = vouchers.card(cast, cast.ids["neighbour"])
    voucher = vouchers.handed(cast, vouchers.campaign(cast).id, holder.id)
    vouchers.paid(voucher.code, seller, now=TEN - minutes(30), by=cast.ids["partner"])


def _campaigns(cast: Cast) -> None:
    """One with a voucher that waits for its person and a series half made, and one that is closed."""
    running = vouchers.campaign(cast, replace(vouchers.TRAINING, title="Apprendre à son rythme"))
    vouchers.issued(cast, running.id, vouchers.card(cast, cast.ids["resident"]).id)
    vouchers.act(batches.ask, running.id, Claim(), by=cast.ids["manager"])
    winter = replace(vouchers.TRAINING, starts_on=date(2026, 1, 5), ends_on=date(2026, 2, 27), title="L’hiver")
    over = vouchers.campaign(cast, winter)
    vouchers.act(campaigns.close, over.id, by=cast.ids["manager"])


def _kits(cast: Cast) -> None:
    """A kit that the school has reserved, and one that lacks a device and is out at the school but for one of them."""
    host_id, sheet = cast.ids["host"], Wish(group_label="CM1", sheet_url="https://example.org/fiche.pdf")
    whole = kit(units=12, home_venue_id=cast.ids["library"], rules="Charger le soir\nCompter avec la classe")
    reserved(whole.id, morning(), host_id, sheet)
    lent = reserved(kit("Mallette rouge", units=12, broken=1).id, morning(-1, 3), host_id, now=TEN - 7 * DAY)
    devices = items_of(lent)[1:]
    out(cast, lent, now=TEN, early=True, conditions=dict.fromkeys(devices, Condition.WORKING))
    back(cast, lent, now=TEN, conditions={devices[0]: Condition.DAMAGED}, note="Écran fendu.")


def _club(cast: Cast) -> int:
    """Wednesdays of children, who are registered by a guardian for all of them."""
    return opened(
        cast, sessions=3, first=TEN + DAY, capacity=10, kind=ProgrammeKind.CODING_CLUB, title="Club Scratch",
        audience=ProgrammeAudience.CHILDREN, age_min=8, age_max=12, enrolment=Enrolment.CYCLE,
        description="Créer un jeu, ensemble.", goals="Inventer une histoire et la programmer",
        priorities=[Priority.NEIGHBOURHOOD],
    ).id  # fmt: skip


def _workshop(cast: Cast) -> int:
    """A course; in its first session one came by the prescriber, one is to be called about a seat, one waits."""
    programme = opened(
        cast, sessions=3, first=TEN + DAY, audience=ProgrammeAudience.ADULTS, age_min=18,
        description="Trier ses photos.", goals="Ranger et partager", priorities=[Priority.FIRST_TIMER],
    )  # fmt: skip
    sent = {"newcomer": None, "person_id": cast.ids["neighbour"], "origin": SentBy.PRESCRIBER}
    registered(adult(programme, **sent), now=TEN, actor_id=cast.ids["prescriber"])
    first, last = (Details(f"Numéro {n}", "Alix", 1980 + n, f"+3363998{n:04}") for n in (1, 2))
    seated = registered(adult(programme, newcomer=first), now=TEN)
    by_voice = Details("Le Bras", birth_year=1950, phone="+33255660011", contact_means=ContactMeans.PHONE_CALL)
    registered(adult(programme, newcomer=by_voice), now=TEN)
    registered(adult(programme, newcomer=last), now=TEN)
    in_transaction(lambda: registering.cancel(seated.id, now=TEN, by_resident=True))
    return programme.id
