"""The accounts of the staff, for administrators."""

from __future__ import annotations

from flask import Response, flash, request, session
from werkzeug.wrappers import Response as AnyResponse

from accounts import queries, service
from accounts.current import staff
from accounts.forms import AccountForm
from accounts.models import Account, LinkKind
from accounts.rules.hosting import chosen
from accounts.rules.scope import NotInYourStructure, may_see_structure
from accounts.views.blueprint import bp
from accounts.words import EXPLAINED, ROLES
from agenda.service import WouldStrand
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from places import queries as places

WHOLE_TERRITORY = 0
FRESH_LINK = "fresh_link"


@bp.get("/equipe/comptes")
@allow(Role.ADMINISTRATOR)
def staff_list() -> Response:
    return draw("accounts/list.html", accounts=queries.accounts_in_scope(staff()), roles=ROLES)


def _structures() -> list[tuple[int, str]]:
    """Structures that the administrator at hand may put an account in."""
    own = staff().structure_id
    known = [(one.id, one.name) for one in queries.structures(own)]
    return known if own else [(WHOLE_TERRITORY, _("The whole territory")), *known]


def _details(form: AccountForm, account: Account | None = None) -> service.Details:
    """What was typed; `account` may keep a school or a care home that has been closed since.

    Raises:
        NoSuchPlace, SeveralPlaces
    """
    text = form.host_place.data or ""
    place = chosen(text, places.matching(text, _host_places(account)))
    return service.Details(
        name=form.name.data or "",
        email=form.email.data or "",
        roles=frozenset(form.roles.data or ()),
        structure_id=form.structure_id.data or None,
        phone=form.phone.data,
        locale=form.locale.data,
        school_id=place.school_id if place else None,
        care_home_id=place.care_home_id if place else None,
        approves=bool(form.approves.data),
    )


def _host_places(account: Account | None = None) -> list[places.HostPlace]:
    return places.host_places(account.school_id, account.care_home_id) if account else places.host_places()


def _new_page(form: AccountForm, status: int = 200) -> Response:
    return draw("accounts/new.html", status, form=form, explained=EXPLAINED, places=_host_places())


@bp.get("/equipe/comptes/nouveau")
@allow(Role.ADMINISTRATOR)
def new_account() -> Response:
    return _new_page(AccountForm(_structures()))


@bp.post("/equipe/comptes/nouveau")
@allow(Role.ADMINISTRATOR)
def create_account() -> AnyResponse:
    form = AccountForm(_structures())
    if not form.validate():
        return _new_page(form, 422)

    def open_and_invite() -> tuple[int, str]:
        account = service.create_account(_details(form), staff())
        return account.id, service.make_link(account.id, LinkKind.INVITATION, staff())

    try:
        account_id, link = in_transaction(open_and_invite)
    except Refused as refused:
        refuse(form, refused)
        return _new_page(form, refused.status)
    session[FRESH_LINK] = link
    return see_other("accounts.show_account", account_id=account_id)


@bp.get("/equipe/comptes/<int(max=2147483647):account_id>")
@allow(Role.ADMINISTRATOR)
def show_account(account_id: int) -> Response:
    account = _account(account_id)
    form = AccountForm(_structures(), obj=account)
    form.structure_id.data = account.structure_id or WHOLE_TERRITORY
    form.host_place.data = next((one.label for one in _host_places(account) if _is_of(account, one)), "")
    return _page(form, account, link=session.pop(FRESH_LINK, None))


def _is_of(account: Account, place: places.HostPlace) -> bool:
    return account.place is not None and (account.school_id, account.care_home_id) == (
        place.school_id, place.care_home_id,
    )  # fmt: skip


def _account(account_id: int) -> Account:
    account = queries.account(account_id)
    if account is None or not may_see_structure(staff(), account.structure_id):
        raise NotInYourStructure
    return account


def _page(
    form: AccountForm, account: Account, status: int = 200, *, link: str | None = None, stranded: bool = False
) -> Response:
    return draw(
        "accounts/show.html",
        status,
        form=form,
        account=account,
        link=link,
        stranded=stranded,
        sessions=queries.open_sessions(account.id),
        explained=EXPLAINED,
        places=_host_places(account),
        own=account.id == staff().id,
    )


@bp.post("/equipe/comptes/<int(max=2147483647):account_id>")
@allow(Role.ADMINISTRATOR)
def edit_account(account_id: int) -> AnyResponse:
    form = AccountForm(_structures())
    if not form.validate():
        return _page(form, _account(account_id), 422)
    account, strand = _account(account_id), bool(form.knowingly.data)
    try:
        details = _details(form, account)
        in_transaction(lambda: service.edit_account(account_id, details, staff(), strand=strand))
    except WouldStrand as refused:
        refuse(form, refused)
        return _page(form, _account(account_id), refused.status, stranded=True)
    except Refused as refused:
        refuse(form, refused)
        return _page(form, _account(account_id), refused.status)
    flash(_("Saved."), "good")
    return see_other("accounts.show_account", account_id=account_id)


@bp.post("/equipe/comptes/<int(max=2147483647):account_id>/fermer")
@allow(Role.ADMINISTRATOR)
def close_account(account_id: int) -> AnyResponse:
    strand = request.form.get("knowingly") == "yes"
    try:
        in_transaction(lambda: service.close_account(account_id, staff(), strand=strand))
    except WouldStrand as refused:
        return draw("accounts/close.html", refused.status, account=_account(account_id), refused=refused)
    flash(_("The account is closed: nobody signs in with it any more."), "good")
    return see_other("accounts.show_account", account_id=account_id)


@bp.post("/equipe/comptes/<int(max=2147483647):account_id>/rouvrir")
@allow(Role.ADMINISTRATOR)
def reopen_account(account_id: int) -> AnyResponse:
    in_transaction(lambda: service.reopen_account(account_id, staff()))
    flash(_("The account is open again."), "good")
    return see_other("accounts.show_account", account_id=account_id)


@bp.post("/equipe/comptes/<int(max=2147483647):account_id>/sessions/fermer")
@allow(Role.ADMINISTRATOR)
def revoke_sessions(account_id: int) -> AnyResponse:
    in_transaction(lambda: service.revoke_all(account_id, staff()))
    flash(_("All sessions of this account are closed."), "good")
    return see_other("accounts.show_account", account_id=account_id)


@bp.post("/equipe/comptes/<int(max=2147483647):account_id>/lien")
@allow(Role.ADMINISTRATOR)
def send_link(account_id: int) -> AnyResponse:
    kind = LinkKind.RESET if _account(account_id).password_hash else LinkKind.INVITATION
    session[FRESH_LINK] = in_transaction(lambda: service.make_link(account_id, kind, staff()))
    return see_other("accounts.show_account", account_id=account_id)
