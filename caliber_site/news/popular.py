"""Most read: what the counted views of the last hours say."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from caliber_site.database import fetch
from caliber_site.languages import Language
from caliber_site.models import LANGUAGE, NOW, Edition, View
from caliber_site.news.cards import Card, cards_by_id
from caliber_site.news.keeping import Keep, make_anew
from caliber_site.ready.key import HALF_MINUTE

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
POPULAR_SIZE = 5
RANKED = 3 * POPULAR_SIZE
"""Of these some may be withdrawn until they are counted again."""

READINGS = func.sum(View.count)
RANKING = (
    select(View.edition_id)
    .join(Edition, Edition.id == View.edition_id)
    .where(
        View.hour > bindparam("since", type_=View.hour.type),
        Edition.language == LANGUAGE,
        Edition.is_public(NOW),
    )
    .group_by(View.edition_id)
    .order_by(READINGS.desc(), View.edition_id.desc())
    .limit(RANKED)
)


def load_popular(
    session: Session, language: Language, now: datetime, span: timedelta, keep: Keep = make_anew
) -> list[Card]:
    """Return the most read editions of a span, most read first; two SELECTs.

    The larger one, which looks at all the views, is kept for a while whatever is published.
    """
    asked = {"language": language.tag, "now": now, "since": now - span}
    ranked = keep(
        lambda: fetch(session, RANKING, asked).scalars().all(),
        "ranking",
        span,
        seconds=HALF_MINUTE,
        fresh=False,
    )
    cards = keep(lambda: cards_by_id(session, language, list(ranked), now), "ranked", tuple(ranked))
    return cards[:POPULAR_SIZE]
