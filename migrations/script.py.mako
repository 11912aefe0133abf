"""${message}

Revision: ${up_revision}
After: ${down_revision | comma,n}

Write it by hand and read it on both databases:
- name every constraint as the models' convention does;
- `sa.true()`/`sa.false()` for boolean defaults, never '1';
- instants are `foundation.db.UtcDateTime`;
- a CHECK added to an existing table needs `batch_alter_table` on SQLite;
- `downgrade` undoes all of `upgrade`: it is run by the tests.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
