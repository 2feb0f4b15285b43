"""Text: clean HTML and what is made of it."""

import html
import re

import nh3

from caliber_site.embeds import link_embeds
from caliber_site.languages import BY_LABEL, BY_TAG

TAGS = set(
    "p h1 h2 h3 blockquote ul ol li a strong em b i s sub sup br hr code pre span time "
    "figure img figcaption table caption thead tbody tr th td".split()
)
DROPPED = set("script style title template noscript iframe".split())
ATTRIBUTES = {
    "a": {"href", "hreflang", "lang"},
    "figure": {"class"},
    "img": {"src", "alt", "width", "height"},
    "span": {"lang"},
    "time": {"datetime"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    **{tag: {"lang"} for tag in ("p", "blockquote", "em", "strong", "figcaption")},
}
SEMANTIC = {"b": "strong", "i": "em", "h1": "h2"}
OWN_LINK = re.compile(r'(<a (?:[^>]*? )?href="(/(?!/)[^"]*)")')
LOST_IMAGE = re.compile(r"<img(?![^>]* src=)[^>]*>")
RENAMED = re.compile(r"<(/?)(b|i|h1)(?=[ >])")
EMPTY = re.compile(
    r"<(p|h2|h3|li|blockquote|figure|em|strong)(?: class=\"embed\")?>(?:\s|&nbsp;|<br>)*</\1>"
)
PASSES = 10
EMBED = re.compile("<iframe|data-telegram-post", re.IGNORECASE)
BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|li|blockquote|figcaption|figure|caption|tr|td|th|pre)>|<(?:br|hr)>"
)


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        # Pages load nothing from other sites, and an upload is always re-encoded.
        return value if re.fullmatch(r"/media/[\w-]+\.webp", value) else None
    if name == "class":
        return value if value == "embed" else None
    if name in {"lang", "hreflang"}:
        language = BY_LABEL.get(value)
        return language.tag if language else value if value in BY_TAG else None
    if name in {"width", "height", "colspan", "rowspan"}:
        return value if re.fullmatch(r"[1-9]\d{0,3}", value) else None
    return value


def _cleaner(tags: set[str], dropped: set[str], more: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=dropped,
        attributes=ATTRIBUTES | more,
        attribute_filter=_filter_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
        strip_comments=True,
    )


CLEANER = _cleaner(TAGS, DROPPED, {})
FRAMES = {"iframe": {"src", "data-src", "title"}, "script": {"data-telegram-post"}}
FRAME_FINDER = _cleaner(TAGS | set(FRAMES), DROPPED - set(FRAMES), FRAMES)
TEXT_ONLY = nh3.Cleaner(tags=set(), attributes={}, link_rel=None)


def clean_html(markup: str) -> str:
    """Return markup reduced to the semantic elements an article may have.

    Scripts, styles, event handlers, foreign pictures and unknown elements are gone;
    `b`, `i` and `h1` have become `strong`, `em` and `h2`, embeds links in a figure.
    """
    markup = markup.replace("\x00", "")
    if EMBED.search(markup):
        markup = link_embeds(FRAME_FINDER.clean(markup))
    cleaned = _clean(markup)
    # What held only an empty element is empty now: until cleaning again changes nothing.
    for _ in range(PASSES):
        before, cleaned = cleaned, _clean(cleaned)
        if cleaned == before:
            break
    return cleaned


def _clean(markup: str) -> str:
    cleaned = LOST_IMAGE.sub("", CLEANER.clean(markup))
    cleaned = RENAMED.sub(lambda m: f"<{m[1]}{SEMANTIC[m[2]]}", cleaned)
    return EMPTY.sub("", cleaned).strip()


def plain_text(markup: str) -> str:
    """Return the words of clean HTML, one block a line."""
    text = html.unescape(TEXT_ONLY.clean(BLOCK_END.sub("\n", markup)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def spell_out_links(markup: str, site: str) -> str:
    """Return clean HTML whose links into the site carry their whole address, to be printed.

    The address stands in `data-print`: style sheets can show an attribute, yet know no site.
    """
    return OWN_LINK.sub(lambda link: f'{link[1]} data-print="{html.escape(site)}{link[2]}"', markup)


def paragraphs(text: str) -> str:
    """Return plain text as HTML paragraphs; an empty line parts two of them."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return "\n".join(
        f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>"
        for block in blocks
        if block
    )
