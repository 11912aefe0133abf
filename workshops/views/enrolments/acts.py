"""What workshops tell the campaigns of vouchers: which series there are, and who followed them to the end."""

from __future__ import annotations

from vouchers.acts import Acts, kinds_of_acts
from workshops.queries.followed import programmes_to_follow, who_followed

kinds_of_acts.append(Acts("programme", programmes_to_follow, who_followed))
