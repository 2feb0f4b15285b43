"""The engine on PostgreSQL: an index in the site's database, which several machines share.

It has our own lemmas, so that it finds what the embedded engine finds: PostgreSQL's configurations
only stem, and theirs for Armenian unites half of the forms that belong together.
"""

from caliber_site.search.postgres.engine import PostgresEngine

__all__ = ["PostgresEngine"]
