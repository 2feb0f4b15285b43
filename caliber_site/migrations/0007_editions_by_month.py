"""editions by month

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-29 02:00:00.000000

Who makes `edition` anew on SQLite has to make these triggers anew too.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COUNTED = "{row}.status = 'published' AND {row}.published_at IS NOT NULL"
TIMES = "language, section_id, status, published_at"

COUNT = (
    "INSERT INTO month_count (language, month, section_id, count)"
    " SELECT language, {month}, section_id, count(*) FROM edition WHERE {counted} GROUP BY 1, 2, 3"
)
REMOVE = (
    "UPDATE month_count SET count = count - 1 WHERE {counted} AND language = {row}.language"
    " AND month = {month} AND section_id = {row}.section_id"
)
ADD = (
    "INSERT INTO month_count (language, month, section_id, count)"
    " SELECT {row}.language, {month}, {row}.section_id, 1 WHERE {counted}"
    " ON CONFLICT (language, month, section_id) DO UPDATE SET count = month_count.count + 1"
)

EVENTS = {
    "insert": ("INSERT", (), ("new",)),
    "update": (f"UPDATE OF {TIMES}", ("old",), ("new",)),
    "delete": ("DELETE", ("old",), ()),
}
"""Of a row: what is done to it, and which of its states are counted no more, and which from now."""


def upgrade() -> None:
    """Count the editions, and have the database keep the count."""
    op.create_table(
        "month_count",
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["section.id"],
            name=op.f("fk_month_count_section_id_section"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("language", "month", "section_id", name=op.f("pk_month_count")),
    )
    for event, (what, before, after) in EVENTS.items():
        steps = [_fill(REMOVE, row) for row in before] + [_fill(ADD, row) for row in after]
        _add_trigger(f"month_count_{event}", what, "; ".join(steps))
    # Last, for from the triggers on nobody else may write editions until all of this is committed.
    op.execute(COUNT.format(month=_month_of("edition"), counted=COUNTED.format(row="edition")))


def downgrade() -> None:
    """Drop all of it."""
    for event in EVENTS:
        name = f"month_count_{event}"
        if _is_postgresql():
            op.execute(f"DROP TRIGGER {name} ON edition")
            op.execute(f"DROP FUNCTION {name}()")
        else:
            op.execute(f"DROP TRIGGER {name}")
    op.drop_table("month_count")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _month_of(row: str) -> str:
    at = f"{row}.published_at"
    return f"to_char({at}, 'YYYY-MM')" if _is_postgresql() else f"substr({at}, 1, 7)"


def _fill(step: str, row: str) -> str:
    return step.format(row=row, month=_month_of(row), counted=COUNTED.format(row=row))


def _add_trigger(name: str, what: str, steps: str) -> None:
    if _is_postgresql():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN {steps}; RETURN NULL; END $$"
        )
        on = f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        op.execute(f"CREATE TRIGGER {name} AFTER {what} ON edition {on}")
    else:
        op.execute(f"CREATE TRIGGER {name} AFTER {what} ON edition BEGIN {steps}; END")
