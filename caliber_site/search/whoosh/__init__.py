"""Whoosh: one language's index on disk. The only package that knows it."""

from caliber_site.search.whoosh.damage import DamagedIndexError, is_damaged, note_damage
from caliber_site.search.whoosh.index import WhooshIndex
from caliber_site.search.whoosh.postings import MOST_DOCUMENTS
from caliber_site.search.whoosh.writing import create, join, merge_once, wants_merge, write

__all__ = [
    "MOST_DOCUMENTS",
    "DamagedIndexError",
    "WhooshIndex",
    "create",
    "is_damaged",
    "join",
    "merge_once",
    "note_damage",
    "wants_merge",
    "write",
]
