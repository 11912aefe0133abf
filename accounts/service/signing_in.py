"""Signing in, slowed down for those who guess, and changing one's own password."""

from __future__ import annotations

from accounts.hashing import hash_password, keyed, outdated, verify_password
from accounts.models import Account, FailedTry
from accounts.queries import by_email, plain_email
from accounts.rules import passwords, throttle
from accounts.service.sessions import open_session, revoke_all
from accounts.service.tries import count, take_back
from foundation import audit, clock
from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _l


class WrongCredentials(Refused):
    """The same for an unknown e-mail, a wrong password, a closed account and one without a password yet."""

    def __init__(self) -> None:
        super().__init__(_l("This e-mail address and password do not go together."), "password")


class WrongPassword(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This is not your present password."), "present")


def count_try(email: str, address: str) -> None:
    """Count a try before it is looked at, so that many at once can not slip through; a success takes it back.

    Args:
        email: as typed.
        address: network address of the browser.

    Raises:
        TooManyTries: nothing was counted; says how long to wait.
    """
    count(_account_key(email), throttle.ONE_ACCOUNT)
    count(_address_key(address), throttle.ONE_ADDRESS)


def _account_key(email: str) -> str:
    return keyed("sign-in account", plain_email(email))


def _address_key(address: str) -> str:
    return keyed("sign-in address", address)


def check_credentials(email: str, password: str) -> int:
    """The id of the account that `email` and `password` open. Takes as long when there is none.

    Reads only, and is called outside of a write: hashing takes too long to hold a lock meanwhile.

    Raises:
        WrongCredentials
    """
    account = by_email(email)
    stored = account.password_hash if account is not None and account.active else None
    if not verify_password(stored, password) or account is None:
        raise WrongCredentials
    return account.id


def sign_in(account_id: int, password: str, address: str, user_agent: str) -> str:
    """Open a session after `check_credentials`; returns the secret for the cookie.

    The hash is made anew when it was made with yesterday's parameters.

    Raises:
        WrongCredentials: the account was closed, or its password changed, since it was checked.
    """
    account = db.session.get(Account, account_id, with_for_update=True)
    if account is None or not account.active or account.password_hash is None:
        raise WrongCredentials
    if outdated(account.password_hash):
        account.password_hash = hash_password(password)
    forgive(account.email)
    take_back(_address_key(address))
    return open_session(account, user_agent)


def forgive(email: str) -> None:
    """Forget the failed tries of one account."""
    known = db.session.get(FailedTry, _account_key(email))
    if known is not None:
        db.session.delete(known)
        db.session.flush()


def change_password(account_id: int, present: str, new: str, *, keep_session: int | None) -> None:
    """Replace one's own password and end the sessions elsewhere.

    Raises:
        WrongPassword, and the refusals of `accounts.rules.passwords`.
    """
    account = db.session.get_one(Account, account_id)
    if not verify_password(account.password_hash, present):
        raise WrongPassword
    passwords.check(new, name=account.name, email=account.email)
    account.password_hash = hash_password(new)
    account.password_changed_at = clock.now()
    revoke_all(account_id, account, keep=keep_session)
    audit.record("account.password_changed", f"account:{account_id}", actor_id=account_id)
    db.session.flush()
