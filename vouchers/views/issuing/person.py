"""The vouchers of one person: what they have, what they may have, and why not; issued by one press."""

from __future__ import annotations

from uuid import uuid4

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts import queries as accounts
from accounts.current import staff
from foundation import clock
from foundation.errors import Refused, Unknown
from foundation.i18n import _, _l
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from people import queries as people
from people.models import Person
from vouchers.forms.issuing import IssueForm
from vouchers.models import Card
from vouchers.queries import campaigns, listing
from vouchers.queries.chances import chances, claim_of
from vouchers.rules.labels import CAMPAIGN_KINDS, ONE_VOUCHER, VOUCHER_STATES
from vouchers.rules.team import ISSUERS, TEAM
from vouchers.service import issuing as verbs
from vouchers.views.acting import done
from vouchers.views.campaigns.telling import worth_of
from vouchers.views.issuing.blueprint import PERSON, bp


class NoCard(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This person has no solidarity card: give them one first."))


@bp.get(PERSON)
@allow(*ISSUERS)
def of_person(person_id: int) -> Response:
    return _page(people.current(person_id))


@bp.post(f"{PERSON}/<int(max=2147483647):campaign_id>")
@allow(*ISSUERS)
def issue(person_id: int, campaign_id: int) -> AnyResponse:
    person, viewer = people.current(person_id), staff()
    form, card = _form(campaign_id), listing.current_card(person.id)
    if not form.validate():
        return _page(person, 422, form, campaign_id)
    try:
        voucher_id = _issued(person, card, campaign_id, form)
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _page(people.current(person_id), refused.status, form, campaign_id)
    if viewer.has(*TEAM):
        flash(_("The voucher is issued. Hand it over: only then can it be used."), "good")
        return see_other("issuing.show", voucher_id=voucher_id)
    flash(_("The voucher is issued. The mediation team hands it over: only then can it be used."), "good")
    return see_other("issuing.of_person", person_id=person.id)


def _issued(person: Person, card: Card | None, campaign_id: int, form: IssueForm) -> int:
    """Raises: NoCard, and what `issue` refuses"""
    if card is None:
        raise NoCard
    campaign, viewer = campaigns.seen(campaign_id, staff()), staff()
    prescriber = viewer.id if viewer.has(Role.PRESCRIBER) and not viewer.has(*TEAM) else form.prescribed_by.data
    claim = claim_of(campaign, person.id, prescriber)
    return done(verbs.issue, campaign_id, card.id, claim, request_key=form.key).id


def _form(campaign_id: int) -> IssueForm:
    """Each campaign has a form of its own on the page."""
    prescribers = [(one.id, one.name) for one in accounts.with_role(Role.PRESCRIBER)]
    return IssueForm(prescribers, uuid4().hex, prefix=f"c{campaign_id}-")


def _page(person: Person, status: int = 200, tried: IssueForm | None = None, campaign_id: int = 0) -> Response:
    viewer, card = staff(), listing.current_card(person.id)
    found = chances(card, viewer, clock.today()) if card else []
    forms = {one.campaign.id: _form(one.campaign.id) for one in found}
    if tried is not None:
        forms[campaign_id] = tried
    return draw(
        "vouchers/issuing/person.html", status, person=person, card=card, chances=found, forms=forms, tried=tried,
        vouchers=listing.of_person(person.id, viewer), kinds=CAMPAIGN_KINDS, one_voucher=ONE_VOUCHER,
        states=VOUCHER_STATES, worth=worth_of, works=viewer.has(*TEAM),
    )  # fmt: skip
