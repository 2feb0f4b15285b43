"""Reading: what pages select, past SQLAlchemy, whose own work would take longer than all of it.

A statement is written for SQLAlchemy, and what it has to say of it, for the database at hand, is
asked once: the text, the order of the values, and how those of Python become those of the driver.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from threading import local
from types import TracebackType
from typing import Any

from sqlalchemy import CompoundSelect, Dialect, Engine, Select
from sqlalchemy.sql.compiler import SQLCompiler

from caliber_site.database import Transaction, be_patient, borrow

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
"""One with a fixed number of parameters, made once: what is known of it is kept with it."""

Convert = Callable[[Any], Any]

STATEMENTS = 200
"""About ten times as many as there are."""


class Prepared:
    """A SELECT as a driver takes it."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        """Have it compiled for a database."""
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - for the type checker
        self.text = str(compiled)
        self._order = compiled.positiontup
        converts = {
            name: convert
            for name, bound in compiled.binds.items()
            if (convert := bound.type.dialect_impl(dialect).bind_processor(dialect))
        }
        open_names = {name for name, bound in compiled.binds.items() if bound.required}
        self._converts = [(name, converts[name]) for name in open_names & converts.keys()]
        self._fixed = {
            name: converts[name](value) if name in converts else value
            for name, value in compiled.params.items()
            if name not in open_names
        }
        columns = statement.selected_columns
        self._row = namedtuple("Row", columns.keys())  # type: ignore[misc]
        self._results: list[tuple[int, Convert]] = [
            (number, convert)
            for number, column in enumerate(columns)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]

    def bind(self, values: Mapping[str, object]) -> Any:
        """Return the values of the parameters as the driver takes them."""
        bound = {**self._fixed, **values}
        for name, convert in self._converts:
            bound[name] = convert(bound[name])
        return bound if self._order is None else [bound[name] for name in self._order]

    def name(self, row: tuple[Any, ...]) -> Any:
        """Return a row of the driver's as a tuple with names, of Python's own values."""
        if self._results:
            changed = list(row)
            for number, convert in self._results:
                changed[number] = convert(changed[number])
            return self._row(*changed)
        return self._row(*row)


_prepare = lru_cache(STATEMENTS)(Prepared)


class ReadConnection:
    """Reads a database: each SELECT what is committed when it begins.

    What several of them give may be of several moments. A page of that is kept under the stamp that
    was asked for before all of them (ready/freshness.py), for which nobody asks any more.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def fetch(self, statement: Statement, values: Mapping[str, object]) -> list[Any]:
        """Return all rows that a SELECT gives, as tuples with the names of its columns.

        Args:
            statement: The SELECT.
            values: Those of its parameters.

        Raises:
            KeyError: One is missing.
        """
        prepared = _prepare(statement, self._transaction.dialect)
        rows = self._transaction.execute(prepared.text, prepared.bind(values))
        return [prepared.name(row) for row in rows]


class Keeper:
    """A connection that a thread keeps from page to page: to borrow one takes as long as a SELECT.

    Its place in the pool is for others. Whatever fails closes it, and the next page has another.

    Attributes:
        engine: Of the database.
        is_free: Whether no page is being read by it.
    """

    def __init__(self, engine: Engine) -> None:
        """Make it; nothing is borrowed yet."""
        self.engine = engine
        self.is_free = True
        self._borrowed: AbstractContextManager[ReadConnection] | None = None
        self._read: ReadConnection

    def __enter__(self) -> ReadConnection:
        """Return the connection."""
        if self._borrowed is None:
            borrowed = _borrow_for_reading(self.engine, for_good=True)
            self._read = borrowed.__enter__()
            self._borrowed = borrowed
        self.is_free = False
        return self._read

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        """Keep it for the next page."""
        self.is_free = True
        if kind is None or self._borrowed is None:
            return None
        borrowed, self._borrowed = self._borrowed, None
        return borrowed.__exit__(kind, fault, trace)


_of_thread = local()


def keep_connection(engine: Engine) -> None:
    """Let this thread, which makes page after page, read by a connection that it keeps.

    Only for SQLite and for threads of a process that forks no more: a connection is for one
    process. Nothing is written by it, so that none can find a transaction of another open.
    """
    _of_thread.keeper = Keeper(engine)


def reading(engine: Engine) -> AbstractContextManager[ReadConnection]:
    """Return a connection for the SELECTs of a page: this thread's own, if it keeps one.

    On SQLite it begins no transaction: to begin and end one takes as long as a small SELECT.

    Args:
        engine: Of the database.

    Raises:
        sqlalchemy.exc.OperationalError: The database is locked, overloaded or away. Other errors
            are the driver's own.
    """
    keeper: Keeper | None = getattr(_of_thread, "keeper", None)
    if keeper is not None and keeper.is_free and keeper.engine is engine:
        return keeper
    return _borrow_for_reading(engine)


@contextmanager
def _borrow_for_reading(engine: Engine, *, for_good: bool = False) -> Iterator[ReadConnection]:
    with borrow(engine) as pooled:
        be_patient(engine, pooled)
        read = ReadConnection(Transaction(pooled.driver_connection, engine.dialect))
        if for_good:
            pooled.detach()  # whose end then closes it
        yield read
