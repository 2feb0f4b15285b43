"""Parameters of statements, which are made once: to make one takes longer than to execute it."""

from sqlalchemy import bindparam

from caliber_site.models.edition import Edition

LANGUAGE = bindparam("language", type_=Edition.language.type)
"""The tag of the reader's language."""

NOW = bindparam("now", type_=Edition.published_at.type)
"""The moment that decides what is public."""
