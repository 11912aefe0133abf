"""Certificates of attendance: who has one, one of them, or all on one pile."""

from __future__ import annotations

from flask import Response, request

from accounts.current import staff
from foundation import clock
from foundation.downloads import PDF, download
from foundation.errors import Unknown
from foundation.i18n import LANGUAGES, _l
from foundation.scope import check_may_change
from foundation.security import allow
from foundation.web import draw
from workshops.models import Programme
from workshops.queries.attended import Attendee, attended
from workshops.queries.programmes import programme_seen
from workshops.service.links import code_of_certificate
from workshops.views.papers.blueprint import PROGRAMME, WORKERS, bp
from workshops.views.papers.certificate import drawn


class NobodyPresent(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is a certificate for those who were marked as present in a session that is over."))


@bp.get(f"{PROGRAMME}/attestations")
@allow(*WORKERS)
def certificates(programme_id: int) -> Response:
    """Who was present, with the code of each certificate: whoever shows one can be answered."""
    programme = _opened(programme_id)
    return draw(
        "papers/certificates.html",
        programme=programme,
        attendees=[(one, _code(programme, one)) for one in attended(programme_id, clock.now())],
    )


@bp.get(f"{PROGRAMME}/attestations.pdf")
@allow(*WORKERS)
def all_certificates(programme_id: int) -> Response:
    programme = _opened(programme_id)
    return certificates_file(programme, attended(programme_id, clock.now()), "attestations", _language())


@bp.get(f"{PROGRAMME}/attestations/<int(max=2147483647):person_id>.pdf")
@allow(*WORKERS)
def one_certificate(programme_id: int, person_id: int) -> Response:
    programme = _opened(programme_id)
    found = attended(programme_id, clock.now(), [person_id])
    return certificates_file(programme, found, f"attestation-{person_id}", _language())


def _language() -> str | None:
    """What the address asks for."""
    return request.args.get("langue")


def _opened(programme_id: int) -> Programme:
    """A programme whose participants the person at hand may read.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    programme = programme_seen(programme_id, staff())
    check_may_change(staff().structure_id, programme.structure_id)
    return programme


def certificates_file(programme: Programme, attendees: list[Attendee], name: str, locale: str | None) -> Response:
    """The PDF; in that language, else in that of each person.

    Raises:
        NobodyPresent
    """
    if not attendees:
        raise NobodyPresent
    content = drawn(programme, attendees, clock.today(), locale if locale in LANGUAGES else None)
    return download(content, PDF, f"{name}-{programme.id}.pdf")


def _code(programme: Programme, one: Attendee) -> str:
    return code_of_certificate(programme.id, one.person.id, [session.id for session in one.sessions])
