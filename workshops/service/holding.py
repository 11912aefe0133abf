"""What sessions take of the agenda: their team, their room, their kits. All is found, locked and held in one go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from agenda import queries as agenda_queries
from agenda import service as agenda
from equipment.queries.shelf import Choice, resources_for
from equipment.service import for_acts
from places import service as places
from workshops.models import Programme, WorkshopSession
from workshops.queries.kits import asked_by, choice_of, kit_clashes
from workshops.queries.needs import Needs, clashes, needs_of
from workshops.rules.planning import Place, SessionPlan
from workshops.rules.unplannable import NotFreeThen, PlaceGone


def locked_needs(
    plans: Sequence[SessionPlan],
    structure_id: int | None,
    *,
    staying: Place | None = None,
    held: frozenset[int] = frozenset(),
    wished: Collection[str] = (),
) -> Needs:
    """The resources of these sessions, with their rows locked in ascending id until the end of the transaction.

    Their venues stay open as long: nobody closes one over a session that is being planned. All kits of the kinds
    that they ask for are locked, so that those chosen afterwards are still free.

    Args:
        structure_id: of the programme.
        staying: a place that the session has already, though it may have been closed since.
        held: resources that are locked too, for they will be given back.
        wished: kinds of kits that the session asks for already.

    Raises:
        NotAMediator, PlaceGone, UnknownKitKind
    """
    needs = needs_of(plans, structure_id, staying=staying, wished=wished)
    stays = staying.venue_id if staying else None
    for venue_id in sorted({one.place.venue_id for one in plans if one.place.venue_id is not None} - {stays}):
        if not places.keep_open(venue_id):
            raise PlaceGone
    agenda.lock(needs.resource_ids | held)
    return needs


def hold_new(
    plans: Sequence[SessionPlan], needs: Needs, kits: Choice, programme: Programme, ids: Sequence[int], *,
    now: datetime, actor_id: int | None,
) -> None:  # fmt: skip
    """Let sessions that are new hold what they need; they are `ids`, in the order of `plans`."""
    label, references = label_of(programme), [f"session:{id_}" for id_ in ids]
    takings = [
        for_acts.Taking(reference, chosen, one.held, label, one.place.venue_id)
        for reference, one, chosen in zip(references, plans, kits.kits, strict=True)
    ]
    own = [
        agenda.Wanted(needs.of(one), one.held, label, reference)
        for one, reference in zip(plans, references, strict=True)
    ]
    agenda.hold_all([*own, *for_acts.take(takings, now=now, actor_id=actor_id)])


def hold_instead(
    session: WorkshopSession, plan: SessionPlan, place: Place, *, now: datetime, actor_id: int | None
) -> None:
    """Let a session hold what `plan` needs instead of what it holds; kits that are still right stay with it.

    Args:
        place: where it takes place at present.

    Raises:
        NotAMediator, PlaceGone, UnknownKitKind, NotFreeThen
    """
    reference, programme = session.reference, session.programme
    held = frozenset(hold.resource_id for hold in agenda_queries.holds_of(reference))
    needs = locked_needs(
        [plan], programme.structure_id, staying=place, held=held | resources_for(reference),
        wished={one.kind for one in session.kit_needs},
    )  # fmt: skip
    asked = for_acts.still_needed(reference, asked_by(plan))
    had = for_acts.loosen(reference)
    kits = choice_of([replace(plan, kits=asked.kits)], needs, staying={one.kit_id for one in had})
    if found := clashes([plan], needs, ignoring=reference) + kit_clashes([plan], kits):
        raise NotFreeThen(found)
    agenda.release(reference)
    label = label_of(programme)
    wanted = for_acts.Taking(reference, kits.kits[0], plan.held, label, plan.place.venue_id)
    own = agenda.Wanted(needs.of(plan), plan.held, label, reference)
    agenda.hold_all([own, *for_acts.take_instead(had, wanted, now=now, actor_id=actor_id)])


def give_back(session: WorkshopSession, *, now: datetime, actor_id: int | None) -> None:
    """A session does not take place: its team, its room and its kits are free."""
    agenda.release(session.reference)
    for_acts.release(session.reference, now=now, actor_id=actor_id)


def label_of(programme: Programme) -> str:
    """What colleagues read where the time is held."""
    return programme.title
