"""One-time links to set a password: for those who forgot theirs, and for those who have none yet."""

from __future__ import annotations

from sqlalchemy import func, select, update

from accounts.hashing import hash_password, hash_token, new_token
from accounts.models import Account, AccountLink, LinkKind
from accounts.queries import by_email
from accounts.rules import passwords
from accounts.rules.lifetimes import LINK_LIVES, LinkSpent, check_link
from accounts.rules.scope import NotInYourStructure, check_scope
from accounts.service.sessions import revoke_all
from accounts.service.signing_in import forgive
from foundation import audit, clock
from foundation.db import db
from foundation.i18n import _, in_language
from foundation.links import absolute
from foundation.outbox.models import Channel
from foundation.outbox.service import queue

MOST_RESETS_AN_HOUR = 3


def request_reset(email: str) -> None:
    """Send a link to the account of `email`, if there is an open one; the caller answers the same in any case.

    Nobody can flood a mailbox: at most three an hour leave.
    """
    account = by_email(email)
    if account is None or not account.active or _sent_lately(account) >= MOST_RESETS_AN_HOUR:
        return
    make_link(account.id, LinkKind.RESET, None)


def _sent_lately(account: Account) -> int:
    since = clock.now() - LINK_LIVES[LinkKind.RESET]
    return (
        db.session.scalar(
            select(func.count())
            .select_from(AccountLink)
            .where(
                AccountLink.account_id == account.id,
                AccountLink.kind == LinkKind.RESET,
                AccountLink.created_at > since,
            )
        )
        or 0
    )


def make_link(account_id: int, kind: LinkKind, actor: Account | None) -> str:
    """A whole address that sets the password of an account once; it is also sent by e-mail.

    Args:
        actor: who asks; None for a command, or for the person themselves.

    Raises:
        NotInYourStructure
    """
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotInYourStructure
    if actor is not None:
        check_scope(actor, account.structure_id)
    token, now = new_token(), clock.now()
    link = AccountLink(
        account_id=account.id,
        kind=kind,
        token_hash=hash_token(token),
        created_at=now,
        expires_at=now + LINK_LIVES[kind],
    )
    db.session.add(link)
    db.session.flush()
    address = absolute("accounts.choose_password", token=token)
    _send(account, link, address)
    audit.record(f"account.{kind}_sent", f"account:{account.id}", actor_id=actor.id if actor else None)
    return address


def _send(account: Account, link: AccountLink, address: str) -> None:
    with in_language(account.locale):
        if link.kind is LinkKind.RESET:
            subject = _("Your new password")
            body = _(
                "Hello,\n\nsomebody asked to change the password of your account. To choose a new one, open this"
                " link within one hour:\n\n%(link)s\n\nIf it was not you, do nothing: your password stays as it is.",
                link=address,
            )
        else:
            subject = _("Your account is ready")
            body = _(
                "Hello %(name)s,\n\nan account was opened for you. To choose your password, open this link within"
                " seven days:\n\n%(link)s",
                name=account.name,
                link=address,
            )
    queue(
        key=f"account_link:{link.id}",
        reference=f"account:{account.id}",
        channel=Channel.EMAIL,
        recipient=account.email,
        subject=subject,
        body=body,
        locale=account.locale,
        expires_at=link.expires_at,
        confidential=True,
    )


def follow_link(token: str) -> AccountLink:
    """The live link of `token`.

    Raises:
        LinkSpent: used, too old, unknown, or of a closed account.
    """
    link = db.session.scalar(
        select(AccountLink).where(AccountLink.token_hash == hash_token(token)).with_for_update(of=AccountLink)
    )
    if link is None or not link.account.active:
        raise LinkSpent
    check_link(link.expires_at, link.used_at, clock.now())
    return link


def set_password(token: str, password: str) -> Account:
    """Set the password by a link. All links of the account are spent with it, and all its sessions end.

    Raises:
        LinkSpent, and the refusals of `accounts.rules.passwords`.
    """
    account = follow_link(token).account
    passwords.check(password, name=account.name, email=account.email)
    now = clock.now()
    db.session.execute(
        update(AccountLink)
        .where(AccountLink.account_id == account.id, AccountLink.used_at.is_(None))
        .values(used_at=now)
    )
    account.password_hash = hash_password(password)
    account.password_changed_at = now
    forgive(account.email)
    revoke_all(account.id, None)
    audit.record("account.password_set", f"account:{account.id}", actor_id=account.id)
    db.session.flush()
    return account
