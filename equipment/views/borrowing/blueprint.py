"""What the pages of borrowers share: for which place the person at hand acts, what they typed, one reservation."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response

from accounts import queries as accounts
from accounts.current import staff
from accounts.models import Account
from agenda.patterns import said
from equipment.models import Kit, Reservation
from equipment.queries import lending as queries
from equipment.rules.own import check_own, check_place
from equipment.rules.refusals import NoPlaceOfYours
from foundation import clock
from foundation.drafts import Drafts
from foundation.i18n import _, day, full_day, local
from foundation.period import Period
from foundation.security import Role
from foundation.web import draw

bp = Blueprint("borrowing", __name__, url_prefix="/hote/mallettes")
drafts = Drafts("borrowing")
ONE = "/<code>"
FAR_OFF = timedelta(days=300)


def borrower() -> Account:
    """The person at hand, who acts for a school or a care home.

    Raises:
        NoPlaceOfYours
    """
    account = staff()
    check_place(account)
    return account


def own(code: str) -> Reservation:
    """A reservation of the place of the person at hand.

    Raises:
        NoPlaceOfYours, NoSuchReservation
    """
    return check_own(queries.by_code(code.upper()), borrower())


def asks_of(kit: Kit) -> str:
    """Whose yes is needed for a kit: `head_teacher`, `manager`, or nobody's, as when a head teacher asks.

    A care home has no head teacher: managers answer it.
    """
    host, approval = borrower(), kit.approval.value
    if approval == "head_teacher" and host.school_id is None:
        return "manager"
    own_yes = approval == "head_teacher" and host.approves
    return "" if approval == "none" or own_yes else approval


@bp.errorhandler(NoPlaceOfYours)
def nowhere(refused: NoPlaceOfYours) -> Response:
    return no_place(refused.status)


def no_place(status: int) -> Response:
    """Whom to ask: those who administer the whole territory, and those of the host's own structure."""
    own_structure = staff().structure_id
    found = [one for one in accounts.with_role(Role.ADMINISTRATOR) if one.structure_id in {None, own_structure}]
    return draw("hosts/no_place.html", status, administrators=found)


@bp.app_template_filter()
def loan_time(period: Period) -> str:
    """`mardi 17 mars, de 8 h 30 à 11 h 30`, or from a day to another."""
    starts, ends = local(period.start), local(period.end)
    last = ends - timedelta(microseconds=1)
    if starts.date() == last.date():
        return _("%(day)s, %(starts)s to %(ends)s", day=_day(starts), starts=_clock(starts), ends=_clock(ends))
    return _(
        "%(first)s at %(starts)s to %(last)s at %(ends)s",
        first=_day(starts), starts=_clock(starts), last=_day(ends), ends=_clock(ends),
    )  # fmt: skip


def _day(at: datetime) -> str:
    """With its year when it is far off: next December is not this one."""
    return day(at) if abs(at.date() - clock.today()) < FAR_OFF else full_day(at)


def _clock(at: datetime) -> str:
    return said(at.time())
