"""Partners are told when they are owed something and when it is paid, the town when a partner does not agree.

Each is told once: in the transaction of what it tells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from flask import render_template

from accounts.models import Account
from accounts.queries import with_role
from foundation.db import db
from foundation.i18n import _, euros, full_day, in_language
from foundation.links import absolute, site
from foundation.outbox import service as outbox
from foundation.outbox.models import Channel
from foundation.outbox.wording import Text
from foundation.pages import STAFF_LANGUAGES
from foundation.security import Role
from places.models import Territory
from vouchers.models import Partner, Statement, StatementState, Transfer
from vouchers.rules.statement_words import said
from vouchers.rules.statements import Month, last_day_to_dispute
from vouchers.service.days import day_of


class Reader(NamedTuple):
    """Who is written to, and in which language."""

    name: str
    email: str
    locale: str


def tell_issued(statement: Statement) -> int:
    """How many messages that are: to the contact of the partner, else to those who work at its counter."""
    readers = _of_partner(db.session.get_one(Partner, statement.partner_id))
    return _tell(f"{statement.reference}:issued", statement.reference, readers, lambda: _issued(statement))


def tell_disputed(statement: Statement) -> int:
    """Managers of the whole territory answer: each is told."""
    managers = [_staff(one) for one in with_role(Role.MANAGER) if one.structure_id is None]
    return _tell(f"{statement.reference}:disputed", statement.reference, managers, lambda: _disputed(statement))


def tell_answered(statement: Statement) -> int:
    """Whoever is told of statements hears what the town says to the dispute."""
    readers = _of_partner(db.session.get_one(Partner, statement.partner_id))
    return _tell(f"{statement.reference}:answered", statement.reference, readers, lambda: _answered(statement))


def tell_transferred(transfer: Transfer, statements: Sequence[Statement]) -> int:
    """One message a partner, of all its statements that a file has paid: they came as one sum."""
    told = 0
    for partner_id, rows in groupby(statements, lambda one: one.partner_id):
        paid, key = list(rows), f"{transfer.reference}:paid:{partner_id}"
        told += _tell_paid(key, transfer.reference, paid)
    return told


def tell_settled(statement: Statement) -> int:
    """It was paid by other means, or given back."""
    return _tell_paid(f"{statement.reference}:paid", statement.reference, [statement])


def _tell_paid(key: str, reference: str, statements: Sequence[Statement]) -> int:
    readers = _of_partner(db.session.get_one(Partner, statements[0].partner_id))
    return _tell(key, reference, readers, lambda: _paid(statements))


def _of_partner(partner: Partner) -> list[Reader]:
    """The contact is written to in the language of the account with this address; without account, in French."""
    accounts = [_staff(one) for one in with_role(Role.PARTNER, partner.structure_id)]
    if not partner.contact_email:
        return accounts
    same = [one.locale for one in accounts if one.email.lower() == partner.contact_email.lower()]
    return [Reader(partner.contact_name, partner.contact_email, same[0] if same else "fr")]


def _staff(account: Account) -> Reader:
    return Reader(account.name, account.email, account.locale if account.locale in STAFF_LANGUAGES else "fr")


def _tell(key: str, reference: str, readers: Sequence[Reader], write: Callable[[], Text]) -> int:
    """The number in the key is the place of the reader: an address is no part of a key."""
    told = 0
    for place, reader in enumerate(readers):
        with in_language(reader.locale):
            text = write()
            body = _framed(reader.name, text.body)
        written = outbox.queue(
            key=f"{key}:{place}", reference=reference, channel=Channel.EMAIL, recipient=reader.email,
            subject=text.subject, body=body, locale=reader.locale,
        )  # fmt: skip
        told += written is not None
    return told


def _framed(name: str, news: str) -> str:
    territory = db.session.get(Territory, 1)
    return render_template(
        "messages/vouchers/statement.txt", given_name=name, news=news, territory=territory, site=site()
    )


def _named(statement: Statement) -> str:
    month = said(Month(statement.year, statement.month))
    return _("no. %(number)s, %(month)s", number=statement.number, month=month)


def _link(statement: Statement) -> str:
    return absolute("statements.show", statement_id=statement.id)


def _issued(statement: Statement) -> Text:
    name, until = _named(statement), full_day(last_day_to_dispute(day_of(statement.issued_at)))
    subject = _("Your statement %(name)s: %(amount)s", name=name, amount=euros(statement.total_cents))
    if statement.total_cents < 0:
        owed = _("%(amount)s is taken off the next payments.", amount=euros(-statement.total_cents))
    else:
        owed = _("The town owes you %(amount)s.", amount=euros(statement.total_cents))
    dispute = _(
        "Is something wrong? Say so on its page, until %(day)s at the latest, and before the town approves it.",
        day=until,
    )
    where = _("Each payment that it holds, to print or to download:")
    return Text(subject, f"{owed}\n\n{where}\n{_link(statement)}\n\n{dispute}")


def _disputed(statement: Statement) -> Text:
    partner = db.session.get_one(Partner, statement.partner_id).structure.name
    subject = _("A statement is disputed: %(partner)s", partner=partner)
    lead = _("%(partner)s does not agree with its statement %(name)s.", partner=partner, name=_named(statement))
    where = _("What is wrong, and what to do:")
    return Text(subject, f"{lead}\n\n{where}\n{_link(statement)}")


def _answered(statement: Statement) -> Text:
    name = _named(statement)
    subject = _("The town has answered about your statement %(name)s", name=name)
    lead = _("You disputed your statement %(name)s. The town has looked at it, and approved it.", name=name)
    answer = _("Its answer: %(answer)s", answer=statement.answer)
    return Text(subject, f"{lead}\n\n{answer}\n\n{_link(statement)}")


def _paid(statements: Sequence[Statement]) -> Text:
    last, cents = statements[-1], sum(one.total_cents for one in statements)
    day = full_day(last.paid_on) if last.paid_on else ""
    names = "\n".join(
        "- " + _("%(name)s: %(amount)s", name=_named(one), amount=euros(one.total_cents)) for one in statements
    )
    if cents > 0:
        subject = _("The town has paid you %(amount)s", amount=euros(cents))
        lead = _("Paid on %(day)s, for:", day=day)
    else:
        subject = _("Your statement %(name)s is settled", name=_named(last))
        lead = _("Settled on %(day)s:", day=day)
    return Text(subject, f"{lead}\n{names}\n\n{_link(last)}")


def _still_wanted(reference: str, key: str) -> bool:
    """Asked just before a message leaves: a dispute that was answered meanwhile needs nobody any more."""
    statement = db.session.get(Statement, int(reference.partition(":")[2]), populate_existing=True)
    if statement is None:
        return False
    return ":disputed:" not in key or statement.state is StatementState.DISPUTED


outbox.ask_before_sending("statement", _still_wanted)
