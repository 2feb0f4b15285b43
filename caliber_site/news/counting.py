"""Views: one reader, one edition, half an hour counts once; nobody is remembered."""

from datetime import datetime

from sqlalchemy import Integer, literal, literal_column, select
from sqlalchemy.orm import Session

from caliber_site.database import begin_write, upsert
from caliber_site.languages import Language
from caliber_site.models import Edition, SeenBy, View
from caliber_site.news.article import total_views
from caliber_site.readers import COUNTS_AGAIN_AFTER, reader_hash

# As text, because SQLAlchemy leaves out the table names of columns inside RETURNING.
VIEWS_BEFORE = literal_column(
    """(SELECT edition.imported_views + coalesce(
        (SELECT sum("view".count) FROM "view" WHERE "view".edition_id = edition.id), 0)
        FROM edition WHERE edition.id = seen_by.edition_id)""",
    Integer,
)


def count_view(
    session: Session, language: Language, slug: str, address: str, agent: str, now: datetime
) -> int | None:
    """Count a reading and return all readings of the edition; None if it is not public.

    Two statements, in one transaction that is committed before the answer: a killed process
    loses no acknowledged view.

    Args:
        session: The session.
        language: Language of the address.
        slug: The edition's slug.
        address: The reader's network address.
        agent: The reader's User-Agent.
        now: The present moment.
    """
    reader = reader_hash(session, address, agent, now)
    begin_write(session)
    edition = select(Edition.id, literal(reader), literal(now, SeenBy.counted_at.type)).where(
        Edition.language == language.tag, Edition.slug == slug, Edition.is_public(now)
    )
    seen = session.execute(
        upsert(session, SeenBy)
        .from_select(["edition_id", "reader", "counted_at"], edition)
        .on_conflict_do_update(
            index_elements=["edition_id", "reader"],
            set_={"counted_at": now},
            where=SeenBy.counted_at <= now - COUNTS_AGAIN_AFTER,
        )
        .returning(SeenBy.edition_id, VIEWS_BEFORE)
    ).first()
    if seen is None:
        session.commit()
        return load_views(session, language, slug, now)
    edition_id, before = seen
    hour = now.replace(minute=0, second=0, microsecond=0)
    session.execute(
        upsert(session, View)
        .values(edition_id=edition_id, hour=hour, count=1)
        .on_conflict_do_update(
            index_elements=["edition_id", "hour"], set_={"count": View.count + 1}
        )
    )
    session.commit()
    return int(before) + 1


def load_views(session: Session, language: Language, slug: str, now: datetime) -> int | None:
    """Return all readings of a public edition, or None; one SELECT."""
    return session.scalar(
        select(total_views()).where(
            Edition.language == language.tag, Edition.slug == slug, Edition.is_public(now)
        )
    )
