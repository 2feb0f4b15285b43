"""Whoosh: one language's index on disk. The only package that knows it."""

from caliber_site.search.whoosh.damage import DamagedIndexError, is_damaged, note_damage
from caliber_site.search.whoosh.index import WhooshIndex
from caliber_site.search.whoosh.postings import MOST_DOCUMENTS
from caliber_site.search.whoosh.writing import (
    count_documents,
    count_to_merge,
    create,
    join,
    merge_once,
    write,
)

__all__ = [
    "MOST_DOCUMENTS",
    "DamagedIndexError",
    "WhooshIndex",
    "count_documents",
    "count_to_merge",
    "create",
    "is_damaged",
    "join",
    "merge_once",
    "note_damage",
    "write",
]
