"""generation of the pages

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-27 12:00:00.000000

Who makes one of these tables anew on SQLite has to make its triggers anew too.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

EVENTS = ("insert", "update", "delete")

WATCHED = {
    "article": ("update", "delete"),  # a new one is shown with its first edition
    "author": EVENTS,
    "author_name": EVENTS,
    "banner": EVENTS,
    "banner_section": EVENTS,
    "banner_text": EVENTS,
    "image": ("update", "delete"),  # a new one is shown with what refers to it
    "image_text": EVENTS,
    "section": EVENTS,
    "section_name": EVENTS,
    "tag": EVENTS,
    "tag_name": EVENTS,
}
"""Tables of which every change may be seen."""

PUBLISHED = {
    "edition": "{row}.status = 'published'",
    "edition_tag": "EXISTS (SELECT 1 FROM edition"
    " WHERE edition.id = {row}.edition_id AND edition.status = 'published')",
}
"""Tables in which only published rows are seen: the condition of that, for drafts change often."""

ROWS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}

RAISE = "UPDATE generation SET value = value + 1"


def upgrade() -> None:
    """Add the generation and what raises it."""
    table = op.create_table(
        "generation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generation")),
    )
    op.bulk_insert(table, [{"id": 1, "value": 1}])
    for name, events in (WATCHED | dict.fromkeys(PUBLISHED, EVENTS)).items():
        for event in events:
            _add_trigger(name, event, PUBLISHED.get(name))


def downgrade() -> None:
    """Drop all of it."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for name, events in (WATCHED | dict.fromkeys(PUBLISHED, EVENTS)).items():
        for event in events:
            trigger = f"generation_{name}_{event}"
            op.execute(
                f"DROP TRIGGER {trigger} ON {name}" if is_postgresql else f"DROP TRIGGER {trigger}"
            )
            if is_postgresql:
                op.execute(f"DROP FUNCTION {trigger}()")
    op.drop_table("generation")


def _add_trigger(table: str, event: str, condition: str | None) -> None:
    name = f"generation_{table}_{event}"
    when = " OR ".join(condition.format(row=row) for row in ROWS[event]) if condition else "true"
    if op.get_bind().dialect.name == "postgresql":
        # At the end of the transaction: the row is locked for a moment only, and after all others,
        # so that nobody waits for each other. And once: a row that is updated again and again, as
        # an import of a hundred thousand editions would do, takes longer each time.
        once = f"{RAISE} WHERE xmin <> pg_current_xact_id()::xid"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN IF {when} THEN {once}; END IF; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {name} AFTER {event} ON {table}"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    else:
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {when} BEGIN {RAISE}; END")
