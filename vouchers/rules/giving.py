"""Who of the staff does what with cards. Residents are those of the whole territory, and so are their cards."""

from __future__ import annotations

from foundation.security import Role

FINDERS = (Role.MEDIATOR, Role.PRESCRIBER, Role.MANAGER, Role.ADMINISTRATOR)
"""They see cards, and replace a lost one: whoever has lost it turns to whom they know."""
GIVERS = (Role.PRESCRIBER, Role.MANAGER, Role.ADMINISTRATOR)
"""They give, renew and stop cards: the desk that sees the proof of income is among them."""
SETTERS = (Role.MANAGER, Role.ADMINISTRATOR)
"""They keep the categories and import files, as far as they work for the whole territory."""
