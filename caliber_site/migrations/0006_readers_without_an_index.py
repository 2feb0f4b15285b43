"""readers without an index of times

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-28 01:40:00.000000

"""

from collections.abc import Sequence

from alembic import op

# revision identifiers, used by Alembic.
revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Drop what each view had to keep up, for readers are forgotten all together, once a day."""
    op.drop_index(op.f("ix_seen_by_counted_at"), table_name="seen_by")


def downgrade() -> None:
    """Add it again."""
    op.create_index(op.f("ix_seen_by_counted_at"), "seen_by", ["counted_at"], unique=False)
