"""Columns: one value of each document, read as arrays."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from caliber_site.search.whoosh.codec import Codec, Storage
from caliber_site.search.whoosh.schema import NAME, NAMES, NUMBER, NUMBERS

Values = npt.NDArray[np.int64]
Names = tuple[npt.NDArray[np.uint16], list[str]]
"""The number of each document's name, and the names."""


def write_columns(storage: Storage, segment: Any, values: Mapping[str, Sequence[Any]]) -> None:
    """Write all columns of a segment."""
    for name in NUMBERS:
        _write(storage, segment, name, NUMBER, values[name])
    for name in NAMES:
        _write(storage, segment, name, NAME, [value.encode() for value in values[name]])


def read_numbers(storage: Storage, segment: Any, name: str) -> Values:
    """Return a column of numbers."""
    values = np.zeros(segment.doc_count_all(), np.int64)
    file_name = Codec.column_filename(segment, name)
    data = storage.open_file(file_name).get(0, storage.file_length(file_name))
    # As NumericColumn writes it; zeros at the end are left out.
    found = np.frombuffer(data, ">i8")
    values[: len(found)] = found
    return values


def read_names(storage: Storage, segment: Any, name: str) -> Names:
    """Return a column of names."""
    file_name, count = Codec.column_filename(segment, name), segment.doc_count_all()
    file, length = storage.open_file(file_name), storage.file_length(file_name)
    reader = NAME.reader(file, 0, length, count)
    # As RefBytesColumn writes it: numbers of one or two bytes, then the names.
    kind = ">u2" if file.get(length - 1, 1) == b"H" else "u1"
    numbers = np.frombuffer(file.get(0, length), kind, count)
    return numbers.astype(np.uint16), [value.decode() for value in reader._uniques]


def _write(storage: Storage, segment: Any, name: str, column: Any, values: Sequence[Any]) -> None:
    with storage.create_file(Codec.column_filename(segment, name)) as file:
        writer = column.writer(file)
        for number, value in enumerate(values):
            writer.add(number, value)
        writer.finish(len(values))
