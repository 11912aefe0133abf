"""Lesson sheets for whoever is registered: also of a programme that the public does not see, or does not any more."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from foundation.security import public
from workshops.models import ProgrammeResource, Registration, RegistrationState
from workshops.rules.refusals import NoSuchRegistration
from workshops.views.registering.blueprint import bp
from workshops.views.registering.mine import OWN, opened


@bp.app_template_global()
def sheets_for(registration: Registration) -> list[ProgrammeResource]:
    """The links and files for participants, once they have a seat."""
    if registration.state is not RegistrationState.REGISTERED:
        return []
    return [one for one in registration.programme.resources if not one.team_only]


@bp.get(f"{OWN}/documents/<int(max=2147483647):resource_id>/<name>")
@public
def my_document(code: str, secret: str, resource_id: int, name: str) -> Response:
    """A file: always saved, never opened as a page of this site. `name` is for whoever reads the address.

    Raises:
        NoSuchRegistration: also for a file of another programme, or of the team.
    """
    registration = opened(code, secret)
    found = next((one for one in sheets_for(registration) if one.id == resource_id and one.file_name), None)
    if found is None:
        raise NoSuchRegistration
    answer = send_file(
        BytesIO(found.content or b""),
        mimetype=found.mimetype,
        as_attachment=True,
        download_name=found.file_name or name,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
