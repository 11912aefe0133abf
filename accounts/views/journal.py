"""Who did what, when: the audit, for administrators."""

from __future__ import annotations

from flask import Response, request

from accounts import queries
from accounts.current import staff
from accounts.journal import NOUNS, in_words
from accounts.views.blueprint import bp
from foundation import audit
from foundation.paging import page_asked, pages_around
from foundation.security import Role, allow
from foundation.web import draw

PER_PAGE = 50


@bp.get("/equipe/comptes/journal")
@allow(Role.ADMINISTRATOR)
def journal() -> Response:
    """`?qui=` an account, `?quoi=` a noun. Bound to a structure, one sees what the accounts of that structure did."""
    accounts = {one.id: one for one in queries.accounts_in_scope(staff())}
    who, what, number = request.args.get("qui", type=int), request.args.get("quoi", ""), page_asked()
    chosen, noun = accounts.get(who or 0), what if what in NOUNS else ""
    found = audit.entries(
        (number - 1) * PER_PAGE,
        PER_PAGE + 1,
        noun=noun,
        actor_ids=[chosen.id] if chosen else list(accounts) if staff().structure_id else None,
    )
    return draw(
        "accounts/journal.html",
        entries=[(one, *in_words(one.action)) for one in found[:PER_PAGE]],
        accounts=accounts,
        nouns=sorted(((name, str(words)) for name, words in NOUNS.items()), key=lambda pair: pair[1]),
        chosen=chosen,
        noun=noun,
        page=pages_around(
            number, "accounts.journal", more=len(found) > PER_PAGE, qui=chosen.id if chosen else None, quoi=noun
        ),
    )
