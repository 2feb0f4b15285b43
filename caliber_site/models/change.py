"""Change numbers: a count of the editions' changes, over the whole site."""

from sqlalchemy import update
from sqlalchemy.orm import Mapped, Session, mapped_column

from caliber_site.models.base import Base


class ChangeNumber(Base):
    """The last change number given out: the only row of its table."""

    __tablename__ = "change_number"

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(default=0)


def next_change(session: Session, count: int = 1) -> int:
    """Take the next `count` change numbers and return the first.

    The row stays locked until the transaction ends, so that numbers become visible in order.
    """
    last = session.scalar(
        update(ChangeNumber)
        .values(value=ChangeNumber.value + count)
        .returning(ChangeNumber.value)
        .execution_options(synchronize_session=False)
    )
    if last is None:
        session.add(ChangeNumber(id=1, value=count))
        session.flush()
        return 1
    return int(last) - count + 1
