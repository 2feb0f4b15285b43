"""the search index on PostgreSQL

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-25 14:30:00.000000

"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.exc import DBAPIError

# revision identifiers, used by Alembic.
revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORD = sa.String(100, collation="C")

NO_TRIGRAMS = (
    "the database needs the extension pg_trgm, which is in Debian's postgresql and elsewhere in"
    " postgresql-contrib; its owner, or a superuser, may then run: CREATE EXTENSION pg_trgm"
)


def upgrade() -> None:
    """Add the index that several machines can share; other databases have none."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError as error:
        raise RuntimeError(NO_TRIGRAMS) from error
    op.create_table(
        "search_document",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("section", sa.String(length=80), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("title_length", sa.SmallInteger(), nullable=False),
        sa.Column("title", TSVECTOR(), nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_search_document")),
        comment="Editions; forms are the words as they stand in the text, each between spaces.",
    )
    for name in ("title", "words"):
        op.create_index(
            op.f(f"ix_search_document_{name}"),
            "search_document",
            [name],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    op.create_table(
        "search_lemma",
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("lemma", WORD, nullable=False),
        sa.Column("editions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("language", "lemma", name=op.f("pk_search_lemma")),
        comment="How many editions have a lemma.",
    )
    op.create_table(
        "search_word",
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.Column("editions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("language", "word", name=op.f("pk_search_word")),
        comment="How many editions have a word in this form.",
    )
    op.create_index(
        op.f("ix_search_word_word"),
        "search_word",
        ["word"],
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.create_table(
        "search_state",
        sa.Column("format", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("synced", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("format", name=op.f("pk_search_state")),
        comment="How the index was made and up to which change; no row: it was not.",
    )


def downgrade() -> None:
    """Drop its tables; the extension may have other uses."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for name in ("search_state", "search_word", "search_lemma", "search_document"):
        op.drop_table(name)
