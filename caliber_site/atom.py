"""What Atom asks of every feed: ids that never change, and text that XML can hold."""

import re
from urllib.parse import quote, urlsplit

SINCE = 2026
"""The year in tag URIs (RFC 4151): since then the site's domain has been ours."""

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tag_uri(site_url: str, *parts: str) -> str:
    """Return an id that stays whatever becomes of addresses.

    Args:
        site_url: Public address of the site.
        parts: What it is of, such as `edition`, a story's key and a language's tag.
    """
    host = urlsplit(site_url).hostname
    return f"tag:{host},{SINCE}:{'/'.join(quote(part, safe='') for part in parts)}"


def xml_text(text: str) -> str:
    """Return a text without the characters that XML 1.0 does not know."""
    return NOT_XML.sub("", text)
