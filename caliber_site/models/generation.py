"""The generation: how often something that pages show has changed."""

from sqlalchemy.orm import Mapped, mapped_column

from caliber_site.models.base import Base


class Generation(Base):
    """The generation of the site's pages: the only row of its table.

    Triggers of the database raise it in the transaction that changes what readers see, whoever
    writes: the desk, an import, a hand at the database's own prompt (migration 0004). Counting
    views and saving drafts leave it as it is.
    """

    __tablename__ = "generation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column()
