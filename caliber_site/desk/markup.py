"""What comes out of the form's text field: HTML from the widget or from hand, or Markdown."""

import re
from functools import cache
from typing import TYPE_CHECKING

from caliber_site.text import clean_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

BLOCK = re.compile(
    r"<(?:p|h[1-6]|ul|ol|blockquote|figure|table|pre|div|section|article|hr)\b", re.IGNORECASE
)
TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
PARTED = re.compile(
    r"(</(?:p|h2|h3|ul|ol|blockquote|figure|table|pre)>)\s*(?=<(?:p|h2|h3|ul|ol|bl|fi|ta|pre|hr))"
)

STRAY_BREAK = re.compile(r"(</(?:p|h2|h3|ul|ol|blockquote|figure|table|pre)>)(?:\s*<br>)+")
SPAN = re.compile(r"(</?span[^>]*>)")
DOCS_WRAPPER = re.compile(r"<b\b[^>]*font-weight:\s*normal[^>]*>", re.IGNORECASE)


@cache
def _markdown() -> "MarkdownIt":
    """Return what reads Markdown, which a server that nobody writes on does without."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"html": True}).enable("table")


def is_html(text: str) -> bool:
    """Return whether a text is HTML; one without any block element is Markdown."""
    return BLOCK.search(text) is not None


def read_body(text: str) -> str:
    """Return what was typed or made by the widget as clean HTML, one block a line."""
    text = text.replace("\r\n", "\n").strip()
    markup = text if is_html(text) else _markdown().render(text)
    # Google Docs puts everything that is pasted into a bold element that is not bold.
    cleaned = clean_html(DOCS_WRAPPER.sub("<span>", markup))
    cleaned = clean_html(STRAY_BREAK.sub(r"\1", _unwrap(cleaned)))
    return PARTED.sub(r"\1\n", cleaned).strip()


def _unwrap(markup: str) -> str:
    """Return clean markup without those spans that say nothing, which Word leaves behind."""
    kept: list[str] = []
    telling: list[bool] = []
    for part in SPAN.split(markup):
        if part.startswith("<span"):
            telling.append(part != "<span>")
        if part == "<span>" or (part == "</span>" and telling and not telling.pop()):
            continue
        kept.append(part)
    return "".join(kept)


def read_line(text: str | None) -> str:
    """Return a field of plain text as one line without tags or control characters."""
    line = "".join(c for c in text or "" if c.isprintable() or c.isspace())
    while (shorter := TAG.sub("", line)) != line:
        line = shorter
    return " ".join(line.split())
