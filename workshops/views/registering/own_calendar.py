"""The dates of a registration for the resident's own calendar: a later file replaces what an earlier one wrote."""

from __future__ import annotations

from foundation.i18n import _
from workshops.models import Registration, RegistrationState, SessionState
from workshops.queries import public
from workshops.queries.own_dates import all_dates_of, last_change
from workshops.service.links import link_to
from workshops.views.public.calendar_file import Entry, calendar, event, host


def own_calendar(registration: Registration) -> str:
    """The whole file, in the language at hand. Of a registration that is over it takes the dates away."""
    comes = registration.state is RegistrationState.REGISTERED
    sessions, link = all_dates_of(registration), link_to(registration)
    changes, last = last_change(registration)
    revisions = public.revisions([one.id for one in sessions])
    description = _("Code %(code)s. Change or cancel: %(link)s", code=registration.code, link=link)
    entries = []
    for one in sessions:
        count, at = revisions.get(one.id, (0, registration.created_at))
        entries.append(
            Entry(
                one, f"registration-{registration.id}-{one.id}@{host()}", changes + count, max(last, at),
                description, link, not comes or one.state is SessionState.CANCELLED,
            )
        )  # fmt: skip
    return calendar("PUBLISH" if comes else "CANCEL", [line for entry in entries for line in event(entry)])
