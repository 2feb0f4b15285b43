"""public editions by id

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-29 10:00:00.000000

"""

from collections.abc import Sequence

from alembic import op

# revision identifiers, used by Alembic.
revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEX = "ix_edition_id_language_status_published_at"


def upgrade() -> None:
    """Add what tells of the editions that were read which are public, without their long rows."""
    op.create_index(op.f(INDEX), "edition", ["id", "language", "status", "published_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f(INDEX), table_name="edition")
