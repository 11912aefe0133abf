"""Who of the staff does what with campaigns and vouchers."""

from __future__ import annotations

from foundation.security import Role

TEAM = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
"""They see campaigns and vouchers, hand over, replace what is lost."""
ISSUERS = (*TEAM, Role.PRESCRIBER)
"""They issue a voucher to somebody; a prescriber prescribes what they issue."""
PLANNERS = (Role.MANAGER, Role.ADMINISTRATOR)
"""They plan campaigns, open and close them, cancel vouchers and give them more time."""
