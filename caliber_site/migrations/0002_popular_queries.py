"""popular queries

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-25 10:40:12.214807

"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add what readers asked today, and how many asked it on the days before."""
    op.create_table(
        "asked_query",
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("reader", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("language", "day", "text", "reader", name=op.f("pk_asked_query")),
    )
    op.create_table(
        "query_count",
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("language", "day", "text", name=op.f("pk_query_count")),
    )
    op.create_index(op.f("ix_query_count_day"), "query_count", ["day"], unique=False)


def downgrade() -> None:
    """Drop both tables."""
    op.drop_index(op.f("ix_query_count_day"), table_name="query_count")
    op.drop_table("query_count")
    op.drop_table("asked_query")
