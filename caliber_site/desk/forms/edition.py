"""The simple form."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    StringField,
    TextAreaField,
    ValidationError,
)

from caliber_site.desk.forms.fields import (
    ChoiceField,
    DeskForm,
    MomentField,
    filled,
    number_of,
    text_of,
    up_to,
)
from caliber_site.desk.manuscript import Manuscript
from caliber_site.desk.markup import read_body, read_line
from caliber_site.languages import LANGUAGES
from caliber_site.models import Article, Author, Edition, Tag

LONGEST_BODY = 500_000
MOST_TAGS = 20
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class EditionForm(DeskForm):
    """The simple form: an edition, and what it shares with the story's other editions."""

    story = HiddenField()
    version = HiddenField()
    section_before = HiddenField()
    image_before = HiddenField()
    image = HiddenField()
    language = ChoiceField(_l("Language"), choices={x.tag: x.name for x in LANGUAGES})
    section = ChoiceField(_l("Section"))
    title = TextAreaField(_l("Title"), [filled(), up_to(300)], filters=[read_line])
    lead = TextAreaField(_l("Lead"), [up_to(1000)], filters=[read_line])
    body = TextAreaField(_l("Text"), [up_to(LONGEST_BODY)])
    tags = StringField(_l("Tags"), filters=[read_line])
    author = StringField(_l("Author"), [up_to(120)], filters=[read_line])
    picture = FileField(_l("Picture"))
    remove_picture = BooleanField(_l("Remove the picture"))
    alt = StringField(_l("Alternative text"), [up_to(500)], filters=[read_line])
    caption = StringField(_l("Caption"), [up_to(500)], filters=[read_line])
    credit = StringField(_l("Credit"), [up_to(200)], filters=[read_line])
    published_at = MomentField(_l("Publication time"), format=MINUTES)
    slug = StringField(_l("Address"), [up_to(160)], filters=[read_line])

    refused_picture = ""
    """Why the picture that came with the form was not taken."""
    section_there = 0
    """The story's section where that has no name in the form's language and so no choice."""
    for_readers = False
    """Whether what is handed in will be public, now or at its time."""

    def validate_section(self, field: Field) -> None:
        """Refuse to publish where readers of the language have no section."""
        if self.for_readers and not field.data:
            message = _l("This section has no name in this language. Please choose another one.")
            raise ValidationError(message)

    def validate_body(self, field: Field) -> None:
        """Refuse to publish nothing; drafts may be empty."""
        text = text_of(field)
        if self.for_readers and len(text) <= LONGEST_BODY and not read_body(text):
            message = _l("Without a text this cannot be published.")
            raise ValidationError(message)

    def validate_picture(self, _field: Field) -> None:
        """Say why the picture was refused."""
        if self.refused_picture:
            raise ValidationError(self.refused_picture)

    def validate_tags(self, _field: Field) -> None:
        """Refuse too many tags and too long ones."""
        if len(self.tag_names) > MOST_TAGS:
            message = _l("At most %(max)d tags fit here.", max=MOST_TAGS)
            raise ValidationError(message)
        if any(len(name) > 120 for name in self.tag_names):
            message = _l("At most %(max)d characters fit here.", max=120)
            raise ValidationError(message)

    def validate_alt(self, field: Field) -> None:
        """Ask for the words that stand for a picture, if there is one."""
        if self.image_id is not None and not field.data:
            message = _l("Please say what the picture shows, for readers who cannot see it.")
            raise ValidationError(message)

    @property
    def tag_names(self) -> tuple[str, ...]:
        """Return the tags that were typed, each once."""
        names = (" ".join(name.split()) for name in text_of(self.tags).split(","))
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def image_id(self) -> int | None:
        """Return the id of the picture that the form has now; -1 if it can be none."""
        return None if self.remove_picture.data else number_of(self.image)

    @property
    def image_id_before(self) -> int | None:
        """Return the id of the picture that the form had when it was opened."""
        return number_of(self.image_before)

    def fill(self, edition: Edition, zone: ZoneInfo) -> None:
        """Show an edition as it is stored."""
        tag, article = edition.language, edition.article
        self.story.data, self.language.data = article.story, tag
        self.version.data = str(edition.version)
        self.title.data, self.lead.data, self.body.data = edition.title, edition.lead, edition.body
        self.slug.data = edition.slug
        self.tags.data = ", ".join(sorted(_names_in(tag, edition.tags)))
        self.author.data = next(iter(_names_in(tag, [edition.author])), "")
        if edition.published_at:
            self.published_at.data = edition.published_at.astimezone(zone)
        self.fill_section(article)
        self.fill_picture(article)
        self.fill_words(article, tag)

    def fill_section(self, article: Article) -> None:
        """Show the section of an article, and begin from it."""
        self.section.data = self.section_before.data = str(article.section_id)

    def fill_picture(self, article: Article) -> None:
        """Show the picture of an article without its words, and begin from it."""
        self.image.data = self.image_before.data = str(article.image_id or "")
        self.picture.data, self.remove_picture.data = None, False

    def leave_picture(self) -> None:
        """Leave the picture as it was when the form was opened, whatever was sent."""
        self.image.data = self.image_before.data
        self.picture.data, self.remove_picture.data = None, False

    def fill_words(self, article: Article, tag: str) -> None:
        """Show the words that the picture of an article has in a language."""
        for text in article.image.texts if article.image else ():
            if text.language == tag:
                self.alt.data, self.caption.data = text.alt, text.caption
                self.credit.data = text.credit

    def read(self, edition: Edition | None, zone: ZoneInfo) -> Manuscript:
        """Return what was typed, once it is valid."""
        section_id = number_of(self.section)
        return Manuscript(
            story=text_of(self.story),
            language=text_of(self.language),
            version=number_of(self.version) or 0,
            section_id=self.section_there if section_id is None else section_id,
            section_before=number_of(self.section_before),
            title=text_of(self.title),
            lead=text_of(self.lead),
            body=read_body(text_of(self.body)),
            slug=text_of(self.slug),
            author=text_of(self.author),
            tags=self.tag_names,
            published_at=self._moment(edition, zone),
            image_id=self.image_id,
            image_before=self.image_id_before,
            alt=text_of(self.alt),
            caption=text_of(self.caption),
            credit=text_of(self.credit),
        )

    def _moment(self, edition: Edition | None, zone: ZoneInfo) -> datetime | None:
        if self.published_at.data is None:
            return None
        typed: datetime = self.published_at.data.replace(tzinfo=zone).astimezone(UTC)
        known = edition.published_at if edition else None
        # The field has minutes only: where it was left alone, the seconds stay.
        return known if known and known.replace(second=0, microsecond=0) == typed else typed


def _names_in(tag: str, things: Iterable[Author | Tag | None]) -> list[str]:
    return [name.name for thing in things if thing for name in thing.names if name.language == tag]
