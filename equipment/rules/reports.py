"""What borrowers read of a problem: the words of all who reported it, not what the team notes while it repairs."""

from __future__ import annotations

from equipment.models import Incident


def reports(incident: Incident) -> list[str]:
    """Its words as they were reported, each once. A report says how the device is, a note does not."""
    told = [event.note for event in incident.events if event.condition is not None and event.note != incident.outcome]
    return list(dict.fromkeys(filter(None, [incident.description, *told])))
