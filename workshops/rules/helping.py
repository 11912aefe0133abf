"""How many people have to lead and help so many participants."""

from __future__ import annotations


def helpers_needed(people: int, people_per_helper: int | None) -> int | None:
    """Args: people_per_helper: the ratio of the programme; None: it is not counted, and no number is said."""
    return None if people_per_helper is None else -(-people // people_per_helper)


def helpers_missing(people: int, people_per_helper: int | None, team: int) -> int:
    """How many more are needed than the `team` has; those of a school or home are not known before the day."""
    return max(0, (helpers_needed(people, people_per_helper) or 0) - team)
