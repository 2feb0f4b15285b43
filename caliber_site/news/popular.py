"""Most read: what the counted views of the last hours say."""

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from caliber_site.languages import Language
from caliber_site.models import Edition, View
from caliber_site.news.cards import Card, card_of, select_cards

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
POPULAR_SIZE = 5


def select_popular(language: Language, now: datetime, span: timedelta) -> Select[int, int]:
    """Return the SELECT of the ids and readings of a span's most read public editions."""
    readings = func.sum(View.count).label("readings")
    return (
        select(View.edition_id.label("id"), readings)
        .join(Edition, Edition.id == View.edition_id)
        .where(View.hour > now - span, Edition.language == language.tag, Edition.is_public(now))
        .group_by(View.edition_id)
        .order_by(readings.desc(), View.edition_id.desc())
        .limit(POPULAR_SIZE)
    )


def load_popular(
    session: Session, language: Language, now: datetime, span: timedelta
) -> list[Card]:
    """Return the most read editions of a span, most read first; one SELECT."""
    top = select_popular(language, now, span).subquery()
    statement = (
        select_cards(language)
        .join(top, top.c.id == Edition.id)
        .order_by(top.c.readings.desc(), Edition.id.desc())
    )
    return [card_of(row) for row in session.execute(statement)]
