"""The photo of a kit: sent, shown to whoever may see the kit, taken away."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from flask import flash, request, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.kits import PhotoForm
from equipment.queries import kits as lendables
from equipment.queries import photos as queries
from equipment.rules.keeping import KEEPERS, sees
from equipment.rules.kits import WORKERS, may_borrow
from equipment.rules.photos import MOST_BYTES, photo_of
from equipment.rules.refusals import NoSuchKit
from equipment.service import kits as verbs
from equipment.views.kits.blueprint import KIT, bp, kit_to_change
from equipment.views.kits.showing import kit_page
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import refuse, see_other


@bp.get(f"{KIT}/photo")
@allow(*WORKERS, Role.HOST)
def photo(kit_id: int) -> AnyResponse:
    """For the team within reach, and for borrowers of a kit that they may reserve. Kept by their browser alone.

    Raises:
        NoSuchKit
    """
    found = queries.photo_of(kit_id)
    if found is None or not (sees(staff(), found.structure_id) or may_borrow(lendables.lendable(kit_id), staff())):
        raise NoSuchKit
    answer = send_file(BytesIO(found.content), mimetype=found.media_type)
    answer.set_etag(sha256(found.content).hexdigest()[:20])
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer.make_conditional(request)


@bp.post(f"{KIT}/photo")
@allow(*KEEPERS)
def set_photo(kit_id: int) -> AnyResponse:
    kit = kit_to_change(kit_id)
    form = PhotoForm()
    if not form.validate():
        return kit_page(kit, 422, photo=form)
    try:
        drawn, alt = photo_of(_sent(form)), form.alt.data or ""
        in_transaction(lambda: verbs.set_photo(kit_id, drawn, alt, staff()))
    except Refused as refused:
        refuse(form, refused)
        return kit_page(kit_to_change(kit_id), refused.status, photo=form)
    flash(_("The photo is on the page of the kit."), "good")
    return see_other("kits.show", kit_id=kit_id)


@bp.post(f"{KIT}/photo/retirer")
@allow(*KEEPERS)
def remove_photo(kit_id: int) -> AnyResponse:
    in_transaction(lambda: verbs.set_photo(kit_id, None, "", staff()))
    flash(_("Removed."), "good")
    return see_other("kits.show", kit_id=kit_id)


def _sent(form: PhotoForm) -> bytes:
    """What was sent, or as much of it as shows that it is too big."""
    sent: FileStorage | None = form.photo.data
    return sent.stream.read(MOST_BYTES + 1) if sent else b""
