"""Signs that something may be wrong, for managers: each leads to its facts, and nothing is decided by itself."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.fields import near_day
from foundation.i18n import _, local
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.signs import LookedAtForm
from vouchers.models import SignKind
from vouchers.queries import looked_at, partners, signs
from vouchers.queries.counters import short_name
from vouchers.rules.sign_words import refused_as
from vouchers.rules.signs import KINDS, MANY_REFUSED, SAME_NAME
from vouchers.rules.team import PLANNERS
from vouchers.service import signs as verbs

bp = Blueprint("signs", __name__, url_prefix="/equipe/cheques/signes")
ONE = f"/<any({', '.join(SignKind)}):kind>/<mark>"


@bp.get("")
@allow(*PLANNERS)
def index() -> Response:
    viewer = staff()
    return draw(
        "vouchers/signs/index.html", signs=looked_at.to_look_at(viewer, clock.now()), kinds=KINDS,
        many=MANY_REFUSED, several=SAME_NAME, looked_at=looked_at.looked_at(viewer), short_name=short_name, local=local,
    )  # fmt: skip


@bp.get(ONE)
@allow(*PLANNERS)
def show(kind: str, mark: str) -> Response:
    """All facts of one sign, and where it is said that nothing is wrong."""
    return _page(kind, mark, LookedAtForm(formdata=None))


@bp.post(ONE)
@allow(*PLANNERS)
def look_at(kind: str, mark: str) -> AnyResponse:
    form, actor_id, now = LookedAtForm(), staff().id, clock.now()
    if not form.validate():
        return _page(kind, mark, form, 422)
    newest, reason = form.newest.data, form.reason.data or ""
    try:
        in_transaction(
            lambda: verbs.look_at(
                SignKind(kind), mark, newest, reason, db.session.get_one(Account, actor_id), now=now
            )
        )  # fmt: skip
    except Refused as refused:
        refuse(form, refused)
        return _page(kind, mark, form, refused.status)
    flash(_("Noted. It comes back only if something new happens."), "good")
    return see_other("signs.index")


def _page(kind: str, mark: str, form: LookedAtForm, status: int = 200) -> Response:
    """Raises: NoSuchSign"""
    found = looked_at.sign(SignKind(kind), mark, staff(), clock.now())
    form.newest.data = found.newest
    issued = signs.vouchers(found.same_name.voucher_ids, staff()) if found.same_name else []
    return draw(
        "vouchers/signs/show.html", status, sign=found, form=form, kinds=KINDS, short_name=short_name, vouchers=issued
    )  # fmt: skip


@bp.get("/refus/<int(max=2147483647):partner_id>/<day>")
@allow(*PLANNERS)
def refused(partner_id: int, day: str) -> Response:
    """Each code that a counter tried in vain on one day: when, and why; the codes themselves are not kept."""
    try:
        wanted = near_day(day)
    except ValueError:
        abort(404)
    tries = signs.tries_on(partner_id, wanted, staff())
    if not tries:
        abort(404)
    partner = partners.partner(partner_id)
    return draw("vouchers/signs/refused.html", partner=partner, day=wanted, tries=tries, refused_as=refused_as)
