"""Readings of the demo stories, so that there is a most read of the day and of the week."""

from datetime import datetime, timedelta

from caliber_site.models import Edition, View

COUNTED_HERE = 0.8
FADING = 0.8
HOUR = timedelta(hours=1)
HOURS = 7 * 24


def spread_readings(edition: Edition, total: int, at: datetime) -> list[View]:
    """Return most of an edition's readings as counted in the hours since its publication.

    Args:
        edition: A published edition.
        total: How often it was read in all.
        at: The present moment.
    """
    first, last = _hour_of(edition.published_at or at), _hour_of(at)
    hours = [first + timedelta(hours=n) for n in range(int((last - first) / HOUR) + 1)][:HOURS]
    # News is read most while it is new.
    weights = [(1 + age) ** -FADING for age in range(len(hours))]
    share = total * COUNTED_HERE / sum(weights)
    counts = [int(weight * share) for weight in weights]
    return [
        View(edition_id=edition.id, hour=hour, count=count)
        for hour, count in zip(hours, counts, strict=True)
        if count
    ]


def _hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
