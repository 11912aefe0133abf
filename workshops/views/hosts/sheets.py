"""The lesson sheets of a programme, for those who teach with them."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from foundation.security import Role, allow
from workshops.queries import hosts as queries
from workshops.rules.refusals import NoSuchProgramme
from workshops.views.hosts.blueprint import bp, client


@bp.get("/ateliers/<int(max=2147483647):programme_id>/fiches/<int(max=2147483647):resource_id>/<name>")
@allow(Role.HOST)
def fetch_sheet(programme_id: int, resource_id: int, name: str) -> Response:
    """A file, as a download: nothing of it is opened within the house. `name` is for the reader's eyes only.

    Raises:
        NoPlaceYet, NoSuchProgramme: also for a link, and for what is the team's alone.
    """
    programme = queries.programme_seen(programme_id, client())
    found = next((one for one in programme.resources if one.id == resource_id and not one.team_only), None)
    if found is None or found.content is None or found.file_name != name:
        raise NoSuchProgramme
    return send_file(BytesIO(found.content), mimetype=found.mimetype, as_attachment=True, download_name=found.file_name)
