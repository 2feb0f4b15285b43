"""Connections of search: apart from the site's, short, and planned for one kind of question."""

from sqlalchemy import Engine, create_engine

from caliber_site.database import prepare

OPTIONS = (
    "-c statement_timeout=2s",  # whatever is asked
    "-c enable_seqscan=off",  # a match outside the index would unpack every document
    "-c jit=off",
    "-c work_mem=16MB",
    "-c pg_trgm.similarity_threshold=0.25",  # two slips leave few parts of a word alike
)


def open_pool(address: str) -> Engine:
    """Return the engine whose connections searches take; it connects when the first one does.

    A search that took a second connection of the site's pool could wait for ever for requests
    that have one and do the same.
    """
    # Planned anew each time: how common a word is decides on the plan. Nothing is written, so
    # that no transaction is needed.
    engine = create_engine(
        address,
        isolation_level="AUTOCOMMIT",
        connect_args={"prepare_threshold": None},
    )
    prepare(engine, *OPTIONS)
    return engine
