"""Popular queries: what many readers look for, kept without anything of any one of them."""

import logging
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select, union_all
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from caliber_site.database import begin_write, upsert
from caliber_site.languages import Language
from caliber_site.models import LEAST_READERS, LONGEST_ASKED, AskedQuery, QueryCount
from caliber_site.readers import QUERIES_KEPT, reader_hash
from caliber_site.search.query import Query

MOST_POPULAR, MOST_RECENT = 6, 4
MOST_READ = 200

# Addresses, telephone and card numbers are nobody else's business, however many ask for them.
PRIVATE = re.compile(r"@|://|\d(?:[\s().+/–-]*\d){6}")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Popular:
    """What is offered to who has not typed anything yet.

    Attributes:
        popular: Texts of queries, those of most readers first.
        recent: Other texts, those of the latest day first.
    """

    popular: list[str]
    recent: list[str]


def fold_text(asked: Query) -> str | None:
    """Return a query's text as it is counted; None for one that never is.

    Queries with operators are left out: links make those, readers do not type them.
    """
    text = " ".join(asked.text.lower().split())
    words = asked.words
    if words.within or words.excluded or not words or not 1 < len(text) <= LONGEST_ASKED:
        return None
    return text if text.isprintable() and not PRIVATE.search(text) else None


def count_query(session: Session, asked: Query, address: str, agent: str) -> None:
    """Note that a reader asked a query that found something; one upsert, at once or not at all.

    Args:
        session: The session.
        asked: The query.
        address: The reader's network address.
        agent: The reader's User-Agent.
    """
    text = fold_text(asked)
    if text is None:
        return
    try:
        reader = reader_hash(session, address, agent, asked.now, wait=False)
        begin_write(session, wait=False)
        day = asked.now.astimezone(UTC).date()
        row = {"language": asked.language.tag, "day": day, "text": text, "reader": reader}
        session.execute(upsert(session, AskedQuery).values(row).on_conflict_do_nothing())
        session.commit()
    except SQLAlchemyError as error:
        # The database is busy with what matters more; the reader has an answer already.
        session.rollback()
        log.info("a query was not counted: %s", type(error).__name__)


def load_popular(session: Session, language: Language, now: datetime) -> Popular:
    """Return what at least `LEAST_READERS` readers asked on one of the last days; one SELECT."""
    since = now.astimezone(UTC).date() - QUERIES_KEPT
    key = (AskedQuery.day, AskedQuery.text)
    today = (
        select(*key, func.count().label("readers"))
        .where(AskedQuery.language == language.tag, AskedQuery.day >= since)
        .group_by(*key)
        .having(func.count() >= LEAST_READERS)
    )
    before = select(QueryCount.day, QueryCount.text, QueryCount.readers).where(
        QueryCount.language == language.tag,
        QueryCount.day >= since,
        QueryCount.readers >= LEAST_READERS,
    )
    both = union_all(today, before).subquery().c
    latest = select(both.text, both.readers).order_by(both.day.desc(), both.readers.desc())
    rows = session.execute(latest.limit(MOST_READ)).all()
    readers: Counter[str] = Counter()
    for text, count in rows:
        readers[text] += count
    popular = [text for text, _ in readers.most_common(MOST_POPULAR)]
    recent = dict.fromkeys(text for text, _ in rows if text not in popular)
    return Popular(popular, list(recent)[:MOST_RECENT])
