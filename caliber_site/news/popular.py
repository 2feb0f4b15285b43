"""Most read: what the counted views of the last hours say."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from caliber_site.languages import Language
from caliber_site.models import Edition, View
from caliber_site.news.cards import LANGUAGE, NOW, Card, card_of, select_cards

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
POPULAR_SIZE = 5


def load_popular(
    session: Session, language: Language, now: datetime, span: timedelta
) -> list[Card]:
    """Return the most read editions of a span, most read first; one SELECT."""
    asked = {"language": language.tag, "now": now, "since": now - span}
    return [card_of(row) for row in session.execute(POPULAR, asked)]


def _select_popular() -> Select[*tuple[Any, ...]]:
    readings = func.sum(View.count).label("readings")
    since = bindparam("since", type_=View.hour.type)
    top = (
        select(View.edition_id.label("id"), readings)
        .join(Edition, Edition.id == View.edition_id)
        .where(View.hour > since, Edition.language == LANGUAGE, Edition.is_public(NOW))
        .group_by(View.edition_id)
        .order_by(readings.desc(), View.edition_id.desc())
        .limit(POPULAR_SIZE)
        .subquery()
    )
    return (
        select_cards()
        .join(top, top.c.id == Edition.id)
        .order_by(top.c.readings.desc(), Edition.id.desc())
    )


POPULAR = _select_popular()
