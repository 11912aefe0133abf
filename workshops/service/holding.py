"""What sessions take of the agenda: their team, their room. All of it is found, locked and held here, in one go."""

from __future__ import annotations

from collections.abc import Sequence

from agenda import queries as agenda_queries
from agenda import service as agenda
from places import service as places
from workshops.models import Programme, WorkshopSession
from workshops.queries.needs import Needs, clashes, needs_of
from workshops.rules.planning import Place, SessionPlan
from workshops.rules.unplannable import NotFreeThen, PlaceGone


def locked_needs(
    plans: Sequence[SessionPlan], *, staying: Place | None = None, held: frozenset[int] = frozenset()
) -> Needs:
    """The resources of these sessions, with their rows locked in ascending id until the end of the transaction.

    Their venues stay open as long: nobody closes one over a session that is being planned.

    A resource that a session needs besides its team and its room joins them in `needs_of`, and nowhere else: it is
    then looked at, locked and held with them. The kits of a plan (kind and how many) are written down, and held by
    nothing yet.

    Args:
        staying: a place that the session has already, though it may have been closed since.
        held: resources that are locked too, for they will be given back.

    Raises:
        NotAMediator, PlaceGone
    """
    needs = needs_of(plans, staying=staying)
    stays = staying.venue_id if staying else None
    for venue_id in sorted({one.place.venue_id for one in plans if one.place.venue_id is not None} - {stays}):
        if not places.keep_open(venue_id):
            raise PlaceGone
    agenda.lock(needs.resource_ids | held)
    return needs


def hold_new(plans: Sequence[SessionPlan], needs: Needs, programme: Programme, references: Sequence[str]) -> None:
    """Let sessions that are new hold what they need; they are `references`, in the order of `plans`."""
    agenda.hold_all(
        [
            agenda.Wanted(needs.of(one), one.held, label_of(programme), reference)
            for one, reference in zip(plans, references, strict=True)
        ]
    )


def hold_instead(session: WorkshopSession, plan: SessionPlan, place: Place) -> None:
    """Let a session hold what `plan` needs instead of what it holds.

    Args:
        place: where it takes place at present.

    Raises:
        NotAMediator, PlaceGone, NotFreeThen
    """
    held = frozenset(hold.resource_id for hold in agenda_queries.holds_of(session.reference))
    needs = locked_needs([plan], staying=place, held=held)
    if found := clashes([plan], needs, ignoring=session.reference):
        raise NotFreeThen(found)
    agenda.move(session.reference, needs.of(plan), plan.held, label_of(session.programme))


def label_of(programme: Programme) -> str:
    """What colleagues read where the time is held."""
    return programme.title
