"""Which rows of a card file are kept, and why not."""

from __future__ import annotations

from foundation.errors import Refused
from foundation.i18n import _l


class UnknownCategory(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The town has no such category in use. Add it first, or correct the cell."), "category")


class YearNeeded(Refused):
    """Without it two people of one name are one, and nobody could look at their card."""

    def __init__(self) -> None:
        super().__init__(_l("A new card needs the year of birth, to find the right person."), "birth_year")


class SeveralFit(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("Several residents have this name and year of birth. Join their records, or give the card by hand.")
        )


class OtherHolder(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Here, the card with this number is somebody else’s."), "former_number")


class AlreadyOver(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This card has ended already: no new one is given for it."), "valid_until")


class StoppedHere(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This card was declared lost or ended here. A file does not bring it back."))
