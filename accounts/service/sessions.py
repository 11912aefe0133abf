"""Sessions on the server: opened at sign-in, kept alive by use, revoked at will."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, select, update
from sqlalchemy.orm import joinedload

from accounts.hashing import hash_token, new_token
from accounts.models import Account, StaffSession
from accounts.rules.browsers import shortened
from accounts.rules.lifetimes import session_alive, worth_noting
from accounts.rules.scope import NotInYourStructure, check_scope
from foundation import audit, clock
from foundation.db import db


def open_session(account: Account, user_agent: str) -> str:
    """Sign `account` in on one browser; returns the secret for its cookie, of which only a hash is kept."""
    token, now = new_token(), clock.now()
    db.session.add(
        StaffSession(
            account_id=account.id,
            token_hash=hash_token(token),
            created_at=now,
            last_seen_at=now,
            user_agent=shortened(user_agent),
        )
    )
    account.last_signed_in_at = now
    audit.record("account.signed_in", f"account:{account.id}", actor_id=account.id)
    db.session.flush()
    return token


_OPENED = (
    select(StaffSession)
    .options(joinedload(StaffSession.account).joinedload(Account.role_rows))
    .where(StaffSession.token_hash == bindparam("token_hash"))
)
"""With the account and its roles: each page of staff begins with this statement."""


def session_of(token: str) -> StaffSession | None:
    """The live session that `token` opens, when its account is open too."""
    found = db.session.scalars(_OPENED, {"token_hash": hash_token(token)}).unique().one_or_none()
    if found is None or not found.account.active:
        return None
    alive = session_alive(found.created_at, found.last_seen_at, found.revoked_at, clock.now())
    return found if alive else None


def keep_alive(session_id: int) -> None:
    """Write that a session was used now. One that was revoked meanwhile stays as it is."""
    now = clock.now()
    db.session.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.revoked_at.is_(None))
        .values(last_seen_at=now)
    )


def is_stale(session: StaffSession) -> bool:
    """Whether the last use of `session` is worth writing again."""
    return worth_noting(session.last_seen_at, clock.now())


def sign_out(session_id: int) -> None:
    """End the session at hand; doing it twice is no fault."""
    session = db.session.get(StaffSession, session_id)
    if session is not None and session.revoked_at is None:
        session.revoked_at = clock.now()
        audit.record("account.signed_out", f"account:{session.account_id}", actor_id=session.account_id)
        db.session.flush()


def revoke(session_id: int, account: Account) -> None:
    """End one of one's own sessions, on another computer perhaps.

    Raises:
        NotInYourStructure: the session is somebody else's, or does not exist.
    """
    session = db.session.get(StaffSession, session_id)
    if session is None or session.account_id != account.id:
        raise NotInYourStructure
    sign_out(session_id)


def revoke_all(account_id: int, actor: Account | None, *, keep: int | None = None) -> int:
    """End all sessions of an account but `keep`; returns how many those were.

    Args:
        actor: who asks; None for a command.

    Raises:
        NotInYourStructure
    """
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotInYourStructure
    if actor is not None and actor.id != account_id:
        check_scope(actor, account.structure_id)
    result = db.session.execute(
        update(StaffSession)
        .where(StaffSession.account_id == account_id, StaffSession.revoked_at.is_(None), StaffSession.id != (keep or 0))
        .values(revoked_at=clock.now())
    )
    ended = cast("CursorResult[Any]", result).rowcount
    actor_id = actor.id if actor else None
    audit.record("account.sessions_revoked", f"account:{account_id}", actor_id=actor_id, sessions=ended)
    db.session.flush()
    return ended
