"""sum of views

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-27 12:55:00.000000

"""

from collections.abc import Sequence

from alembic import op

# revision identifiers, used by Alembic.
revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Let the readings of an edition be summed without looking up each hour's row."""
    op.create_index(op.f("ix_view_edition_id_count"), "view", ["edition_id", "count"], unique=False)


def downgrade() -> None:
    """Look them up again."""
    op.drop_index(op.f("ix_view_edition_id_count"), table_name="view")
