"""Opening, changing and closing the accounts of the staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from accounts.models import Account, AccountRole
from accounts.queries import by_email, plain_email
from accounts.rules.hosting import TwoPlaces, check_approves, check_host_place
from accounts.rules.scope import (
    AccountForgotten,
    NotInYourStructure,
    check_administrator_left,
    check_closing,
    check_roles,
    check_scope,
)
from accounts.service.retention import is_forgotten
from accounts.service.sessions import revoke_all
from agenda.models import ResourceKind
from agenda.queries import holds_between
from agenda.service import WouldStrand, add_resource, change_resource
from foundation import audit, clock
from foundation.db import db, explain_constraint
from foundation.errors import Conflict
from foundation.i18n import _l
from foundation.period import Period
from foundation.security import Role

FARTHEST = timedelta(days=3 * 366)
"""No appointment is booked farther ahead than this."""


class EmailTaken(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("Somebody has an account with this e-mail address already."), "email")


explain_constraint("uq_account_email", EmailTaken)
explain_constraint("ck_account_one_place", TwoPlaces)


@dataclass(frozen=True)
class Details:
    """What an administrator writes of an account.

    Attributes:
        phone: E.164, or None.
        structure_id: None for the whole territory.
        school_id, care_home_id: where a host belongs; at most one.
        approves: a head teacher, who answers for the school.
    """

    name: str
    email: str
    roles: frozenset[Role]
    structure_id: int | None = None
    phone: str | None = None
    locale: str = "fr"
    school_id: int | None = None
    care_home_id: int | None = None
    approves: bool = False


def create_account(details: Details, actor: Account | None) -> Account:
    """Open an account, without password: `make_link` invites its holder to choose one.

    A mediator gets a resource, on which their time is held.

    Args:
        actor: who opens it; None for a command.

    Raises:
        NoRole, OnlyForHosts, TwoPlaces, NoSchoolToAnswerFor, EmailTaken, NotInYourStructure
    """
    _check_details(details, actor)
    if by_email(details.email) is not None:
        raise EmailTaken
    account = Account(active=True, created_at=clock.now())
    _write(account, details)
    db.session.add(account)
    _give_resource(account, actor)
    db.session.flush()
    audit.record(
        "account.opened",
        f"account:{account.id}",
        actor_id=_id(actor),
        roles=_listed(account.roles),
        **_belonging(account),
    )
    return account


def edit_account(account_id: int, details: Details, actor: Account | None, *, strand: bool = False) -> Account:
    """Change who somebody is, their roles and their structure.

    Args:
        strand: let what is booked with somebody who is no mediator any more stand as it is.

    Raises:
        NotInYourStructure, NoRole, OnlyForHosts, TwoPlaces, NoSchoolToAnswerFor, EmailTaken, LastAdministrator
        WouldStrand: somebody who is no mediator any more has bookings ahead, and `strand` is not given.
    """
    account, others = _lock(account_id, actor)
    _check_details(details, actor)
    holder = by_email(details.email)
    if holder is not None and holder.id != account_id:
        raise EmailTaken
    check_administrator_left(others, account, details.roles, details.structure_id, account.active)
    before, worked = _listed(account.roles), _works(account)
    _write(account, details)
    _give_resource(account, actor, strand=strand or not worked)
    db.session.flush()
    audit.record(
        "account.changed",
        f"account:{account.id}",
        actor_id=_id(actor),
        roles_before=before,
        roles=_listed(account.roles),
        **_belonging(account),
    )
    return account


def close_account(account_id: int, actor: Account | None, *, strand: bool = False) -> Account:
    """Let somebody in no more; what they did stays signed. Their sessions end at once.

    Args:
        strand: let what is booked with this mediator stand as it is.

    Raises:
        NotInYourStructure, OwnAccount, LastAdministrator
        WouldStrand: with the bookings ahead, unless `strand`.
    """
    account, others = _lock(account_id, actor)
    check_closing(_id(actor), account)
    check_administrator_left(others, account, account.roles, account.structure_id, active=False)
    worked = _works(account)
    account.active, account.closed_at = False, clock.now()
    _give_resource(account, actor, strand=strand or not worked)
    revoke_all(account_id, actor)
    audit.record("account.closed", f"account:{account_id}", actor_id=_id(actor))
    db.session.flush()
    return account


def reopen_account(account_id: int, actor: Account | None) -> Account:
    """Let somebody in again, with the password they had.

    Raises:
        NotInYourStructure, AccountForgotten
    """
    account, _others = _lock(account_id, actor)
    if is_forgotten(account):
        raise AccountForgotten
    account.active, account.closed_at = True, None
    _give_resource(account, actor)
    audit.record("account.reopened", f"account:{account_id}", actor_id=_id(actor))
    db.session.flush()
    return account


def _lock(account_id: int, actor: Account | None) -> tuple[Account, int]:
    """The account, locked with all who administer the territory, and how many of these there are beside it."""
    administrators = set(
        db.session.scalars(
            select(Account.id)
            .join(AccountRole)
            .where(AccountRole.role == Role.ADMINISTRATOR, Account.active, Account.structure_id.is_(None))
        )
    )
    wanted = sorted(administrators | {account_id})
    locked = db.session.scalars(
        select(Account).where(Account.id.in_(wanted)).order_by(Account.id).with_for_update(of=Account)
    )
    account = {one.id: one for one in locked}.get(account_id)
    if account is None:
        raise NotInYourStructure
    if actor is not None:
        check_scope(actor, account.structure_id)
    return account, len(administrators - {account_id})


def _check_details(details: Details, actor: Account | None) -> None:
    check_roles(details.roles)
    check_host_place(details.roles, details.school_id, details.care_home_id)
    check_approves(details.school_id, approves=details.approves)
    if actor is not None:
        check_scope(actor, details.structure_id)


def _write(account: Account, details: Details) -> None:
    account.name = details.name.strip()
    account.email = plain_email(details.email)
    account.phone = details.phone
    account.locale = details.locale
    account.structure_id = details.structure_id
    account.school_id, account.care_home_id = details.school_id, details.care_home_id
    account.approves = details.approves
    _set_roles(account, details.roles)


def _set_roles(account: Account, roles: Iterable[Role]) -> None:
    wanted = set(roles)
    kept = [row for row in account.role_rows if row.role in wanted]
    missing = wanted - {row.role for row in kept}
    account.role_rows = [*kept, *(AccountRole(role=role) for role in sorted(missing))]


def _give_resource(account: Account, actor: Account | None, *, strand: bool = False) -> None:
    """A mediator who may sign in has a resource that can be held; it rests while they are not one."""
    works = _works(account)
    if account.resource_id is None:
        if works:
            account.resource_id = add_resource(ResourceKind.MEDIATOR, account.name).id
        return
    if not works and not strand:
        _check_nothing_booked(account.resource_id)
    change_resource(account.resource_id, label=account.name, active=works, actor_id=_id(actor))


def _works(account: Account) -> bool:
    """Whether time can be booked with the holder of this account."""
    return account.active and account.has(Role.MEDIATOR)


def _check_nothing_booked(resource_id: int) -> None:
    """Raises: WouldStrand with what is booked from now on."""
    now = clock.now()
    if holds := holds_between([resource_id], Period(now, now + FARTHEST)):
        raise WouldStrand(holds)


def _belonging(account: Account) -> dict[str, int | None]:
    """To whom an account belongs, for the audit."""
    return {name: getattr(account, name) for name in ("structure_id", "school_id", "care_home_id", "approves")}


def _listed(roles: Iterable[Role]) -> list[str]:
    return sorted(role.value for role in roles)


def _id(actor: Account | None) -> int | None:
    return actor.id if actor else None
