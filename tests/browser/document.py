"""Pages as programs read them: their elements, their text and the language of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr path circle rect use".split()
)
UNSEEN = frozenset(("script", "style", "template"))
SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description", "label")
SUMMARIES = frozenset(
    "description og:title og:description og:site_name og:image:alt author "
    "article:section article:tag article:author twitter:title twitter:description".split()
)


@dataclass(eq=False)
class Element:
    """An element: its name, attributes, language and place."""

    name: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    text: list[str] = field(default_factory=list)

    @property
    def lang(self) -> str:
        """Return the language that the element or the nearest one around it declares."""
        if "lang" in self.attributes:
            return self.attributes["lang"]
        return self.parent.lang if self.parent else ""

    def get(self, name: str) -> str:
        """Return an attribute, or an empty string."""
        return self.attributes.get(name, "")


class Document(HTMLParser):
    """A parsed page; valid HTML is taken for granted, another test sees to it."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and what is around it."""
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self._open[-1] if self._open else None)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that ends at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those in it whose end may be left out."""
        if any(element.name == tag for element in self._open):
            while self._open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Note text."""
        if self._open and data.strip():
            self._open[-1].text.append(data.strip())

    def all(self, name: str) -> list[Element]:
        """Return the elements of a name."""
        return [element for element in self.elements if element.name == name]

    def meta(self) -> dict[str, str]:
        """Return what the head says, by name or property."""
        return {e.get("name") or e.get("property"): e.get("content") for e in self.all("meta")}

    def texts(self) -> Iterator[tuple[Element, str]]:
        """Yield what readers see, hear or are shown elsewhere, each with its element."""
        for element in self.elements:
            if element.name not in UNSEEN:
                yield from ((element, text) for text in element.text)
            yield from (
                (element, element.attributes[name]) for name in SPOKEN if name in element.attributes
            )
            if {element.get("name"), element.get("property")} & SUMMARIES:
                yield element, element.get("content")

    def addresses(self) -> Iterator[str]:
        """Yield all that the page links to, shows or asks for."""
        for element in self.elements:
            for name in ("href", "src", "hx-get"):
                if name in element.attributes:
                    yield element.attributes[name]
            for sized in element.get("srcset").split(", "):
                if sized:
                    yield sized.split()[0]
